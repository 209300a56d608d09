// Rows into columns.
#include "persistence/postgres/batch_columns.h"

#include <array>
#include <string>

namespace mitr::postgres {
namespace {

using Answer = Expected::Answer;

std::int64_t as_int8(std::uint64_t seq) {
  return static_cast<std::int64_t>(seq);
}

/// Empties every column of a group.
template <class... Columns>
void clear_all(Columns&... columns) {
  (columns.clear(), ...);
}

/// The epoch of the clock stands for "never".
std::int64_t expiry(std::chrono::sys_seconds at) {
  return at == std::chrono::sys_seconds{} ? kNever : to_server_time(at);
}

void add_time(ArrayColumn& column, const std::optional<std::chrono::sys_seconds>& at) {
  if (at) {
    column.add_int8(to_server_time(*at));
  } else {
    column.add_null();
  }
}

}  // namespace

void BatchColumns::queue(Connection& connection, const Batch& batch, const TenantSlice& slice,
                         bool careful, std::vector<Expected>& expected) {
  const auto queued = [&](Answer answer, std::span<const std::uint32_t> of) {
    expected.push_back({answer, of});
  };
  const std::string setting = to_string(slice.tenant);
  connection.queue(kSetTenant.name, std::array<Param, 1>{setting});
  queued(Answer::kNothing, {});
  if (careful) {
    queue_turns_carefully(connection, batch, slice, expected);
  } else if (!slice.turns.empty()) {
    queue_turns(connection, batch, slice, expected);
  }
  if (!slice.claimed.empty()) {
    queue_claimed(connection, batch, slice);
    queued(Answer::kClaimed, slice.claimed);
  }
  for (const auto& marks : {slice.of_replies, slice.by_ref, slice.by_provider}) {
    if (!marks.empty()) queued(Answer::kNothing, {});
  }
  queue_marks(connection, slice);
  if (!slice.claims.empty()) {
    queue_claims(connection, batch, slice);
    queued(Answer::kClaims, slice.claims);
  }
  if (!slice.kept.empty()) {
    queue_kept(connection, batch, slice);
    queued(Answer::kNothing, {});
  }
  if (!slice.timers.empty()) {
    queue_resets(connection, batch, slice);
    queued(Answer::kNothing, {});
  }
}

void BatchColumns::queue_fence(Connection& connection, std::span<const ShardEpoch> fence,
                               std::vector<Expected>& expected) {
  if (fence.empty()) return;
  clear_all(fence_.shard, fence_.epoch);
  for (const auto& [shard, epoch] : fence) {
    fence_.shard.add_int2(shard);
    fence_.epoch.add_int4(static_cast<std::int32_t>(epoch));
  }
  connection.queue("fence", std::array<Param, 2>{fence_.shard.param(), fence_.epoch.param()});
  expected.push_back({});
}

// -- turns ----

void BatchColumns::add_turn(const Append& turn) {
  turns_.conversation.add(turn.conversation.bytes);
  turns_.seq.add_int8(as_int8(turn.seq));
  turns_.message.add(turn.message.bytes);
  turns_.epoch.add_int4(static_cast<std::int32_t>(turn.epoch));
  turns_.snapshot.add_bool(turn.snapshot);
  turns_.body.add(turn.body);
  if (turn.reply) {
    turns_.number.add(turn.reply->number);
    turns_.expires.add_int8(expiry(turn.reply->expires));
    turns_.reply.add(turn.reply->body);
  } else {
    turns_.number.add_null();
    turns_.expires.add_null();
    turns_.reply.add_null();
  }
}

void BatchColumns::add_outbox(const OutboxRow& row) {
  outbox_.contact.add(row.ref.contact.bytes);
  outbox_.seq.add_int8(as_int8(row.ref.seq));
  outbox_.ord.add_int2(static_cast<std::int16_t>(row.ref.ord));
  outbox_.recipient.add(row.recipient.bytes);
  outbox_.number.add(row.number);
  outbox_.lane.add_int2(static_cast<std::int16_t>(row.lane));
  outbox_.not_before.add_int8(to_server_time(row.not_before));
  outbox_.expires.add_int8(expiry(row.expires));
  outbox_.body.add(row.body);
}

void BatchColumns::add_filed(const Append& turn) {
  for (const auto& row : turn.outbox) add_outbox(row);
  for (const auto& request : turn.requests) {
    requests_.id.add(request.id.bytes);
    requests_.contact.add(turn.conversation.bytes);
    requests_.seq.add_int8(as_int8(turn.seq));
    requests_.kind.add(request.kind);
    requests_.body.add(request.body);
  }
  if (turn.details) {
    details_.contact.add(turn.conversation.bytes);
    details_.seq.add_int8(as_int8(turn.seq));
    details_.body.add(*turn.details);
  }
  if (turn.timer) {
    timers_.contact.add(turn.conversation.bytes);
    timers_.seq.add_int8(as_int8(turn.seq));
    timers_.shard.add_int2(shard_of(turn.conversation));
    add_time(timers_.at, turn.timer->at);
    timers_.number.add(turn.timer->number);
  }
}

void BatchColumns::fill_turns(const Batch& batch, std::span<const std::uint32_t> appends) {
  auto& [conversation, seq, message, epoch, snapshot, number, expires, reply, body] = turns_;
  clear_all(conversation, seq, message, epoch, snapshot, number, expires, reply, body);
  for (auto index : appends) add_turn(batch.appends[index]);
}

void BatchColumns::fill_filed(const Batch& batch, std::span<const std::uint32_t> appends) {
  auto& o = outbox_;
  clear_all(o.contact, o.seq, o.ord, o.recipient, o.number, o.lane, o.not_before, o.expires,
            o.body);
  clear_all(requests_.id, requests_.contact, requests_.seq, requests_.kind, requests_.body);
  clear_all(details_.contact, details_.seq, details_.body);
  clear_all(timers_.contact, timers_.seq, timers_.shard, timers_.at, timers_.number);
  for (auto index : appends) add_filed(batch.appends[index]);
}

namespace {

/// The parameters of a statement: the tenant, then columns.
template <class... Columns>
std::vector<Param> params_of(const TenantSlice& slice, Columns&... columns) {
  std::vector<Param> params{uuid_param(slice.tenant.bytes)};
  (params.push_back(columns.param()), ...);
  return params;
}

}  // namespace

void BatchColumns::queue_turns(Connection& connection, const Batch& batch, const TenantSlice& slice,
                               std::vector<Expected>& expected) {
  fill_turns(batch, slice.turns);
  auto& t = turns_;
  connection.queue("turns", params_of(slice, t.conversation, t.seq, t.message, t.epoch, t.snapshot,
                                      t.number, t.expires, t.reply, t.body));
  expected.push_back({Answer::kAllTurns, slice.turns});
  fill_filed(batch, slice.filed);
  const auto also = [&](const char* statement, bool wanted, const std::vector<Param>& params) {
    if (!wanted) return;
    connection.queue(statement, params);
    expected.push_back({});
  };
  auto& o = outbox_;
  also("outbox", o.contact.size() > 0,
       params_of(slice, o.contact, o.seq, o.ord, o.recipient, o.number, o.lane, o.not_before,
                 o.expires, o.body));
  auto& r = requests_;
  also("requests", r.id.size() > 0, params_of(slice, r.id, r.contact, r.seq, r.kind, r.body));
  also("details", details_.contact.size() > 0,
       params_of(slice, details_.contact, details_.seq, details_.body));
  const bool moves = timers_.contact.size() > 0;
  also("armed", moves,
       params_of(slice, timers_.contact, timers_.seq, timers_.shard, timers_.at, timers_.number));
  also("disarmed", moves && timers_.at.has_nulls(),
       params_of(slice, timers_.contact, timers_.seq, timers_.at));
}

void BatchColumns::queue_turns_carefully(Connection& connection, const Batch& batch,
                                         const TenantSlice& slice,
                                         std::vector<Expected>& expected) {
  auto& t = turns_;
  if (!slice.plain.empty()) {
    fill_turns(batch, slice.plain);
    connection.queue("turns_careful", params_of(slice, t.conversation, t.seq, t.message, t.epoch,
                                                t.snapshot, t.number, t.expires, t.reply, t.body));
    expected.push_back({Answer::kTurns, slice.plain});
  }
  if (slice.filed.empty()) return;
  fill_turns(batch, slice.filed);
  fill_filed(batch, slice.filed);
  auto& o = outbox_;
  auto& r = requests_;
  connection.queue(
      "turns_filed",
      params_of(slice, t.conversation, t.seq, t.message, t.epoch, t.snapshot, t.number, t.expires,
                t.reply, t.body, o.contact, o.seq, o.ord, o.recipient, o.number, o.lane,
                o.not_before, o.expires, o.body, r.id, r.contact, r.seq, r.kind, r.body,
                details_.contact, details_.seq, details_.body, timers_.contact, timers_.seq,
                timers_.shard, timers_.at, timers_.number));
  expected.push_back({Answer::kTurns, slice.filed});
}

// -- the outbox ----

void BatchColumns::queue_claimed(Connection& connection, const Batch& batch,
                                 const TenantSlice& slice) {
  auto& [contact, seq, ord, state, error, provider] = marks_;
  clear_all(contact, seq, ord);
  for (auto index : slice.claimed) {
    const OutboxRef& ref = *batch.marks[index].ref;
    contact.add(ref.contact.bytes);
    seq.add_int8(as_int8(ref.seq));
    ord.add_int2(static_cast<std::int16_t>(ref.ord));
  }
  connection.queue("claimed", std::array<Param, 4>{uuid_param(slice.tenant.bytes), contact.param(),
                                                   seq.param(), ord.param()});
}

void BatchColumns::fill_marks(std::span<const OutboxMark> marks) {
  auto& [contact, seq, ord, state, error, provider] = marks_;
  clear_all(contact, seq, ord, state, error, provider);
  for (const auto& mark : marks) {
    if (mark.ref) {
      contact.add(mark.ref->contact.bytes);
      seq.add_int8(as_int8(mark.ref->seq));
      ord.add_int2(static_cast<std::int16_t>(mark.ref->ord));
    }
    state.add_int2(static_cast<std::int16_t>(mark.state));
    error.add_int4(mark.state == OutboxState::kFailed ? mark.error_code : 0);
    if (mark.provider) {
      provider.add(mark.provider->bytes);
    } else {
      provider.add_null();
    }
  }
}

void BatchColumns::queue_marks(Connection& connection, const TenantSlice& slice) {
  const Param tenant = uuid_param(slice.tenant.bytes);
  auto& [contact, seq, ord, state, error, provider] = marks_;
  if (!slice.of_replies.empty()) {
    fill_marks(slice.of_replies);
    connection.queue("marks_of_replies",
                     std::array<Param, 6>{tenant, contact.param(), seq.param(), state.param(),
                                          error.param(), provider.param()});
  }
  if (!slice.by_ref.empty()) {
    fill_marks(slice.by_ref);
    connection.queue("marks_by_ref",
                     std::array<Param, 7>{tenant, contact.param(), seq.param(), ord.param(),
                                          state.param(), error.param(), provider.param()});
  }
  if (!slice.by_provider.empty()) {
    fill_marks(slice.by_provider);
    connection.queue("marks_by_provider",
                     std::array<Param, 4>{tenant, state.param(), error.param(), provider.param()});
  }
}

// -- the rest ----

void BatchColumns::queue_claims(Connection& connection, const Batch& batch,
                                const TenantSlice& slice) {
  auto& [fresh, key, details, from, to, alias] = claims_;
  clear_all(fresh, key, details, from, to, alias);
  for (auto index : slice.claims) {
    const Claim& claim = batch.claims[index];
    fresh.add(claim.fresh.bytes);
    key.add(claim.wrapped_key);
    details.add(claim.details);
    from.add_int4(alias.size() + 1);
    for (const auto& hash : claim.aliases) alias.add(hash.bytes);
    to.add_int4(alias.size());
  }
  connection.queue("claims",
                   std::array<Param, 7>{uuid_param(slice.tenant.bytes), fresh.param(), key.param(),
                                        details.param(), from.param(), to.param(), alias.param()});
}

void BatchColumns::queue_kept(Connection& connection, const Batch& batch,
                              const TenantSlice& slice) {
  auto& [id, reason, body] = kept_;
  clear_all(id, reason, body);
  for (auto index : slice.kept) {
    const KeptWebhook& webhook = batch.kept[index];
    id.add(webhook.id.bytes);
    reason.add(webhook.reason);
    body.add(webhook.body);
  }
  connection.queue("kept", std::array<Param, 4>{uuid_param(slice.tenant.bytes), id.param(),
                                                reason.param(), body.param()});
}

void BatchColumns::queue_resets(Connection& connection, const Batch& batch,
                                const TenantSlice& slice) {
  auto& [contact, was, at] = resets_;
  clear_all(contact, was, at);
  for (auto index : slice.timers) {
    const TimerReset& reset = batch.timers[index];
    contact.add(reset.contact.bytes);
    was.add_int8(to_server_time(reset.was));
    add_time(at, reset.at);
  }
  connection.queue("resets", std::array<Param, 4>{uuid_param(slice.tenant.bytes), contact.param(),
                                                  was.param(), at.param()});
}

void BatchColumns::queue_lookup(Connection& connection, const Batch& batch, const TenantId& tenant,
                                std::span<const std::uint32_t> appends) {
  const std::string setting = to_string(tenant);
  connection.queue(kSetTenant.name, std::array<Param, 1>{setting});
  wanted_.clear();
  for (auto index : appends) wanted_.add(batch.appends[index].message.bytes);
  connection.queue("lookup", std::array<Param, 2>{uuid_param(tenant.bytes), wanted_.param()});
}

}  // namespace mitr::postgres
