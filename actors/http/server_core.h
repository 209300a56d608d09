// A listener's loop-side half: who is connected, which request belongs to whom, one sweep for every
// deadline. Everything here runs on the loop's thread, but for `answer` and `in_hand`.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "actors/http/asio_types.h"
#include "actors/http/server.h"
#include "actors/http/tls.h"

namespace mitr::net {

/// A connection as the core sees it, plain or TLS.
class ServerConnection {
 public:
  virtual ~ServerConnection() = default;
  virtual void start() = 0;
  /// The id of the request handed out, 0 if none.
  virtual std::uint64_t request_in_hand() const = 0;
  /// Only while a request is in hand.
  virtual void answer(HttpAnswer answer) = 0;
  /// Ends what has outlived its deadline.
  virtual void sweep(Clock::time_point now) = 0;
  /// Closes if nothing of a request has arrived and none is in hand.
  virtual void close_if_idle() = 0;
  virtual void close() = 0;
};

class ServerCore : public std::enable_shared_from_this<ServerCore> {
 public:
  ServerCore(asio::io_context& context, HttpServer::Settings settings, HttpServer::Handler handler);

  /// Binds. Off the loop's thread, before start().
  Status bind();
  void start();
  void drain();
  void stop();
  /// From any thread.
  void answer(std::uint64_t id, HttpAnswer answer);
  std::size_t in_hand() const { return in_hand_.load(std::memory_order_relaxed); }
  std::uint16_t port() const { return port_; }

  // -- for connections ----
  const HttpServer::Settings& settings() const { return settings_; }
  bool draining() const { return draining_; }
  std::uint64_t next_request(std::size_t slot);
  void hand_out(HttpRequest request) { handler_(std::move(request)); }
  void request_settled() { in_hand_.fetch_sub(1, std::memory_order_relaxed); }
  void forget(std::size_t slot);

 private:
  void accept();
  void admit(Socket socket);
  void sweep();
  /// Those there are now, held: what is done to one may forget it.
  std::vector<std::shared_ptr<ServerConnection>> connected() const;
  void deliver(std::uint64_t id, HttpAnswer answer);
  void deliver_queued();

  asio::io_context& context_;
  const HttpServer::Settings settings_;
  HttpServer::Handler handler_;
  TlsContext tls_;
  Acceptor acceptor_;
  Timer sweeper_;
  std::uint16_t port_ = 0;
  bool draining_ = false;
  bool accept_paused_ = false;
  std::uint64_t requests_ = 0;
  std::vector<std::shared_ptr<ServerConnection>>
      slots_;  // The low bits of a request's id index it.
  std::vector<std::size_t> free_slots_;
  std::atomic<std::size_t> in_hand_ = 0;

  using Queued = std::vector<std::pair<std::uint64_t, HttpAnswer>>;
  std::mutex queue_lock_;
  Queued queue_;  // Guarded. Not empty: a delivery is on its way.
  Queued taken_;  // Loop only; swapped with queue_ so that both keep their memory.
};

std::shared_ptr<ServerConnection> plain_connection(std::shared_ptr<ServerCore> core,
                                                   std::size_t slot, Socket socket);
std::shared_ptr<ServerConnection> tls_connection(std::shared_ptr<ServerCore> core, std::size_t slot,
                                                 Socket socket, asio::ssl::context& tls);

}  // namespace mitr::net
