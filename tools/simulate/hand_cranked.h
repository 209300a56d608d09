// A node's actors without threads: one message of one ready actor at a time, the actor chosen by
// chance, the clock turned by hand. Any interleaving it makes is one that threads could make.
#pragma once

#include <caf/actor_system.hpp>
#include <caf/scheduled_actor.hpp>
#include <caf/scheduler/test_coordinator.hpp>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <unordered_set>

#include "actors/engine.h"
#include "tools/simulate/chance.h"

namespace mitr::simulate {

/// What the simulation wants to know of each step, and may do to it.
struct CrankHooks {
  /// How long the actor does not come to run, as a thread that blocks or was not scheduled; 0: it
  /// runs now. Asked once for each of its steps.
  std::function<Time(caf::scheduled_actor&)> hold;
  /// It runs now; its next message can still be looked at.
  std::function<void(caf::scheduled_actor&)> before;
  std::function<void(caf::scheduled_actor&)> after;
};

class HandCranked {
 public:
  HandCranked(Chance chance, CrankHooks hooks);
  ~HandCranked();
  HandCranked(const HandCranked&) = delete;
  HandCranked& operator=(const HandCranked&) = delete;

  /// One life of a node. `parts` as for any engine; not detached.
  void start(EngineParts parts, Time now);
  /// Ends that life as kill -9 would: nothing is drained. What its actors still try while they go
  /// is for the caller's doubles to swallow.
  void kill();
  bool runs() const { return engine_ != nullptr; }
  Engine& engine() { return *engine_; }

  /// One message of one ready actor; false if nobody is ready.
  bool step(Time now);
  /// When somebody will be: a timer falls or a hold ends.
  std::optional<Time> next() const;
  void advance_to(Time to);
  std::uint64_t steps() const { return steps_; }

 private:
  caf::scheduler::test_coordinator& scheduler() const;

  Chance chance_;
  CrankHooks hooks_;
  EngineConfig config_;
  std::unique_ptr<caf::actor_system> system_;
  std::unique_ptr<Engine> engine_;
  /// Actors' clock minus ours; differs from life to life.
  caf::actor_clock::time_point born_;
  std::multimap<Time, caf::resumable*> held_;   ///< With the scheduler's own reference to each.
  std::unordered_set<caf::resumable*> waited_;  ///< Were held for the step they take next.
  std::uint64_t steps_ = 0;
};

}  // namespace mitr::simulate
