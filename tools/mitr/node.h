// One running node: store, actors, doors, in the order they start and the reverse order they stop.
#pragma once

#include <atomic>
#include <caf/actor_system.hpp>
#include <memory>
#include <string>

#include "actors/engine.h"
#include "actors/gateway/door.h"
#include "actors/http/server.h"
#include "actors/media/media_keeper.h"
#include "config/node_settings.h"
#include "tools/mitr/node_store.h"

namespace mitr {

class Node {
 public:
  /// Starts everything; when it returns a value the node answers. The settings were checked by
  /// their loader.
  static Result<std::unique_ptr<Node>> start(const NodeSettings& settings, NodeStore store);
  ~Node();  ///< Stops at once; call drain() first to lose no work in hand.

  std::uint16_t port() const { return plain_->port(); }
  std::uint16_t tls_port() const { return secure_ ? secure_->port() : std::uint16_t{0}; }
  /// Takes nothing new and waits, bounded by kWebhookPatience, until what is in hand is answered.
  void drain();

 private:
  explicit Node(NodeStore store);
  Status spawn(const NodeSettings& settings);
  Status open_doors(const NodeSettings& settings);

  // Order matters: what is below stops first.
  NodeStore store_;
  std::shared_ptr<Metrics> metrics_ = std::make_shared<Metrics>();
  std::atomic<bool> ready_{false};
  IoLoop io_;
  std::unique_ptr<Door> door_;
  EngineConfig config_;
  std::unique_ptr<caf::actor_system> system_;
  std::unique_ptr<Engine> engine_;
  std::unique_ptr<MediaKeeper> media_;
  std::unique_ptr<HttpServer> plain_;
  std::unique_ptr<HttpServer> secure_;
};

}  // namespace mitr
