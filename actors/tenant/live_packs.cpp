#include "actors/tenant/live_packs.h"

#include "nlu/dialogue/deploy.h"

namespace mitr {

LivePacks::Version LivePacks::newest() const {
  const std::lock_guard lock(mutex_);
  return versions_.front();
}

LivePacks::Version LivePacks::for_turn(const DialogueState& state) const {
  const std::lock_guard lock(mutex_);
  const Version& newest = versions_.front();
  if (!state.pack.known() || state.pack == newest->version()) return newest;
  for (const Version& version : versions_) {
    if (version->version() != state.pack) continue;
    return finishes_where_it_began(*newest, state) ? version : newest;
  }
  return newest;
}

void LivePacks::replace(std::vector<Version> versions) {
  const std::lock_guard lock(mutex_);
  versions_ = std::move(versions);
}

std::vector<LivePacks::Version> LivePacks::all() const {
  const std::lock_guard lock(mutex_);
  return versions_;
}

}  // namespace mitr
