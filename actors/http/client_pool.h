// A client's loop-side half: the queue of POSTs and the connections that serve it, first come,
// first served. Everything here runs on the loop's thread, but for `post`.
#pragma once

#include <atomic>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "actors/http/asio_types.h"
#include "actors/http/client.h"
#include "actors/http/origin.h"
#include "actors/http/tls.h"

namespace mitr::net {

/// One POST on its way.
struct PostJob {
  std::string wire;  ///< The whole request, as it goes out.
  HttpClient::Answered answered;
  Clock::time_point deadline;
};

/// A connection as the pool sees it, plain or TLS.
class ClientConnection {
 public:
  virtual ~ClientConnection() = default;
  virtual void start() = 0;
  /// False if the peer has closed it, or said something unasked, while it was idle.
  virtual bool still_good() = 0;
  /// Only when idle.
  virtual void send(PostJob job) = 0;
  virtual void sweep(Clock::time_point now) = 0;
  /// Ends a job in flight as lost. Tells the pool nothing.
  virtual void close() = 0;
};

class ClientPool : public std::enable_shared_from_this<ClientPool> {
 public:
  ClientPool(asio::io_context& context, HttpClient::Settings settings, Origin origin,
             TlsContext tls);

  void start() { sweep(); }
  void stop();
  /// From any thread.
  void post(PostJob job);

  // -- for connections ----
  asio::io_context& context() { return context_; }
  const HttpClient::Settings& settings() const { return settings_; }
  const Origin& origin() const { return origin_; }
  /// Connected, or done with its last job: takes the next.
  void on_ready(ClientConnection* connection, bool first);
  void on_connect_failed(ClientConnection* connection);
  /// Closed, for whatever reason, after it was connected.
  void on_gone(ClientConnection* connection);
  /// The job could not be written to a connection that had been idle; another one shall take it.
  void try_again(PostJob job);

 private:
  void take_inbox();
  void dispatch();
  std::shared_ptr<ClientConnection> take_idle();
  void open_one();
  std::shared_ptr<ClientConnection> remove(ClientConnection* connection);
  void fail_front();
  void sweep();

  asio::io_context& context_;
  const HttpClient::Settings settings_;
  const Origin origin_;
  const TlsContext tls_;
  Timer sweeper_;
  bool stopped_ = false;
  std::deque<PostJob> queue_;
  std::vector<std::shared_ptr<ClientConnection>> connections_;  // All, also those still connecting.
  std::vector<ClientConnection*> idle_;                         // The last used at the back.
  std::size_t connecting_ = 0;
  Clock::time_point connect_after_{};

  std::atomic<std::size_t> waiting_ = 0;  // In inbox_ and queue_.
  std::mutex inbox_lock_;
  std::vector<PostJob> inbox_;  // Guarded. Not empty: the loop has been called.
  std::vector<PostJob> taken_;  // Loop only; swapped with inbox_ so that both keep their memory.
};

std::shared_ptr<ClientConnection> plain_client_connection(std::shared_ptr<ClientPool> pool);
std::shared_ptr<ClientConnection> tls_client_connection(std::shared_ptr<ClientPool> pool,
                                                        asio::ssl::context& tls);

}  // namespace mitr::net
