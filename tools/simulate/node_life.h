// The node's lives in a simulation: it starts, is killed, is stopped, loses its leases, and its
// actors come to run when chance lets them.
#pragma once

#include <memory>
#include <optional>

#include "tools/simulate/deliveries.h"
#include "tools/simulate/faulty_store.h"
#include "tools/simulate/graph_model.h"
#include "tools/simulate/hand_cranked.h"

namespace mitr::simulate {

/// What a life is made of; all of it outlives the node.
struct LifeParts {
  World& world;
  MemoryStore& memory;
  FaultyStore& store;
  GraphModel& graph;
  Deliveries& deliveries;
  std::vector<std::shared_ptr<const TenantContext>> tenants;
  WallClock clock;
};

class NodeLife {
 public:
  explicit NodeLife(LifeParts parts);
  ~NodeLife();

  void start();
  /// From here on it is killed, stopped and robbed of its leases, as the rates say.
  void trouble();
  /// No more trouble: it runs, and gets its leases back.
  void calm();

  bool deliver(WebhookArrived webhook);
  /// One message of one actor; false if nobody is ready.
  bool step();
  std::optional<Time> next() const;
  void advance_to(Time to);

  /// What it says of itself.
  Rest rest();
  std::uint64_t steps() const { return node_.steps(); }
  std::uint64_t crashes() const { return crashes_; }

 private:
  CrankHooks hooks();
  Time hold(caf::scheduled_actor& actor);
  void look(caf::scheduled_actor& actor);
  void crash();
  void plan_crash();
  void plan_lease_loss();
  void lose_leases(bool stopped);
  bool stopped() const { return parts_.world.timeline.now() < stopped_until_; }

  LifeParts parts_;
  Chance chance_;
  HandCranked node_;
  std::shared_ptr<Metrics> metrics_;
  std::unique_ptr<Leases> usurper_;  ///< Another node that holds the leases, and says nothing.
  Time stopped_until_{0};
  std::optional<std::uint64_t> steps_to_live_;
  std::uint64_t crashes_ = 0;
  bool troubled_ = false;
};

}  // namespace mitr::simulate
