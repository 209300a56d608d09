// Beast over a loop of its own: each step runs until it is done or the time is up.
#include "actors/http/download.h"

#include <algorithm>
#include <array>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <optional>

#include "actors/http/origin.h"
#include "actors/http/tls.h"

namespace mitr {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kReadBytes = 16u << 10;
constexpr std::size_t kHeaderBytes = 16u << 10;
constexpr std::chrono::seconds kSilenceMax{15};

struct Url {
  net::Origin origin;
  std::string target;
};

std::optional<Url> parse_url(std::string_view text) {
  const auto scheme = text.find("://");
  if (scheme == std::string_view::npos) return std::nullopt;
  const auto slash = std::min(text.find_first_of("/?", scheme + 3), text.size());
  // A control character or a blank would forge a second request.
  for (const char c : text)
    if (static_cast<unsigned char>(c) <= ' ' || c == '\x7f') return std::nullopt;
  auto origin = net::parse_origin(text.substr(0, slash));
  if (!origin || origin->host.find('@') != std::string::npos) return std::nullopt;
  std::string target(text.substr(slash));
  if (target.empty() || target.front() != '/') target.insert(0, "/");
  return Url{*std::move(origin), target.substr(0, target.find('#'))};
}

bool is_this_machine(const std::string& host) {
  error_code ec;
  const auto address = asio::ip::make_address(host, ec);
  return host == "localhost" || (!ec && address.is_loopback());
}

template <class Stream>
class Download {
 public:
  template <class... Args>
  Download(const DownloadRequest& request, const Url& url, const TakePiece& take, Args&... args)
      : request_(request),
        url_(url),
        take_(take),
        until_(Clock::now() + request.patience),
        stream_(loop_, args...) {}

  Result<DownloadAnswer> run() {
    if (!connect()) return failed();
    if (!ask()) return failed();
    http::response_parser<http::buffer_body> parser;
    parser.body_limit(request_.bytes_max);
    parser.header_limit(kHeaderBytes);
    boost::beast::flat_buffer buffer(kHeaderBytes + kReadBytes);
    if (!step([&](auto done) { http::async_read_header(stream_, buffer, parser, done); }))
      return failed();
    const auto& head = parser.get();
    const int status = head.result_int();
    if (status == 200) return read_body(parser, buffer);
    DownloadAnswer answer{status, {}};
    if (status / 100 == 3) answer.location = std::string(head[http::field::location]);
    return answer;
  }

 private:
  static constexpr bool kTls = !std::is_same_v<Stream, tcp::socket>;

  tcp::socket& socket() {
    if constexpr (kTls)
      return stream_.next_layer();
    else
      return stream_;
  }

  /// Runs one asynchronous step to its end; false: it failed, or the time was up.
  template <class Begin>
  bool step(Begin begin) {
    bool ended = false;
    ec_ = {};
    begin([this, &ended](error_code ec, auto&&...) {
      ec_ = ec;
      ended = true;
    });
    loop_.restart();
    // A peer that stops speaking does not hold this thread for the whole patience.
    loop_.run_until(std::min(until_, Clock::now() + kSilenceMax));
    if (!ended) {
      error_code ignored;
      socket().close(ignored);
      loop_.restart();
      loop_.run();
      ec_ = asio::error::timed_out;
    }
    return !ec_;
  }

  bool connect() {
    tcp::resolver resolver(loop_);
    tcp::resolver::results_type found;
    const auto resolved = step([&](auto done) {
      resolver.async_resolve(url_.origin.host, std::to_string(url_.origin.port),
                             [&found, done](error_code ec, auto results) mutable {
                               found = results;
                               done(ec);
                             });
    });
    if (!resolved) return false;
    if (!step([&](auto done) { asio::async_connect(socket(), found, done); })) return false;
    if constexpr (kTls) {
      if (!net::expect_peer(stream_.native_handle(), url_.origin.host)) return false;
      return step(
          [&](auto done) { stream_.async_handshake(asio::ssl::stream_base::client, done); });
    }
    return true;
  }

  bool ask() {
    http::request<http::empty_body> question{http::verb::get, url_.target, 11};
    question.set(http::field::host, url_.origin.authority);
    question.set(http::field::user_agent, "mitr");
    question.set(http::field::connection, "close");
    for (const auto& [name, value] : request_.headers) question.set(name, value);
    return step([&](auto done) { http::async_write(stream_, question, done); });
  }

  template <class Parser>
  Result<DownloadAnswer> read_body(Parser& parser, boost::beast::flat_buffer& buffer) {
    std::array<char, kReadBytes> piece;
    while (!parser.is_done()) {
      auto& body = parser.get().body();
      body.data = piece.data();
      body.size = piece.size();
      const bool read = step([&](auto done) { http::async_read(stream_, buffer, parser, done); });
      if (!read && ec_ != http::error::need_buffer) return failed();
      const auto got = piece.size() - body.size;
      if (got > 0 && !take_({piece.data(), got}))
        return Error{Errc::kUnavailable, "the download was broken off"};
    }
    return DownloadAnswer{200, {}};
  }

  /// Also when the length that the header told is too much.
  Error failed() const {
    if (ec_ == http::error::body_limit)
      return Error{Errc::kTooLarge, "the file is larger than its kind may be"};
    return Error{Errc::kUnavailable, "the download failed"};
  }

  const DownloadRequest& request_;
  const Url& url_;
  const TakePiece& take_;
  Clock::time_point until_;
  asio::io_context loop_{1};
  Stream stream_;
  error_code ec_;
};

}  // namespace

std::string host_of_url(std::string_view url) {
  const auto parsed = parse_url(url);
  return parsed ? parsed->origin.host : std::string();
}

Result<DownloadAnswer> download(const DownloadRequest& request, const TakePiece& take) {
  const auto url = parse_url(request.url);
  if (!url) return Error{Errc::kRefused, "that is no address of a file"};
  try {
    if (!url->origin.tls) {
      if (!is_this_machine(url->origin.host))
        return Error{Errc::kRefused, "a file is fetched over TLS only"};
      return Download<tcp::socket>(request, *url, take).run();
    }
    auto tls = net::client_tls(request.ca_file);
    if (!tls) return tls.error();
    return Download<asio::ssl::stream<tcp::socket>>(request, *url, take, **tls).run();
  } catch (const std::exception&) {
    return Error{Errc::kUnavailable, "the download failed"};
  }
}

}  // namespace mitr
