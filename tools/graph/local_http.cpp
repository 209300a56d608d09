// Blocking for the caller; inside it is asynchronous, since only that gives Beast's streams a
// time-out.
#include "tools/graph/local_http.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <exception>
#include <optional>

namespace mitr::graph {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
using tcp = boost::asio::ip::tcp;

constexpr std::size_t kAnswerBytesMax = 8u << 20;

struct Place {
  std::string host;
  std::string port;
  std::string path;
};

std::optional<Place> read_url(std::string_view url) {
  constexpr std::string_view kScheme = "http://";
  if (!url.starts_with(kScheme)) return std::nullopt;
  url.remove_prefix(kScheme.size());
  const auto slash = url.find('/');
  const auto authority = url.substr(0, slash);
  const auto colon = authority.rfind(':');
  Place place{std::string(authority.substr(0, colon)), "80", "/"};
  if (colon != std::string_view::npos) place.port = std::string(authority.substr(colon + 1));
  if (slash != std::string_view::npos) place.path = std::string(url.substr(slash));
  if (place.host.empty()) return std::nullopt;
  return place;
}

Result<LocalAnswer> exchange(const Place& place, http::request<http::string_body> request,
                             std::chrono::milliseconds timeout) {
  boost::asio::io_context loop;
  beast::tcp_stream stream(loop);
  beast::flat_buffer buffer;
  http::response_parser<http::string_body> answer;
  answer.body_limit(kAnswerBytesMax);
  boost::system::error_code failed;
  const auto places = tcp::resolver(loop).resolve(place.host, place.port);
  stream.expires_after(timeout);
  stream.async_connect(places, [&](beast::error_code connect_error, const tcp::endpoint&) {
    if ((failed = connect_error)) return;
    http::async_write(stream, request, [&](beast::error_code write_error, std::size_t) {
      if ((failed = write_error)) return;
      http::async_read(stream, buffer, answer,
                       [&](beast::error_code e, std::size_t) { failed = e; });
    });
  });
  loop.run();
  if (failed) return Error{Errc::kUnavailable, failed.message()};
  return LocalAnswer{static_cast<int>(answer.get().result_int()),
                     Personal(std::move(answer.get().body()))};
}

Result<LocalAnswer> ask(std::string_view url, http::verb verb, const std::string& body,
                        std::chrono::milliseconds timeout) {
  const auto place = read_url(url);
  if (!place) return Error{Errc::kInvalidConfig, "expected http://host:port"};
  try {
    http::request<http::string_body> request{verb, place->path, 11, body};
    request.set(http::field::host, place->host + ":" + place->port);
    request.set(http::field::connection, "close");
    if (verb == http::verb::post) request.set(http::field::content_type, "application/json");
    request.prepare_payload();
    return exchange(*place, std::move(request), timeout);
  } catch (const std::exception& e) {
    return Error{Errc::kUnavailable, e.what()};
  }
}

}  // namespace

Result<LocalAnswer> local_get(std::string_view url, std::chrono::milliseconds timeout) {
  return ask(url, http::verb::get, {}, timeout);
}

Result<LocalAnswer> local_post(std::string_view url, const Personal& json,
                               std::chrono::milliseconds timeout) {
  return ask(url, http::verb::post, json.reveal(), timeout);
}

}  // namespace mitr::graph
