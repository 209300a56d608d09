#include "actors/packs/pack_watch.h"

#include <algorithm>
#include <caf/all.hpp>
#include <spdlog/spdlog.h>

#include "actors/tenant/imported_values.h"
#include "protocols/limits.h"

namespace mitr {

PackWatch::PackWatch(caf::actor_config& config, PackWatchParts parts)
    : PackWatchActor::base(config), parts_(std::move(parts)) {}

PackWatch::behavior_type PackWatch::make_behavior() {
  delayed_send(this, parts_.every, LookForPacks{});
  return {[this](LookForPacks) {
    look();
    delayed_send(this, parts_.every, LookForPacks{});
  }};
}

void PackWatch::look() {
  if (const auto kinds = parts_.reader->record_kinds()) {
    for (const auto& tenant : parts_.tenants) tenant->learn_kinds(*kinds);
    static_cast<void>(take_imported_values(*parts_.reader, *kinds, parts_.tenants));
  }
  look_for_models();
  look_for_erasures();
  if (const auto standings = parts_.reader->standings()) {
    for (const auto& tenant : parts_.tenants) tenant->learn_standing(*standings);
  }
  const auto all = parts_.reader->deployed_packs();
  if (!all) return;  // The store is away; whoever writes says so.
  for (const auto& deployed : *all) {
    for (const auto& tenant : parts_.tenants) {
      if (tenant->id == deployed.tenant && tenant->packs) take_over(*tenant, deployed);
    }
  }
}

void PackWatch::look_for_erasures() {
  // From the first on: one may have fallen between this node's start and its first look.
  const auto found = parts_.reader->erasures(erased_, limits::kReadRowsMax);
  if (!found) return;
  for (const auto& [place, tenant, contact] : *found) {
    erased_ = place;
    const auto actor = parts_.actors.find(tenant);
    if (actor != parts_.actors.end()) send(actor->second, ForgetContact{contact});
  }
}

void PackWatch::look_for_models() {
  const auto told = [](const TenantContext& tenant, std::uint32_t number, const Status& taken) {
    if (taken) {
      spdlog::info("model taken over tenant={} number={}", tenant.slug, number);
    } else {
      spdlog::error("model not taken over tenant={} number={} why=\"{}\"", tenant.slug, number,
                    taken.error().what);
    }
  };
  // The store being away is told by whoever writes.
  static_cast<void>(models_.look(*parts_.reader, parts_.tenants, told));
}

void PackWatch::take_over(const TenantContext& tenant, const DeployedPacks& deployed) {
  const auto& newest = deployed.versions.front();
  if (tenant.packs->newest()->version().bytes == newest) return;
  if (std::find(broken_.begin(), broken_.end(), newest) != broken_.end()) return;
  auto loaded = load_pack_row(*parts_.reader, newest);
  if (!loaded) {
    // Whoever deployed checked it with the same reader: another build, or bytes that were altered.
    if (loaded.error().code != Errc::kUnavailable) broken_.push_back(newest);
    spdlog::error("pack not taken over tenant={} version={} why=\"{}\"", tenant.slug,
                  to_string(PackVersion{newest}), loaded.error().what);
    return;
  }
  auto versions = tenant.packs->all();
  std::erase_if(versions, [&](const auto& each) { return each->version().bytes == newest; });
  versions.insert(versions.begin(), *std::move(loaded));
  if (versions.size() > limits::kPackVersionsMax) versions.resize(limits::kPackVersionsMax);
  tenant.packs->replace(std::move(versions));
  spdlog::info("pack taken over tenant={} version={}", tenant.slug, to_string(PackVersion{newest}));
}

}  // namespace mitr
