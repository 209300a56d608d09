// The arrays that feed a batch's statements: one array per column.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "persistence/postgres/batch_plan.h"
#include "persistence/postgres/connection.h"

namespace mitr::postgres {

/// What the rows of one queued statement answer, and about which of the batch's things.
struct Expected {
  enum class Answer : std::uint8_t { kNothing, kAllTurns, kTurns, kClaims, kClaimed };
  Answer answer = Answer::kNothing;
  std::span<const std::uint32_t> of;
};

/// Fills its arrays and queues the statements. The buffers live on from batch to batch.
class BatchColumns {
 public:
  /// Queues set_tenant and what the slice needs; `expected` gets one entry per statement queued.
  /// `careful`: turns that are there already write nothing, instead of undoing the batch.
  void queue(Connection& connection, const Batch& batch, const TenantSlice& slice, bool careful,
             std::vector<Expected>& expected);
  /// Queues the check that every shard still has the epoch it was decided in; the last of a batch.
  void queue_fence(Connection& connection, std::span<const ShardEpoch> fence,
                   std::vector<Expected>& expected);
  /// Asks who holds the messages of these appends: (hash, conversation, seq, body).
  void queue_lookup(Connection& connection, const Batch& batch, const TenantId& tenant,
                    std::span<const std::uint32_t> appends);

 private:
  void queue_turns(Connection& connection, const Batch& batch, const TenantSlice& slice,
                   std::vector<Expected>& expected);
  void queue_turns_carefully(Connection& connection, const Batch& batch, const TenantSlice& slice,
                             std::vector<Expected>& expected);
  void fill_turns(const Batch& batch, std::span<const std::uint32_t> appends);
  void fill_filed(const Batch& batch, std::span<const std::uint32_t> appends);
  void add_turn(const Append& turn);
  void add_filed(const Append& turn);
  void add_outbox(const OutboxRow& row);
  void queue_claimed(Connection& connection, const Batch& batch, const TenantSlice& slice);
  void queue_marks(Connection& connection, const TenantSlice& slice);
  void fill_marks(std::span<const OutboxMark> marks);
  void queue_claims(Connection& connection, const Batch& batch, const TenantSlice& slice);
  void queue_kept(Connection& connection, const Batch& batch, const TenantSlice& slice);
  void queue_resets(Connection& connection, const Batch& batch, const TenantSlice& slice);

  struct Turns {
    ArrayColumn conversation{Oid::kUuid}, seq{Oid::kInt8}, message{Oid::kUuid}, epoch{Oid::kInt4},
        snapshot{Oid::kBool}, number{Oid::kText}, expires{Oid::kTimestamp}, reply{Oid::kBytea},
        body{Oid::kBytea};
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
  struct Timers {
    ArrayColumn contact{Oid::kUuid}, seq{Oid::kInt8}, shard{Oid::kInt2}, at{Oid::kTimestamp},
        number{Oid::kText};
  } timers_;
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
  struct Resets {
    ArrayColumn contact{Oid::kUuid}, was{Oid::kTimestamp}, at{Oid::kTimestamp};
  } resets_;
  struct Fence {
    ArrayColumn shard{Oid::kInt2}, epoch{Oid::kInt4};
  } fence_;
  ArrayColumn wanted_{Oid::kUuid};
};

}  // namespace mitr::postgres
