// Ordering of a batch.
#include "persistence/postgres/batch_plan.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "persistence/outbox_rank.h"

namespace mitr::postgres {
namespace {

void number_from_zero(std::vector<std::uint32_t>& order, std::size_t count) {
  order.resize(count);
  std::iota(order.begin(), order.end(), 0U);
}

/// True if the turn writes more than its journal row.
bool is_filed(const Append& turn) {
  return !turn.outbox.empty() || !turn.requests.empty() || turn.details || turn.timer;
}

auto place_of(const Append& turn) {
  return std::tuple(is_filed(turn), turn.tenant, turn.conversation, turn.seq);
}

const KeyedHash& first_name(const Claim& claim) {
  return (claim.aliases.empty() ? claim.former : claim.aliases).front().hash;
}

/// Adds what a later mark of the same row says. Two such marks in one UPDATE would apply one of
/// them, no one knows which.
void fold(OutboxMark& standing, const OutboxMark& news) {
  if (!standing.provider) standing.provider = news.provider;
  if (!moves_forward(standing.state, news.state)) return;
  standing.state = news.state;
  standing.error_code = news.error_code;
}

/// Sorts by key, keeping the order of arrival among equals, and folds equals into one.
template <class Key>
void fold_equals(std::vector<OutboxMark>& marks, Key key) {
  std::stable_sort(marks.begin(), marks.end(), [&](const OutboxMark& a, const OutboxMark& b) {
    return std::tie(a.tenant, key(a)) < std::tie(b.tenant, key(b));
  });
  std::size_t last = 0;
  for (std::size_t i = 1; i < marks.size(); ++i) {
    if (marks[last].tenant == marks[i].tenant && key(marks[last]) == key(marks[i])) {
      fold(marks[last], marks[i]);
    } else if (++last != i) {
      marks[last] = marks[i];
    }
  }
  if (!marks.empty()) marks.resize(last + 1);
}

}  // namespace

void BatchPlan::raise_fence(const Batch& batch,
                            const std::optional<std::array<std::uint32_t, kShards>>& leases) {
  known_.assign(batch.appends.size(), std::nullopt);
  // Without news of the leases the youngest epoch of the batch stands: an older one is stale.
  std::array<std::uint32_t, kShards> standing{};
  if (leases) standing = *leases;
  for (const auto& turn : batch.appends) {
    auto& epoch = standing[shard_of(turn.conversation)];
    if (!leases) epoch = std::max(epoch, turn.epoch);
  }
  std::array<bool, kShards> needed{};
  for (std::size_t i = 0; i < batch.appends.size(); ++i) {
    const Append& turn = batch.appends[i];
    if (turn.epoch == 0) continue;
    const Shard shard = shard_of(turn.conversation);
    if (turn.epoch == standing[shard]) {
      needed[shard] = true;
    } else {
      known_[i] = AppendVerdict::kFenced;
    }
  }
  fence_.clear();
  for (std::size_t shard = 0; shard < kShards; ++shard) {
    if (needed[shard]) fence_.push_back({static_cast<Shard>(shard), standing[shard]});
  }
}

void BatchPlan::order_appends(const Batch& batch) {
  const auto& turns = batch.appends;
  number_from_zero(appends_, turns.size());
  std::erase_if(appends_, [&](std::uint32_t i) { return known_[i].has_value(); });
  std::stable_sort(appends_.begin(), appends_.end(), [&](std::uint32_t a, std::uint32_t b) {
    return place_of(turns[a]) < place_of(turns[b]);
  });
  std::size_t last = 0;
  for (std::size_t i = 1; i < appends_.size(); ++i) {
    const Append& first = turns[appends_[last]];
    const Append& second = turns[appends_[i]];
    if (place_of(first) == place_of(second)) {
      const bool same = first.message == second.message;
      known_[appends_[i]] = same ? AppendVerdict::kDuplicate : AppendVerdict::kFenced;
    } else {
      appends_[++last] = appends_[i];
    }
  }
  if (!appends_.empty()) appends_.resize(last + 1);
  const auto first_filed = std::partition_point(
      appends_.begin(), appends_.end(), [&](std::uint32_t i) { return !is_filed(turns[i]); });
  plain_count_ = static_cast<std::size_t>(first_filed - appends_.begin());
}

void BatchPlan::order_others(const Batch& batch) {
  number_from_zero(claims_, batch.claims.size());
  std::stable_sort(claims_.begin(), claims_.end(), [&](std::uint32_t a, std::uint32_t b) {
    const Claim& left = batch.claims[a];
    const Claim& right = batch.claims[b];
    return std::tie(left.tenant, first_name(left)) < std::tie(right.tenant, first_name(right));
  });
  number_from_zero(kept_, batch.kept.size());
  std::sort(kept_.begin(), kept_.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::tie(batch.kept[a].tenant, batch.kept[a].id) <
           std::tie(batch.kept[b].tenant, batch.kept[b].id);
  });
  number_from_zero(timers_, batch.timers.size());
  std::sort(timers_.begin(), timers_.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::tie(batch.timers[a].tenant, batch.timers[a].contact) <
           std::tie(batch.timers[b].tenant, batch.timers[b].contact);
  });
}

void BatchPlan::order_done(const Batch& batch) {
  number_from_zero(done_, batch.done.size());
  std::sort(done_.begin(), done_.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::tie(batch.done[a].tenant, batch.done[a].id) <
           std::tie(batch.done[b].tenant, batch.done[b].id);
  });
}

void BatchPlan::order_marks(const Batch& batch) {
  claimed_.clear();
  told_.clear();
  of_replies_.clear();
  by_ref_.clear();
  by_provider_.clear();
  for (std::size_t i = 0; i < batch.marks.size(); ++i) {
    const OutboxMark& mark = batch.marks[i];
    if (mark.ref && mark.state == OutboxState::kClaimed) {
      claimed_.push_back(static_cast<std::uint32_t>(i));
    } else if (mark.ref && mark.first && mark.ref->ord == 0 && mark.state == OutboxState::kSent) {
      told_.push_back(static_cast<std::uint32_t>(i));
    } else if (mark.ref) {
      (mark.ref->ord == 0 ? of_replies_ : by_ref_).push_back(mark);
    } else if (mark.provider) {
      by_provider_.push_back(mark);
    }
  }
  std::sort(claimed_.begin(), claimed_.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::tie(batch.marks[a].tenant, batch.marks[a].ref) <
           std::tie(batch.marks[b].tenant, batch.marks[b].ref);
  });
  std::stable_sort(told_.begin(), told_.end(), [&](std::uint32_t a, std::uint32_t b) {
    return batch.marks[a].tenant < batch.marks[b].tenant;
  });
  const auto by_ref = [](const OutboxMark& mark) -> const auto& {
    return mark.ref;
  };
  fold_equals(of_replies_, by_ref);
  fold_equals(by_ref_, by_ref);
  fold_equals(
      by_provider_, [](const OutboxMark& mark) -> const auto& { return mark.provider; });
}

void BatchPlan::name_tenants(const Batch& batch) {
  tenants_.clear();
  for (auto i : appends_) tenants_.push_back(batch.appends[i].tenant);
  for (auto i : claims_) tenants_.push_back(batch.claims[i].tenant);
  for (auto i : kept_) tenants_.push_back(batch.kept[i].tenant);
  for (auto i : timers_) tenants_.push_back(batch.timers[i].tenant);
  for (auto i : done_) tenants_.push_back(batch.done[i].tenant);
  for (const auto& mark : batch.marks) tenants_.push_back(mark.tenant);
  for (const auto& row : batch.standings) tenants_.push_back(row.tenant);
  std::sort(tenants_.begin(), tenants_.end());
  tenants_.erase(std::unique(tenants_.begin(), tenants_.end()), tenants_.end());
}

void BatchPlan::arrange(const Batch& batch,
                        const std::optional<std::array<std::uint32_t, kShards>>& leases) {
  raise_fence(batch, leases);
  order_appends(batch);
  order_others(batch);
  order_done(batch);
  order_marks(batch);
  name_tenants(batch);
}

}  // namespace mitr::postgres
