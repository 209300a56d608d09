// Wakes conversations whose timer has fallen due. A timer is a row: it goes with the turn that it
// caused, so a crash in between only wakes the conversation once more.
#pragma once

#include <memory>
#include <unordered_map>
#include <vector>

#include "actors/leases/holding.h"
#include "actors/messages.h"
#include "actors/metrics/metrics.h"
#include "actors/wall_clock.h"

namespace mitr {

struct TimekeeperParts {
  std::unordered_map<TenantId, TenantActor> tenants;
  ArchiveActor archive;
  std::shared_ptr<const Holding> holding;
  WallClock clock;
  std::shared_ptr<Metrics> metrics;
};

class Timekeeper : public TimekeeperActor::base {
 public:
  Timekeeper(caf::actor_config& config, TimekeeperParts parts);
  behavior_type make_behavior() override;
  const char* name() const override { return "mitr.timekeeper"; }
  void on_exit() override;

 private:
  using Time = std::chrono::steady_clock::time_point;

  void look();
  void found(const TimersFound& answer, std::size_t limit);
  void look_again(std::chrono::milliseconds after);

  TimekeeperParts parts_;
  /// Woken and not yet heard of, with when. One who is not heard of in time is woken again.
  std::unordered_map<ContactId, Time> in_hand_;
  /// Of the last page: timers of tenants this node has not heard of. They wait for one that has.
  std::size_t strange_ = 0;
};

}  // namespace mitr
