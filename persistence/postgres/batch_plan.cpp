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

auto place_of(const Append& turn) {
  return std::tie(turn.tenant, turn.conversation, turn.seq);
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

/// The run of `tenant` at the cursor, which moves behind it. `of` names an element's tenant.
template <class Element, class TenantOf>
std::span<const Element> cut(const std::vector<Element>& all, std::size_t& cursor,
                             const TenantId& tenant, TenantOf of) {
  const std::size_t from = cursor;
  while (cursor < all.size() && of(all[cursor]) == tenant) ++cursor;
  return std::span(all).subspan(from, cursor - from);
}

}  // namespace

void BatchPlan::order_appends(const Batch& batch) {
  const auto& turns = batch.appends;
  number_from_zero(appends_, turns.size());
  std::stable_sort(appends_.begin(), appends_.end(), [&](std::uint32_t a, std::uint32_t b) {
    return place_of(turns[a]) < place_of(turns[b]);
  });
  known_.assign(turns.size(), std::nullopt);
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
}

void BatchPlan::fold_marks(const Batch& batch) {
  by_ref_.clear();
  by_provider_.clear();
  for (const auto& mark : batch.marks) {
    if (mark.ref) {
      by_ref_.push_back(mark);
    } else if (mark.provider) {
      by_provider_.push_back(mark);
    }
  }
  fold_equals(
      by_ref_, [](const OutboxMark& mark) -> const auto& { return mark.ref; });
  fold_equals(
      by_provider_, [](const OutboxMark& mark) -> const auto& { return mark.provider; });
}

void BatchPlan::cut_slices(const Batch& batch) {
  tenants_.clear();
  for (auto i : appends_) tenants_.push_back(batch.appends[i].tenant);
  for (auto i : claims_) tenants_.push_back(batch.claims[i].tenant);
  for (auto i : kept_) tenants_.push_back(batch.kept[i].tenant);
  for (const auto& mark : by_ref_) tenants_.push_back(mark.tenant);
  for (const auto& mark : by_provider_) tenants_.push_back(mark.tenant);
  std::sort(tenants_.begin(), tenants_.end());
  tenants_.erase(std::unique(tenants_.begin(), tenants_.end()), tenants_.end());
  slices_.clear();
  std::size_t append = 0, claim = 0, kept = 0, ref = 0, provider = 0;
  const auto of_mark = [](const OutboxMark& mark) { return mark.tenant; };
  for (const auto& tenant : tenants_) {
    TenantSlice slice;
    slice.tenant = tenant;
    slice.appends =
        cut(appends_, append, tenant, [&](std::uint32_t i) { return batch.appends[i].tenant; });
    slice.claims =
        cut(claims_, claim, tenant, [&](std::uint32_t i) { return batch.claims[i].tenant; });
    slice.kept = cut(kept_, kept, tenant, [&](std::uint32_t i) { return batch.kept[i].tenant; });
    slice.by_ref = cut(by_ref_, ref, tenant, of_mark);
    slice.by_provider = cut(by_provider_, provider, tenant, of_mark);
    slices_.push_back(slice);
  }
}

void BatchPlan::arrange(const Batch& batch) {
  order_appends(batch);
  number_from_zero(claims_, batch.claims.size());
  std::stable_sort(claims_.begin(), claims_.end(), [&](std::uint32_t a, std::uint32_t b) {
    const Claim& left = batch.claims[a];
    const Claim& right = batch.claims[b];
    return std::tie(left.tenant, left.aliases.front()) <
           std::tie(right.tenant, right.aliases.front());
  });
  number_from_zero(kept_, batch.kept.size());
  std::sort(kept_.begin(), kept_.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::tie(batch.kept[a].tenant, batch.kept[a].id) <
           std::tie(batch.kept[b].tenant, batch.kept[b].id);
  });
  fold_marks(batch);
  cut_slices(batch);
}

}  // namespace mitr::postgres
