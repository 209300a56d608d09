// The arrays that feed a batch's statements: one array per column, the tenant among them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
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
  /// Queues the locks and what the batch needs; `expected` gets one entry per statement queued.
  /// `careful`: turns and contacts that are there already do not undo the batch.
  void queue(Connection& connection, const Batch& batch, const BatchPlan& plan, bool careful,
             std::vector<Expected>& expected);
  /// Asks who holds the messages of these appends: (tenant, hash, conversation, seq, body).
  void queue_lookup(Connection& connection, const Batch& batch,
                    std::span<const std::uint32_t> appends);

 private:
  void queue_begin(Connection& connection, const BatchPlan& plan);
  void queue_tenants(Connection& connection, const std::vector<TenantId>& tenants);
  void list_tenants(const std::vector<TenantId>& tenants);
  void queue_turns(Connection& connection, const Batch& batch, const BatchPlan& plan,
                   std::vector<Expected>& expected);
  void queue_turns_carefully(Connection& connection, const Batch& batch, const BatchPlan& plan,
                             std::vector<Expected>& expected);
  void fill_turns(const Batch& batch, BatchPlan::Order appends);
  void fill_filed(const Batch& batch, BatchPlan::Order appends);
  void add_turn(const Append& turn);
  void add_filed(const Append& turn);
  void add_outbox(const TenantId& tenant, const OutboxRow& row);
  bool queue_replies(Connection& connection, const Batch& batch, const BatchPlan& plan);
  void add_reply(const TenantId& tenant, const OutboxRef& ref, bool sent);
  void end_run(std::int32_t last);
  void queue_claimed(Connection& connection, const Batch& batch, BatchPlan::Order claimed);
  void queue_marks(Connection& connection, const BatchPlan& plan, std::vector<Expected>& expected);
  void fill_marks(std::span<const OutboxMark> marks);
  void fill_claims(const Batch& batch, BatchPlan::Order claims);
  void add_names(const Claim& claim, std::span<const Alias> names, bool former);
  void queue_claims(Connection& connection, const Batch& batch, const BatchPlan& plan, bool careful,
                    std::vector<Expected>& expected);
  void queue_kept(Connection& connection, const Batch& batch, BatchPlan::Order kept);
  void queue_resets(Connection& connection, const Batch& batch, BatchPlan::Order timers);
  void queue_done(Connection& connection, const Batch& batch, BatchPlan::Order done);
  void queue_standings(Connection& connection, const std::vector<StandingRow>& rows);
  void fill_fence(std::span<const ShardEpoch> fence);

  std::string setting_;
  struct Turns {
    ArrayColumn tenant{Oid::kUuid}, conversation{Oid::kUuid}, seq{Oid::kInt8}, message{Oid::kUuid},
        epoch{Oid::kInt4}, snapshot{Oid::kBool}, number{Oid::kText}, expires{Oid::kTimestamp},
        reply{Oid::kBytea}, body{Oid::kBytea};
  } turns_;
  struct Outbox {
    ArrayColumn tenant{Oid::kUuid}, contact{Oid::kUuid}, seq{Oid::kInt8}, ord{Oid::kInt2},
        recipient{Oid::kUuid}, number{Oid::kText}, lane{Oid::kInt2}, not_before{Oid::kTimestamp},
        expires{Oid::kTimestamp}, body{Oid::kBytea};
  } outbox_;
  struct Requests {
    ArrayColumn tenant{Oid::kUuid}, id{Oid::kUuid}, contact{Oid::kUuid}, seq{Oid::kInt8},
        kind{Oid::kText}, body{Oid::kBytea};
  } requests_;
  struct Details {
    ArrayColumn tenant{Oid::kUuid}, contact{Oid::kUuid}, seq{Oid::kInt8}, body{Oid::kBytea},
        phone{Oid::kUuid};
  } details_;
  struct Timers {
    ArrayColumn tenant{Oid::kUuid}, contact{Oid::kUuid}, seq{Oid::kInt8}, shard{Oid::kInt2},
        at{Oid::kTimestamp}, number{Oid::kText};
  } timers_;
  /// Runs of one tenant, `first` to `last` of the flat columns, from 1.
  struct Replies {
    ArrayColumn tenant{Oid::kUuid}, sent{Oid::kBool}, first{Oid::kInt4}, last{Oid::kInt4},
        contact{Oid::kUuid}, seq{Oid::kInt8}, provider{Oid::kUuid};
  } replies_;
  struct Run {
    bool open = false;
    bool sent = false;
    TenantId tenant;
    std::int32_t first = 0;
  } run_;
  struct Marks {
    ArrayColumn tenant{Oid::kUuid}, contact{Oid::kUuid}, seq{Oid::kInt8}, ord{Oid::kInt2},
        state{Oid::kInt2}, error{Oid::kInt4}, provider{Oid::kUuid};
  } marks_;
  struct Claims {
    ArrayColumn tenant{Oid::kUuid}, fresh{Oid::kUuid}, key{Oid::kBytea}, details{Oid::kBytea},
        from{Oid::kInt4}, to{Oid::kInt4}, alias{Oid::kUuid}, place{Oid::kInt8},
        of_tenant{Oid::kUuid}, of_fresh{Oid::kUuid}, kind{Oid::kInt2}, told{Oid::kTimestamp};
  } claims_;
  struct Kept {
    ArrayColumn tenant{Oid::kUuid}, id{Oid::kUuid}, reason{Oid::kText}, body{Oid::kBytea};
  } kept_;
  struct Resets {
    ArrayColumn tenant{Oid::kUuid}, contact{Oid::kUuid}, was{Oid::kTimestamp}, at{Oid::kTimestamp};
  } resets_;
  struct Done {
    ArrayColumn tenant{Oid::kUuid}, id{Oid::kUuid};
  } done_;
  struct Standings {
    ArrayColumn tenant{Oid::kUuid}, account{Oid::kText}, subject{Oid::kText}, name{Oid::kText},
        aspect{Oid::kText}, value{Oid::kText}, reason{Oid::kText}, told{Oid::kTimestamp},
        until{Oid::kTimestamp};
  } standings_;
  struct Fence {
    ArrayColumn shard{Oid::kInt4}, epoch{Oid::kInt4};
  } fence_;
  struct Wanted {
    ArrayColumn tenant{Oid::kUuid}, message{Oid::kUuid};
  } wanted_;
};

}  // namespace mitr::postgres
