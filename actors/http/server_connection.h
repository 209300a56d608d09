// One inbound connection over a stream of either kind: read a request, hand it out, write its
// answer, again.
#pragma once

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "actors/http/answer_text.h"
#include "actors/http/request_parser.h"
#include "actors/http/send_now.h"
#include "actors/http/server_core.h"

namespace mitr::net {

template <class Stream>
class Connection final : public ServerConnection,
                         public std::enable_shared_from_this<Connection<Stream>> {
 public:
  template <class... Args>
  Connection(std::shared_ptr<ServerCore> core, std::size_t slot, Args&&... stream)
      : core_(std::move(core)), slot_(slot), stream_(std::forward<Args>(stream)...) {}

  void start() override;
  std::uint64_t request_in_hand() const override { return request_; }
  void answer(HttpAnswer answer) override;
  void sweep(Clock::time_point now) override;
  void close_if_idle() override;
  void close() override;

 private:
  static constexpr bool kTls = !std::is_same_v<Stream, Socket>;
  static constexpr std::size_t kFirstRead = 4096;  // Holds a usual webhook whole.
  enum class Phase { kHandshake, kReading, kInHand, kWriting, kLingering, kClosed };

  Socket& socket();
  auto self() { return this->shared_from_this(); }
  void enter(Phase phase) {
    phase_ = phase;
    since_ = Clock::now();
  }
  void await_request();
  void read();
  void on_read(error_code ec, std::size_t bytes);
  void parse();
  bool starved() const;
  void go_on_reading();
  void refuse(error_code why);
  void hand_out();
  void write();
  void on_written();
  void say_goodbye();
  void linger();

  const std::shared_ptr<ServerCore> core_;
  const std::size_t slot_;
  Stream stream_;
  Phase phase_ = Phase::kHandshake;
  Clock::time_point since_ = Clock::now();
  boost::beast::flat_buffer in_;
  std::optional<RequestParser> parser_;
  std::uint64_t request_ = 0;
  std::string out_;
  std::size_t written_ = 0;
  bool continue_sent_ = false;
  bool keep_alive_ = false;
};

template <class Stream>
Socket& Connection<Stream>::socket() {
  if constexpr (kTls)
    return stream_.next_layer();
  else
    return stream_;
}

template <class Stream>
void Connection<Stream>::start() {
  enter(Phase::kHandshake);
  if constexpr (kTls) {
    stream_.async_handshake(asio::ssl::stream_base::server, [me = self()](error_code ec) {
      if (me->phase_ == Phase::kClosed) return;
      if (ec || me->core_->draining()) return me->close();
      me->await_request();
    });
  } else {
    await_request();
  }
}

template <class Stream>
void Connection<Stream>::await_request() {
  parser_.emplace(core_->settings().body_bytes_max);
  continue_sent_ = false;
  enter(Phase::kReading);
  if (in_.size() > 0) {
    // Pipelined behind the last one. Through the loop: others get their turn, and the stack does
    // not grow.
    return asio::post(stream_.get_executor(), [me = self()] {
      if (me->phase_ == Phase::kReading) me->parse();
    });
  }
  if (in_.capacity() > limits::kReadBytesMax / 2) in_.shrink_to_fit();  // A large body is over.
  read();
}

template <class Stream>
void Connection<Stream>::read() {
  const bool large = parser_ && parser_->is_header_done();
  stream_.async_read_some(
      in_.prepare(large ? limits::kReadBytesMax : kFirstRead),
      [me = self()](error_code ec, std::size_t bytes) { me->on_read(ec, bytes); });
}

template <class Stream>
void Connection<Stream>::on_read(error_code ec, std::size_t bytes) {
  if (phase_ == Phase::kClosed) return;
  if (ec) return close();
  in_.commit(bytes);
  // The clock of a request starts with its first byte and is not set back by those that drip after
  // it.
  if (!parser_->got_some()) enter(Phase::kReading);
  parse();
}

/// True if the parser must not be called yet. It wants at least a byte; and inside a chunked body
/// it insists on five, of which at least so many are still to come until the last chunk is whole.
template <class Stream>
bool Connection<Stream>::starved() const {
  constexpr std::size_t kLastChunk = 5;
  return in_.size() == 0 ||
         (parser_->is_header_done() && parser_->chunked() && in_.size() < kLastChunk);
}

template <class Stream>
void Connection<Stream>::parse() {
  while (!starved()) {
    boost::beast::error_code ec;
    in_.consume(parser_->put(in_.data(), ec));
    if (ec == boost::beast::http::error::need_more) {
      // Header and chunk lines are parsed whole only; without this a chunk line could grow for
      // ever.
      if (in_.size() > limits::kHeaderBytesMax)
        return refuse(boost::beast::http::error::header_limit);
      break;
    }
    if (ec) return refuse(ec);
    if (parser_->is_done()) return hand_out();
  }
  go_on_reading();
}

template <class Stream>
void Connection<Stream>::go_on_reading() {
  const bool asks = parser_->is_header_done() && parser_->expects_continue() && in_.size() == 0 &&
                    parser_->request().body.empty();
  if (!asks || std::exchange(continue_sent_, true)) return read();
  static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
  asio::async_write(stream_, asio::buffer(kContinue), [me = self()](error_code ec, std::size_t) {
    if (me->phase_ == Phase::kClosed) return;
    if (ec) return me->close();
    me->read();
  });
}

template <class Stream>
void Connection<Stream>::refuse(error_code why) {
  HttpAnswer answer{400, "bad request\n"};
  if (why == boost::beast::http::error::body_limit) answer = {413, "body too large\n"};
  if (why == boost::beast::http::error::header_limit) answer = {431, "header too large\n"};
  keep_alive_ = false;
  write_answer(out_, answer, {.keep_alive = false});
  write();
}

template <class Stream>
void Connection<Stream>::hand_out() {
  keep_alive_ = parser_->keep_alive();
  if (core_->draining()) {
    keep_alive_ = false;
    write_answer(out_, {503, "going down\n"}, {.keep_alive = false, .head = parser_->head()});
    return write();
  }
  enter(Phase::kInHand);
  request_ = core_->next_request(slot_);
  HttpRequest& request = parser_->request();
  request.id = request_;
  core_->hand_out(std::move(request));  // May answer before it returns: nothing may follow.
}

template <class Stream>
void Connection<Stream>::answer(HttpAnswer answer) {
  request_ = 0;
  core_->request_settled();
  keep_alive_ = keep_alive_ && !core_->draining();
  write_answer(out_, answer,
               {.keep_alive = keep_alive_, .http10 = parser_->http10(), .head = parser_->head()});
  write();
}

template <class Stream>
void Connection<Stream>::write() {
  enter(Phase::kWriting);
  written_ = 0;
  if constexpr (!kTls) written_ = send_now(stream_, out_);
  on_written();
}

template <class Stream>
void Connection<Stream>::on_written() {
  if (written_ == out_.size()) {
    if (out_.capacity() > limits::kReadBytesMax) std::string().swap(out_);
    return keep_alive_ ? await_request() : say_goodbye();
  }
  stream_.async_write_some(asio::buffer(out_) + written_,
                           [me = self()](error_code ec, std::size_t bytes) {
                             if (me->phase_ == Phase::kClosed) return;
                             if (ec) return me->close();
                             me->written_ += bytes;
                             me->on_written();
                           });
}

/// Closing with bytes unread would reset the connection, and the client might never see its last
/// answer.
template <class Stream>
void Connection<Stream>::say_goodbye() {
  enter(Phase::kLingering);
  if constexpr (kTls) {
    stream_.async_shutdown([me = self()](error_code) {
      if (me->phase_ != Phase::kClosed) me->linger();
    });
  } else {
    linger();
  }
}

template <class Stream>
void Connection<Stream>::linger() {
  error_code ignored;
  socket().shutdown(tcp::socket::shutdown_send, ignored);
  in_.clear();
  socket().async_read_some(in_.prepare(limits::kReadBytesMax),
                           [me = self()](error_code ec, std::size_t) {
                             if (me->phase_ == Phase::kClosed) return;
                             if (ec) return me->close();
                             me->linger();
                           });
}

template <class Stream>
void Connection<Stream>::sweep(Clock::time_point now) {
  const auto& settings = core_->settings();
  const auto waited = now - since_;
  switch (phase_) {
    case Phase::kHandshake:
    case Phase::kReading:
    case Phase::kWriting:
      if (waited >= settings.idle) close();
      break;
    case Phase::kInHand:
      if (waited >= settings.patience) answer({503, "no answer in time\n"});
      break;
    case Phase::kLingering:
      if (waited >= limits::kLingerMax) close();
      break;
    case Phase::kClosed:
      break;
  }
}

template <class Stream>
void Connection<Stream>::close_if_idle() {
  if (phase_ == Phase::kReading && !parser_->got_some() && in_.size() == 0) close();
}

template <class Stream>
void Connection<Stream>::close() {
  if (phase_ == Phase::kClosed) return;
  if (phase_ == Phase::kInHand) core_->request_settled();
  phase_ = Phase::kClosed;
  request_ = 0;
  error_code ignored;
  socket().close(ignored);
  core_->forget(slot_);
}

}  // namespace mitr::net
