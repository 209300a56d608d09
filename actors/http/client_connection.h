// One outbound connection over a stream of either kind. A read is always pending: it brings the
// answer to the POST in flight, or, between POSTs, the news that the peer has closed.
#pragma once

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <cerrno>
#include <memory>
#include <optional>
#include <string>
#include <sys/socket.h>
#include <type_traits>
#include <utility>

#include "actors/http/client_pool.h"
#include "actors/http/response_parser.h"
#include "actors/http/send_now.h"

namespace mitr::net {

template <class Stream>
class OutConnection final : public ClientConnection,
                            public std::enable_shared_from_this<OutConnection<Stream>> {
 public:
  template <class... Args>
  explicit OutConnection(std::shared_ptr<ClientPool> pool, Args&&... stream)
      : pool_(std::move(pool)),
        stream_(std::forward<Args>(stream)...),
        resolver_(pool_->context()) {}

  void start() override;
  bool still_good() override;
  void send(PostJob job) override;
  void sweep(Clock::time_point now) override;
  void close() override;

 private:
  static constexpr bool kTls = !std::is_same_v<Stream, Socket>;
  static constexpr std::size_t kReadBytes = 4096;  // Holds the provider's usual answer whole.
  enum class Phase { kConnecting, kIdle, kBusy, kClosed };

  Socket& socket();
  auto self() { return this->shared_from_this(); }
  template <class Endpoints>
  void connect(const Endpoints& endpoints);
  void on_connected(error_code ec);
  void connect_failed();
  void ready();
  void read();
  void on_read(error_code ec, std::size_t bytes);
  bool parse(error_code& ec);
  void write();
  void on_written(error_code ec, std::size_t bytes);
  void complete();
  void break_off();
  void end_broken();
  void close_socket();

  const std::shared_ptr<ClientPool> pool_;
  Stream stream_;
  Resolver resolver_;
  Phase phase_ = Phase::kConnecting;
  Clock::time_point since_ = Clock::now();
  boost::beast::flat_buffer in_;
  std::optional<ResponseParser> parser_;
  PostJob job_;
  std::size_t written_ = 0;
  bool writing_ = false;  // A write is pending; only its end tells whether a byte went out.
  bool used_ = false;     // Has served a POST before this one.
};

template <class Stream>
Socket& OutConnection<Stream>::socket() {
  if constexpr (kTls)
    return stream_.next_layer();
  else
    return stream_;
}

template <class Stream>
void OutConnection<Stream>::start() {
  const Origin& origin = pool_->origin();
  if constexpr (kTls) {
    if (!expect_peer(stream_.native_handle(), origin.host))
      return asio::post(pool_->context(), [me = self()] {
        if (me->phase_ == Phase::kConnecting) me->connect_failed();
      });
  }
  error_code not_address;
  const auto address = asio::ip::make_address(origin.host, not_address);
  if (!not_address) return connect(std::array{tcp::endpoint(address, origin.port)});
  resolver_.async_resolve(origin.host, std::to_string(origin.port),
                          asio::ip::resolver_base::numeric_service,
                          [me = self()](error_code ec, const auto& found) {
                            if (me->phase_ != Phase::kConnecting) return;
                            if (ec) return me->connect_failed();
                            me->connect(found);
                          });
}

template <class Stream>
template <class Endpoints>
void OutConnection<Stream>::connect(const Endpoints& endpoints) {
  asio::async_connect(socket(), endpoints, [me = self()](error_code ec, const tcp::endpoint&) {
    if (me->phase_ != Phase::kConnecting) return;
    if (ec) return me->connect_failed();
    error_code ignored;
    me->socket().set_option(tcp::no_delay(true), ignored);
    if constexpr (kTls) {
      me->stream_.async_handshake(asio::ssl::stream_base::client,
                                  [me](error_code failed) { me->on_connected(failed); });
    } else {
      me->on_connected({});
    }
  });
}

template <class Stream>
void OutConnection<Stream>::on_connected(error_code ec) {
  if (phase_ != Phase::kConnecting) return;
  if (ec) return connect_failed();
  phase_ = Phase::kIdle;
  since_ = Clock::now();
  read();
  pool_->on_ready(this, true);
}

template <class Stream>
void OutConnection<Stream>::connect_failed() {
  close_socket();
  pool_->on_connect_failed(this);
}

/// The loop may not have come to the peer's FIN yet: the socket itself is asked. Anything readable
/// on an idle plain connection is an end or junk; on a TLS one most likely the closing alert.
template <class Stream>
bool OutConnection<Stream>::still_good() {
  if (!used_) return true;  // Just connected; what may lie there are TLS tickets.
  char byte = 0;
  return ::recv(socket().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 &&
         (errno == EAGAIN || errno == EWOULDBLOCK);
}

template <class Stream>
void OutConnection<Stream>::send(PostJob job) {
  phase_ = Phase::kBusy;
  job_ = std::move(job);
  parser_.emplace();
  written_ = 0;
  if constexpr (!kTls) written_ = send_now(stream_, job_.wire);
  if (written_ < job_.wire.size()) write();
}

template <class Stream>
void OutConnection<Stream>::write() {
  writing_ = true;
  stream_.async_write_some(
      asio::buffer(job_.wire) + written_,
      [me = self()](error_code ec, std::size_t bytes) { me->on_written(ec, bytes); });
}

template <class Stream>
void OutConnection<Stream>::on_written(error_code ec, std::size_t bytes) {
  writing_ = false;
  written_ += bytes;
  if (!job_.answered) return;  // Answered early, or ended meanwhile.
  if (phase_ == Phase::kClosed) return end_broken();
  if (ec) return break_off();
  if (written_ < job_.wire.size()) write();
}

template <class Stream>
void OutConnection<Stream>::read() {
  stream_.async_read_some(in_.prepare(kReadBytes), [me = self()](error_code ec, std::size_t bytes) {
    me->on_read(ec, bytes);
  });
}

template <class Stream>
void OutConnection<Stream>::on_read(error_code ec, std::size_t bytes) {
  if (phase_ == Phase::kClosed) return;
  if (phase_ == Phase::kIdle) {
    close_socket();  // The peer closed it, or speaks unasked.
    return pool_->on_gone(this);
  }
  in_.commit(bytes);
  if (!ec) {
    if (!parse(ec)) return ec ? break_off() : read();
  } else if (ec == asio::error::eof && parser_->is_header_done() && parser_->need_eof()) {
    // A body without a length ends with the connection; over TLS only if it was closed in order.
    parser_->put_eof(ec);
    if (ec) return break_off();
  } else {
    return break_off();
  }
  complete();
}

/// True when the answer is whole. False without an error: more bytes are needed.
template <class Stream>
bool OutConnection<Stream>::parse(error_code& ec) {
  constexpr std::size_t kLastChunk = 5;  // See Connection::starved.
  while (in_.size() > 0) {
    if (parser_->is_header_done() && parser_->chunked() && in_.size() < kLastChunk) return false;
    in_.consume(parser_->put(in_.data(), ec));
    if (ec == boost::beast::http::error::need_more) {
      ec = {};
      if (in_.size() > limits::kHeaderBytesMax) ec = boost::beast::http::error::header_limit;
      return false;
    }
    if (ec) return false;
    if (!parser_->is_done()) continue;
    if (parser_->status() / 100 != 1) return true;
    parser_.emplace();  // An interim answer; the real one follows.
  }
  return false;
}

template <class Stream>
void OutConnection<Stream>::complete() {
  PostAnswer answer{PostEnd::kAnswered, parser_->status(), std::move(parser_->body())};
  const auto answered = std::exchange(job_.answered, nullptr);
  const bool clean = !writing_ && written_ == job_.wire.size() && in_.size() == 0;
  used_ = true;
  if (clean && parser_->keep_alive()) {
    phase_ = Phase::kIdle;
    since_ = Clock::now();
    read();
    pool_->on_ready(this, false);
  } else {
    close_socket();
    pool_->on_gone(this);
  }
  answered(std::move(answer));  // Last: it may take the client down.
}

/// The connection failed with a POST in flight. While a write is pending its end decides what
/// became of the POST.
template <class Stream>
void OutConnection<Stream>::break_off() {
  close_socket();
  if (!writing_) end_broken();
}

template <class Stream>
void OutConnection<Stream>::end_broken() {
  const auto me = self();  // The pool lets go of this connection below.
  PostJob job = std::move(job_);
  job_ = {};
  if (written_ == 0 && used_) {
    pool_->try_again(std::move(job));
    return pool_->on_gone(this);
  }
  pool_->on_gone(this);
  job.answered({written_ == 0 ? PostEnd::kNotSent : PostEnd::kAnswerLost, 0, {}});
}

template <class Stream>
void OutConnection<Stream>::sweep(Clock::time_point now) {
  switch (phase_) {
    case Phase::kConnecting:
      if (now - since_ >= pool_->settings().timeout) connect_failed();
      break;
    case Phase::kIdle:
      if (now - since_ < limits::kConnectionIdle) break;
      close_socket();
      pool_->on_gone(this);
      break;
    case Phase::kBusy:
      if (now < job_.deadline) break;
      close();
      pool_->on_gone(this);
      break;
    case Phase::kClosed:
      break;
  }
}

template <class Stream>
void OutConnection<Stream>::close() {
  const auto me = self();
  close_socket();
  // A write may be pending: part of it may have left.
  if (job_.answered) std::exchange(job_.answered, nullptr)({PostEnd::kAnswerLost, 0, {}});
}

template <class Stream>
void OutConnection<Stream>::close_socket() {
  phase_ = Phase::kClosed;
  error_code ignored;
  resolver_.cancel();
  socket().close(ignored);
}

}  // namespace mitr::net
