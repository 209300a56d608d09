#include "actors/leases/keeper.h"

#include <algorithm>
#include <caf/all.hpp>
#include <spdlog/spdlog.h>

#include "protocols/limits.h"

namespace mitr {
namespace {

/// When the shard's last holder may have committed replies that did not leave.
TimeSpan open_replies(const ShardLease& lease) {
  if (lease.settled <= lease.at) return {lease.settled, lease.at};
  // The store's clock was set back: what is open was committed before that, later than now, or
  // since, and nobody knows by how far.
  return {lease.at - limits::kClockDoubt, lease.settled + limits::kClockDoubt};
}

}  // namespace

LeaseKeeper::LeaseKeeper(caf::actor_config& config, LeaseKeeperParts parts)
    : LeaseKeeperActor::base(config), parts_(std::move(parts)) {}

LeaseKeeper::behavior_type LeaseKeeper::make_behavior() {
  send(this, HoldLeases{});
  return {[this](HoldLeases) { hold(); }};
}

void LeaseKeeper::on_exit() {
  if (parts_.leases) {
    if (auto released = parts_.leases->release(); !released)
      spdlog::warn("leases not released, they run out why=\"{}\"", released.error().what);
  }
  parts_ = {};
}

void LeaseKeeper::hold() {
  // Read before the store is asked: our term never ends later than the store's.
  const auto asked = clock().now();
  const auto open_for = parts_.holding->open_for(asked) + limits::kSettledMargin;
  auto table = parts_.leases->hold(parts_.lasts, open_for);
  if (table) {
    const auto unsettled = taken_by(*table);
    const auto term = unsettled ? parts_.holding->begin_term() : parts_.holding->term();
    parts_.holding->set(*table, asked + parts_.lasts);
    // What the last holder committed and did not see leave is ours to look for.
    if (unsettled) send(parts_.outbox, LeasesTaken{*unsettled, term});
    known_ = *table;
  } else {
    spdlog::warn("leases not renewed why=\"{}\"", table.error().what);
  }
  delayed_send(this, parts_.lasts / limits::kLeaseRenewals, HoldLeases{});
}

std::optional<TimeSpan> LeaseKeeper::taken_by(const LeaseTable& table) const {
  std::size_t taken = 0, lost = 0;
  std::optional<TimeSpan> unsettled;
  for (std::size_t shard = 0; shard < kShards; ++shard) {
    const auto& now = table[shard];
    const auto& before = known_[shard];
    if (before.mine && (!now.mine || now.epoch != before.epoch)) ++lost;
    if (!now.mine || (before.mine && now.epoch == before.epoch)) continue;
    ++taken;
    const auto open = open_replies(now);
    unsettled =
        unsettled ? TimeSpan{std::min(unsettled->from, open.from), std::max(unsettled->to, open.to)}
                  : open;
  }
  if (taken + lost > 0) spdlog::info("leases changed taken={} lost={}", taken, lost);
  return unsettled;
}

}  // namespace mitr
