// Looks for what was deployed, promoted, imported or erased while the node runs: packs, models,
// records and people; and tells their tenants.
// Detached: it blocks in the store.
#pragma once

#include <memory>
#include <unordered_map>
#include <vector>

#include "actors/messages.h"
#include "actors/tenant/promoted_models.h"
#include "persistence/store.h"

namespace mitr {

struct PackWatchParts {
  std::unique_ptr<Reader> reader;
  std::vector<std::shared_ptr<const TenantContext>> tenants;
  std::chrono::milliseconds every{0};
  /// Who forgets a tenant's people.
  std::unordered_map<TenantId, TenantActor> actors{};
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
  void look_for_erasures();

  PackWatchParts parts_;
  /// Versions that cannot be read: told once, not every time.
  std::vector<PackHash> broken_;
  PromotedModelsTaker models_;
  std::uint64_t erased_ = 0;  ///< Place of the last erasure that was told.
};

}  // namespace mitr
