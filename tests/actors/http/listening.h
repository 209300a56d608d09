// A listener under test, with the loop it runs on and the requests it has handed out.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "actors/http/server.h"

namespace mitr {

class Listening {
 public:
  using Handle = std::function<void(HttpServer&, HttpRequest)>;

  static HttpServer::Settings settings() { return {.tls = std::nullopt, .body_bytes_max = 10'000}; }

  /// Without a handle, requests are kept for take().
  explicit Listening(Handle handle = nullptr, HttpServer::Settings wanted = settings())
      : handle_(std::move(handle)) {
    auto made = HttpServer::listen(loop_, std::move(wanted), [this](HttpRequest request) {
      if (handle_) return handle_(*pointer_, std::move(request));
      std::lock_guard lock(lock_);
      kept_.push_back(std::move(request));
      came_.notify_all();
    });
    if (!made) throw std::runtime_error(made.error().what);
    server_ = std::move(made).value();
    pointer_ = server_.get();
  }

  HttpServer& server() { return *server_; }
  std::uint16_t port() const { return server_->port(); }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port()); }
  IoLoop& loop() { return loop_; }

  /// The next request handed out; one with id 0 if none comes.
  HttpRequest take() {
    std::unique_lock lock(lock_);
    if (!came_.wait_for(lock, std::chrono::seconds(20), [this] { return !kept_.empty(); }))
      return {};
    HttpRequest request = std::move(kept_.front());
    kept_.erase(kept_.begin());
    return request;
  }
  std::size_t waiting() {
    std::lock_guard lock(lock_);
    return kept_.size();
  }
  void close() { server_.reset(); }

 private:
  Handle handle_;
  std::atomic<HttpServer*> pointer_ = nullptr;
  std::mutex lock_;
  std::condition_variable came_;
  std::vector<HttpRequest> kept_;
  IoLoop loop_;
  std::unique_ptr<HttpServer> server_;
};

}  // namespace mitr
