// What the node serves over HTTP: Meta's webhook and the operator's pages. Verifies bytes and
// parses them, on the HTTP thread, before anything reaches an actor: an unsigned body leaves no
// trace.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "actors/http/server.h"
#include "actors/messages.h"
#include "actors/metrics/metrics.h"
#include "protocols/whatsapp/signature.h"

namespace mitr {

struct DoorParts {
  std::string webhook_path = "/webhook";
  std::vector<std::string> app_secrets;
  std::string verify_token;
  std::function<void(WebhookArrived)> forward;  ///< To the gateway actor.
  std::function<bool()> ready;  ///< False while starting, draining or without a store.
  std::shared_ptr<Metrics> metrics;
};

class Door {
 public:
  explicit Door(DoorParts parts);

  /// The handler for the listener with this index. Several listeners share the door; the index
  /// rides in request ids.
  HttpServer::Handler handler(std::size_t listener);
  /// Tells the door where the answers of listener `index` go. Until then requests stay unanswered
  /// (503 in time).
  void attach(std::size_t listener, HttpServer& server);
  /// From here on webhooks get 503 and nothing is forwarded. Takes effect with the next request of
  /// the HTTP thread.
  void close() { closed_ = true; }
  /// Answers a webhook by the id it was forwarded with. Safe from any thread.
  void answer(std::uint64_t request, int status);

 private:
  static constexpr std::size_t kListenersMax = 2;  ///< Plain and TLS.

  void serve(std::size_t listener, HttpRequest request);
  HttpAnswer verification(const std::string& query) const;
  void webhook(std::size_t listener, HttpRequest request);
  void reply(std::size_t listener, const HttpRequest& request, HttpAnswer answer);

  DoorParts parts_;
  whatsapp::Signer signer_;
  std::atomic<HttpServer*> servers_[kListenersMax] = {};
  std::atomic<bool> closed_{false};
};

}  // namespace mitr
