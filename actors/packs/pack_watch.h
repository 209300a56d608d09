// Looks for what was deployed, promoted or imported while the node runs: packs, models, records;
// and tells their tenants.
// Detached: it blocks in the store.
#pragma once

#include <memory>
#include <vector>

#include "actors/messages.h"
#include "actors/tenant/promoted_models.h"
#include "persistence/store.h"

namespace mitr {

struct PackWatchParts {
  std::unique_ptr<Reader> reader;
  std::vector<std::shared_ptr<const TenantContext>> tenants;
  std::chrono::milliseconds every{0};
};

class PackWatch : public PackWatchActor::base {
 public:
  PackWatch(caf::actor_config& config, PackWatchParts parts);
  behavior_type make_behavior() override;
  const char* name() const override { return "mitr.pack_watch"; }
  void on_exit() override { parts_ = {}; }

 private:
  void look();
  void take_over(const TenantContext& tenant, const DeployedPacks& deployed);
  void look_for_models();

  PackWatchParts parts_;
  /// Versions that cannot be read: told once, not every time.
  std::vector<PackHash> broken_;
  PromotedModelsTaker models_;
};

}  // namespace mitr
