// The SQL of a batch and the arrays that feed it: one array per column, one statement per table and
// tenant.
#pragma once

#include <span>
#include <vector>

#include "persistence/postgres/batch_plan.h"
#include "persistence/postgres/connection.h"

namespace mitr::postgres {

/// What a writer prepares on each connection.
std::span<const Statement> batch_statements();

/// Fills its arrays and queues the statements of one tenant. The buffers live on from batch to
/// batch.
class BatchColumns {
 public:
  /// Queues set_tenant and what the slice needs; `answers` gets one entry per statement queued.
  enum class Answer : std::uint8_t { kTenant, kNothing, kTurns, kClaims };
  void queue(Connection& connection, const Batch& batch, const TenantSlice& slice,
             std::vector<Answer>& answers);
  /// Asks who holds the messages of these appends: (hash, conversation, seq, body).
  void queue_lookup(Connection& connection, const Batch& batch, const TenantId& tenant,
                    std::span<const std::uint32_t> appends);

 private:
  void queue_turns(Connection& connection, const Batch& batch, const TenantSlice& slice);
  void add_outbox(const OutboxRow& row);
  void queue_marks(Connection& connection, const TenantSlice& slice,
                   std::span<const OutboxMark> marks, bool by_ref);
  void queue_claims(Connection& connection, const Batch& batch, const TenantSlice& slice);
  void queue_kept(Connection& connection, const Batch& batch, const TenantSlice& slice);

  struct Turns {
    ArrayColumn conversation{Oid::kUuid}, seq{Oid::kInt8}, message{Oid::kUuid},
        snapshot{Oid::kBool}, body{Oid::kBytea};
  } turns_;
  struct Outbox {
    ArrayColumn contact{Oid::kUuid}, seq{Oid::kInt8}, ord{Oid::kInt2}, recipient{Oid::kUuid},
        number{Oid::kText}, lane{Oid::kInt2}, not_before{Oid::kTimestamp}, expires{Oid::kTimestamp},
        body{Oid::kBytea};
  } outbox_;
  struct Requests {
    ArrayColumn id{Oid::kUuid}, contact{Oid::kUuid}, seq{Oid::kInt8}, kind{Oid::kText},
        body{Oid::kBytea};
  } requests_;
  struct Details {
    ArrayColumn contact{Oid::kUuid}, seq{Oid::kInt8}, body{Oid::kBytea};
  } details_;
  struct Marks {
    ArrayColumn contact{Oid::kUuid}, seq{Oid::kInt8}, ord{Oid::kInt2}, state{Oid::kInt2},
        error{Oid::kInt4}, provider{Oid::kUuid};
  } marks_;
  struct Claims {
    ArrayColumn fresh{Oid::kUuid}, key{Oid::kBytea}, details{Oid::kBytea}, from{Oid::kInt4},
        to{Oid::kInt4}, alias{Oid::kUuid};
  } claims_;
  struct Kept {
    ArrayColumn id{Oid::kUuid}, reason{Oid::kText}, body{Oid::kBytea};
  } kept_;
  ArrayColumn wanted_{Oid::kUuid};
};

}  // namespace mitr::postgres
