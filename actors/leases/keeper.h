// Keeps the node's leases: takes them, renews them, tells the outbox when a shard became ours.
// Detached: it blocks in the store.
#pragma once

#include <memory>

#include "actors/leases/holding.h"
#include "actors/messages.h"
#include "persistence/store.h"

namespace mitr {

struct LeaseKeeperParts {
  std::unique_ptr<Leases> leases;
  std::shared_ptr<Holding> holding;
  OutboxActor outbox;
  std::chrono::milliseconds lasts{0};  ///< How long a lease holds without being renewed.
};

class LeaseKeeper : public LeaseKeeperActor::base {
 public:
  LeaseKeeper(caf::actor_config& config, LeaseKeeperParts parts);
  behavior_type make_behavior() override;
  const char* name() const override { return "mitr.lease_keeper"; }
  /// Lets go of the leases, so that another node need not wait.
  void on_exit() override;

 private:
  void hold();
  /// The time in which replies may be open that the last holders of shards which became ours have
  /// committed; none: no shard did.
  std::optional<TimeSpan> taken_by(const LeaseTable& table) const;

  LeaseKeeperParts parts_;
  LeaseTable known_{};
};

}  // namespace mitr
