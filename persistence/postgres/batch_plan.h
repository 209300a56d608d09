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

/// What one tenant writes in a batch; numbers are indices into the batch's vectors.
struct TenantSlice {
  TenantId tenant;
  std::span<const std::uint32_t> turns;     ///< Appends: `plain`, then `filed`.
  std::span<const std::uint32_t> plain;     ///< Those that are one row; by (conversation, seq).
  std::span<const std::uint32_t> filed;     ///< Those with more than that; the same.
  std::span<const std::uint32_t> claims;    ///< By first alias.
  std::span<const std::uint32_t> kept;      ///< By id.
  std::span<const std::uint32_t> timers;    ///< By contact.
  std::span<const std::uint32_t> claimed;   ///< Marks of kClaimed, by reference.
  std::span<const OutboxMark> of_replies;   ///< Marks of place 0, by reference; each row once.
  std::span<const OutboxMark> by_ref;       ///< Of other places; the same.
  std::span<const OutboxMark> by_provider;  ///< By provider hash; each once.
};

/// A shard some append of the batch needs, and in which epoch.
struct ShardEpoch {
  Shard shard = 0;
  std::uint32_t epoch = 0;
};

/// Keeps its vectors from batch to batch.
class BatchPlan {
 public:
  /// `leases`: what is known of who holds what; appends of another epoch than that are left out.
  void arrange(const Batch& batch, const std::optional<std::array<std::uint32_t, kShards>>& leases);
  const std::vector<TenantSlice>& slices() const { return slices_; }
  /// Set where no store needs to be asked: a second append to one place, a stale epoch.
  const std::vector<std::optional<AppendVerdict>>& known() const { return known_; }
  /// In order of shards, each once.
  const std::vector<ShardEpoch>& fence() const { return fence_; }

 private:
  void raise_fence(const Batch& batch,
                   const std::optional<std::array<std::uint32_t, kShards>>& leases);
  void order_appends(const Batch& batch);
  void order_others(const Batch& batch);
  void fold_marks(const Batch& batch);
  void name_tenants(const Batch& batch);
  void cut_slices(const Batch& batch);

  std::vector<TenantSlice> slices_;
  std::vector<std::optional<AppendVerdict>> known_;
  std::vector<ShardEpoch> fence_;
  std::vector<std::uint32_t> appends_;
  std::vector<std::uint32_t> claims_;
  std::vector<std::uint32_t> kept_;
  std::vector<std::uint32_t> timers_;
  std::vector<std::uint32_t> claimed_;
  std::vector<OutboxMark> of_replies_;
  std::vector<OutboxMark> by_ref_;
  std::vector<OutboxMark> by_provider_;
  std::vector<TenantId> tenants_;
};

}  // namespace mitr::postgres
