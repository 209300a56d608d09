// Wires the actor tree: who knows whom, who runs where, in which order all stop. Decides nothing.
//
//   gateway → tenant* → conversation* → journal → (store)
//                ↑                    └→ outbox → sender → (courier)
//            timekeeper, lease keeper
#pragma once

#include <atomic>
#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <vector>

#include "actors/leases/holding.h"
#include "actors/messages.h"
#include "actors/metrics/metrics.h"
#include "actors/sender/courier.h"
#include "actors/tenant/tenant_context.h"
#include "actors/wall_clock.h"
#include "persistence/store.h"

namespace mitr {

struct EngineParts {
  std::vector<std::shared_ptr<const TenantContext>>
      tenants;             ///< With the system tenant among them.
  Store* store = nullptr;  ///< Outlives the engine.
  std::shared_ptr<Courier> courier;
  std::shared_ptr<Metrics> metrics;
  WallClock clock;
  std::function<void(std::uint64_t, int)> answer;  ///< (request, HTTP status); any thread.
  std::size_t writers = 1;
  std::chrono::milliseconds park_after{0};
  std::chrono::milliseconds lease_lasts{0};
  /// Between two looks for deployed packs; zero: none are looked for.
  std::chrono::milliseconds pack_poll{0};
  /// Journal, archive and lease keeper block in the store and need threads of their own; off in
  /// tests with a hand-cranked scheduler.
  bool detached = true;
};

/// CAF's settings for a node: shared queue (stealing is quadratic in 0.17.6), `workers` threads,
/// bounded throughput.
class EngineConfig : public caf::actor_system_config {
 public:
  explicit EngineConfig(std::size_t workers);
};

class Engine {
 public:
  Engine(caf::actor_system& system, EngineParts parts);
  ~Engine();  ///< Stops if still running.
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  const GatewayActor& gateway() const { return gateway_; }
  const OutboxActor& outbox() const { return outbox_; }
  /// Ends every actor, doors first, journal last. Call when nothing is in hand: what is not
  /// committed is not kept.
  void stop();
  /// True while this node holds every shard's lease: it may decide and speak.
  bool leads() const { return holding_->whole(std::chrono::steady_clock::now()); }
  /// Messages on their way out whose end the store does not know yet.
  std::size_t outbox_in_hand() const {
    // In this order: a release is counted in hand before it is no longer in transit.
    auto in_transit = releases_in_transit_->load();
    return in_transit + outbox_in_hand_->load();
  }

 private:
  void spawn_store_side(caf::actor_system& system);
  void spawn_tenants(caf::actor_system& system);
  void spawn_pack_watch(caf::actor_system& system);
  const JournalActor& journal_of(const TenantId& tenant) const;

  EngineParts parts_;
  std::vector<JournalActor> journals_;
  ArchiveActor archive_;
  SenderActor sender_;
  OutboxActor outbox_;
  std::shared_ptr<std::atomic<std::size_t>> outbox_in_hand_;
  std::shared_ptr<std::atomic<std::size_t>> releases_in_transit_;
  std::vector<TenantActor> tenants_;
  GatewayActor gateway_;
  TimekeeperActor timekeeper_;
  InstructionKeeperActor instruction_keeper_;
  LeaseKeeperActor lease_keeper_;
  PackWatchActor pack_watch_;
  std::shared_ptr<Holding> holding_ = std::make_shared<Holding>();
};

}  // namespace mitr
