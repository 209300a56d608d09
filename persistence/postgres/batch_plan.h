// The order in which a batch is written: by tenant, then by key, so that index pages are met in
// order and two writers lock rows in the same order. Pure; not here: SQL.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "persistence/rows.h"

namespace mitr::postgres {

/// A shard some append of the batch needs, and in which epoch.
struct ShardEpoch {
  Shard shard = 0;
  std::uint32_t epoch = 0;
};

/// Keeps its vectors from batch to batch. Numbers are indices into the batch's vectors; all orders
/// begin with the tenant, but that of the turns, where plain ones come first.
class BatchPlan {
 public:
  using Order = std::span<const std::uint32_t>;

  /// `leases`: what is known of who holds what; appends of another epoch than that are left out.
  void arrange(const Batch& batch, const std::optional<std::array<std::uint32_t, kShards>>& leases);
  bool empty() const { return tenants_.empty(); }
  const std::vector<TenantId>& tenants() const { return tenants_; }
  Order turns() const { return appends_; }                       ///< `plain`, then `filed`.
  Order plain() const { return turns().first(plain_count_); }    ///< Those that are one row.
  Order filed() const { return turns().subspan(plain_count_); }  ///< Those with more than that.
  Order claims() const { return claims_; }                       ///< By first alias.
  Order kept() const { return kept_; }                           ///< By id.
  Order timers() const { return timers_; }                       ///< By contact.
  Order done() const { return done_; }                           ///< Instructions, by id.
  Order claimed() const { return claimed_; }  ///< Marks of kClaimed, by reference.
  Order told() const { return told_; }        ///< First news, that a reply was sent; as they came.
  /// Other marks: of place 0, of other places, by the provider's hash; each row once.
  const std::vector<OutboxMark>& of_replies() const { return of_replies_; }
  const std::vector<OutboxMark>& by_ref() const { return by_ref_; }
  const std::vector<OutboxMark>& by_provider() const { return by_provider_; }
  /// Set where no store needs to be asked: a second append to one place, a stale epoch.
  const std::vector<std::optional<AppendVerdict>>& known() const { return known_; }
  /// In order of shards, each once.
  const std::vector<ShardEpoch>& fence() const { return fence_; }

 private:
  void raise_fence(const Batch& batch,
                   const std::optional<std::array<std::uint32_t, kShards>>& leases);
  void order_appends(const Batch& batch);
  void order_others(const Batch& batch);
  void order_done(const Batch& batch);
  void order_marks(const Batch& batch);
  void name_tenants(const Batch& batch);

  std::vector<std::optional<AppendVerdict>> known_;
  std::vector<ShardEpoch> fence_;
  std::vector<std::uint32_t> appends_;
  std::size_t plain_count_ = 0;
  std::vector<std::uint32_t> claims_;
  std::vector<std::uint32_t> kept_;
  std::vector<std::uint32_t> timers_;
  std::vector<std::uint32_t> done_;
  std::vector<std::uint32_t> claimed_;
  std::vector<std::uint32_t> told_;
  std::vector<OutboxMark> of_replies_;
  std::vector<OutboxMark> by_ref_;
  std::vector<OutboxMark> by_provider_;
  std::vector<TenantId> tenants_;
};

}  // namespace mitr::postgres
