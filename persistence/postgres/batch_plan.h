// The order in which a batch is written: by tenant, then by key, so that index pages are met in
// order and two writers lock rows in the same order. Pure; not here: SQL.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "persistence/rows.h"

namespace mitr::postgres {

/// What one tenant writes in a batch; numbers are indices into the batch's vectors.
struct TenantSlice {
  TenantId tenant;
  std::span<const std::uint32_t> appends;   ///< By (conversation, seq); each place once.
  std::span<const std::uint32_t> claims;    ///< By first alias.
  std::span<const std::uint32_t> kept;      ///< By id.
  std::span<const OutboxMark> by_ref;       ///< By reference; each row once.
  std::span<const OutboxMark> by_provider;  ///< By provider hash; each once.
};

/// Keeps its vectors from batch to batch.
class BatchPlan {
 public:
  void arrange(const Batch& batch);
  const std::vector<TenantSlice>& slices() const { return slices_; }
  /// Set where the batch itself gives the verdict: a second append to one place.
  const std::vector<std::optional<AppendVerdict>>& known() const { return known_; }

 private:
  void order_appends(const Batch& batch);
  void fold_marks(const Batch& batch);
  void cut_slices(const Batch& batch);

  std::vector<TenantSlice> slices_;
  std::vector<std::optional<AppendVerdict>> known_;
  std::vector<std::uint32_t> appends_;
  std::vector<std::uint32_t> claims_;
  std::vector<std::uint32_t> kept_;
  std::vector<OutboxMark> by_ref_;
  std::vector<OutboxMark> by_provider_;
  std::vector<TenantId> tenants_;
};

}  // namespace mitr::postgres
