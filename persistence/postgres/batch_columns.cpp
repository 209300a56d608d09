// Rows into columns.
#include "persistence/postgres/batch_columns.h"

#include <array>
#include <optional>
#include <string>

namespace mitr::postgres {
namespace {

using Answer = Expected::Answer;

std::int64_t as_int8(std::uint64_t seq) {
  return static_cast<std::int64_t>(seq);
}

/// The epoch of the clock stands for "never".
std::int64_t expiry(std::chrono::sys_seconds at) {
  return at == std::chrono::sys_seconds{} ? kNever : to_server_time(at);
}

}  // namespace

void BatchColumns::queue(Connection& connection, const Batch& batch, const BatchPlan& plan,
                         bool careful, std::vector<Expected>& expected) {
  fill_fence(plan.fence());
  queue_begin(connection, plan);
  expected.push_back({});
  if (careful) {
    queue_turns_carefully(connection, batch, plan, expected);
  } else if (!plan.turns().empty()) {
    queue_turns(connection, batch, plan, expected);
  }
  if (queue_replies(connection, batch, plan)) expected.push_back({});
  if (!plan.claimed().empty()) {
    queue_claimed(connection, batch, plan.claimed());
    expected.push_back({Answer::kClaimed, plan.claimed()});
  }
  queue_marks(connection, plan, expected);
  queue_claims(connection, batch, plan, careful, expected);
  if (!plan.kept().empty()) {
    queue_kept(connection, batch, plan.kept());
    expected.push_back({});
  }
  if (!plan.timers().empty()) {
    queue_resets(connection, batch, plan.timers());
    expected.push_back({});
  }
  if (!plan.done().empty()) {
    queue_done(connection, batch, plan.done());
    expected.push_back({});
  }
  if (!batch.standings.empty()) {
    queue_standings(connection, batch.standings);
    expected.push_back({});
  }
  // Turns that are written the plain way look for themselves.
  if (careful && !plan.fence().empty()) {
    connection.queue("fence", params_of(fence_.shard, fence_.epoch));
    expected.push_back({});
  }
}

void BatchColumns::queue_begin(Connection& connection, const BatchPlan& plan) {
  list_tenants(plan.tenants());
  const char claims = plan.claims().empty() ? 0 : 1;
  connection.queue("begin",
                   std::array<Param, 3>{setting_, fence_.shard.param(), Param(&claims, 1)});
}

void BatchColumns::queue_tenants(Connection& connection, const std::vector<TenantId>& tenants) {
  list_tenants(tenants);
  connection.queue(kSetTenants.name, std::array<Param, 1>{setting_});
}

void BatchColumns::list_tenants(const std::vector<TenantId>& tenants) {
  setting_.clear();
  for (const auto& tenant : tenants) {
    if (!setting_.empty()) setting_ += ',';
    setting_ += to_string(tenant);
  }
}

/// The epoch in which each shard's turns were decided.
void BatchColumns::fill_fence(std::span<const ShardEpoch> fence) {
  clear_all(fence_.shard, fence_.epoch);
  for (const auto& [shard, epoch] : fence) {
    fence_.shard.add_int4(shard);
    fence_.epoch.add_int4(static_cast<std::int32_t>(epoch));
  }
}

// -- turns ----

void BatchColumns::add_turn(const Append& turn) {
  turns_.tenant.add(turn.tenant.bytes);
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

void BatchColumns::add_outbox(const TenantId& tenant, const OutboxRow& row) {
  outbox_.tenant.add(tenant.bytes);
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
  for (const auto& row : turn.outbox) add_outbox(turn.tenant, row);
  for (const auto& request : turn.requests) {
    requests_.tenant.add(turn.tenant.bytes);
    requests_.id.add(request.id.bytes);
    requests_.contact.add(turn.conversation.bytes);
    requests_.seq.add_int8(as_int8(turn.seq));
    requests_.kind.add(request.kind);
    requests_.body.add(request.body);
  }
  if (turn.details) {
    details_.tenant.add(turn.tenant.bytes);
    details_.contact.add(turn.conversation.bytes);
    details_.seq.add_int8(as_int8(turn.seq));
    details_.body.add(*turn.details);
    if (turn.phone)
      details_.phone.add(turn.phone->bytes);
    else
      details_.phone.add_null();
  }
  if (turn.timer) {
    timers_.tenant.add(turn.tenant.bytes);
    timers_.contact.add(turn.conversation.bytes);
    timers_.seq.add_int8(as_int8(turn.seq));
    timers_.shard.add_int2(shard_of(turn.conversation));
    timers_.at.add_time(turn.timer->at);
    timers_.number.add(turn.timer->number);
  }
}

void BatchColumns::fill_turns(const Batch& batch, BatchPlan::Order appends) {
  auto& t = turns_;
  clear_all(t.tenant, t.conversation, t.seq, t.message, t.epoch, t.snapshot, t.number, t.expires,
            t.reply, t.body);
  for (auto index : appends) add_turn(batch.appends[index]);
}

void BatchColumns::fill_filed(const Batch& batch, BatchPlan::Order appends) {
  auto& o = outbox_;
  clear_all(o.tenant, o.contact, o.seq, o.ord, o.recipient, o.number, o.lane, o.not_before,
            o.expires, o.body);
  auto& r = requests_;
  clear_all(r.tenant, r.id, r.contact, r.seq, r.kind, r.body);
  auto& d = details_;
  clear_all(d.tenant, d.contact, d.seq, d.body, d.phone);
  auto& w = timers_;
  clear_all(w.tenant, w.contact, w.seq, w.shard, w.at, w.number);
  for (auto index : appends) add_filed(batch.appends[index]);
}

void BatchColumns::queue_turns(Connection& connection, const Batch& batch, const BatchPlan& plan,
                               std::vector<Expected>& expected) {
  fill_turns(batch, plan.turns());
  auto& t = turns_;
  connection.queue(
      "turns", params_of(t.tenant, t.conversation, t.seq, t.message, t.epoch, t.snapshot, t.number,
                         t.expires, t.reply, t.body, fence_.shard, fence_.epoch));
  expected.push_back({Answer::kAllTurns, plan.turns()});
  fill_filed(batch, plan.filed());
  const auto also = [&](const char* statement, bool wanted, std::span<const Param> params) {
    if (!wanted) return;
    connection.queue(statement, params);
    expected.push_back({});
  };
  auto& o = outbox_;
  also("outbox", o.contact.size() > 0,
       params_of(o.tenant, o.contact, o.seq, o.ord, o.recipient, o.number, o.lane, o.not_before,
                 o.expires, o.body));
  auto& r = requests_;
  also("requests", r.id.size() > 0, params_of(r.tenant, r.id, r.contact, r.seq, r.kind, r.body));
  auto& d = details_;
  also("details", d.contact.size() > 0, params_of(d.tenant, d.contact, d.seq, d.body, d.phone));
  auto& w = timers_;
  const bool moves = w.contact.size() > 0;
  also("armed", moves, params_of(w.tenant, w.contact, w.seq, w.shard, w.at, w.number));
  also("disarmed", moves && w.at.has_nulls(), params_of(w.tenant, w.contact, w.seq, w.at));
}

void BatchColumns::queue_turns_carefully(Connection& connection, const Batch& batch,
                                         const BatchPlan& plan, std::vector<Expected>& expected) {
  auto& t = turns_;
  if (!plan.plain().empty()) {
    fill_turns(batch, plan.plain());
    connection.queue("turns_careful", params_of(t.tenant, t.conversation, t.seq, t.message, t.epoch,
                                                t.snapshot, t.number, t.expires, t.reply, t.body));
    expected.push_back({Answer::kTurns, plan.plain()});
  }
  if (plan.filed().empty()) return;
  fill_turns(batch, plan.filed());
  fill_filed(batch, plan.filed());
  auto& o = outbox_;
  auto& r = requests_;
  auto& d = details_;
  auto& w = timers_;
  connection.queue(
      "turns_filed",
      params_of(t.tenant, t.conversation, t.seq, t.message, t.epoch, t.snapshot, t.number,
                t.expires, t.reply, t.body, o.tenant, o.contact, o.seq, o.ord, o.recipient,
                o.number, o.lane, o.not_before, o.expires, o.body, r.tenant, r.id, r.contact, r.seq,
                r.kind, r.body, d.tenant, d.contact, d.seq, d.body, w.tenant, w.contact, w.seq,
                w.shard, w.at, w.number, d.phone));
  expected.push_back({Answer::kTurns, plan.filed()});
}

// -- replies ----

void BatchColumns::add_reply(const TenantId& tenant, const OutboxRef& ref, bool sent) {
  replies_.contact.add(ref.contact.bytes);
  replies_.seq.add_int8(as_int8(ref.seq));
  if (!run_.open || run_.tenant != tenant || run_.sent != sent) {
    end_run(replies_.contact.size() - 1);
    run_ = {true, sent, tenant, replies_.contact.size()};
  }
}

void BatchColumns::end_run(std::int32_t last) {
  if (!run_.open) return;
  replies_.tenant.add(run_.tenant.bytes);
  replies_.sent.add_bool(run_.sent);
  replies_.first.add_int4(run_.first);
  replies_.last.add_int4(last);
  run_.open = false;
}

bool BatchColumns::queue_replies(Connection& connection, const Batch& batch,
                                 const BatchPlan& plan) {
  auto& r = replies_;
  clear_all(r.tenant, r.sent, r.first, r.last, r.contact, r.seq, r.provider);
  // What was sent comes first: only it has a provider's id, at the same places.
  for (auto index : plan.told()) {
    const OutboxMark& mark = batch.marks[index];
    add_reply(mark.tenant, *mark.ref, true);
    if (mark.provider) {
      r.provider.add(mark.provider->bytes);
    } else {
      r.provider.add_null();
    }
  }
  for (auto index : plan.turns()) {
    const Append& turn = batch.appends[index];
    if (turn.reply) add_reply(turn.tenant, {turn.conversation, turn.seq, 0}, false);
  }
  if (r.contact.size() == 0) return false;
  end_run(r.contact.size());
  connection.queue("replies",
                   params_of(r.tenant, r.sent, r.first, r.last, r.contact, r.seq, r.provider));
  return true;
}

// -- the outbox ----

void BatchColumns::queue_claimed(Connection& connection, const Batch& batch,
                                 BatchPlan::Order claimed) {
  auto& m = marks_;
  clear_all(m.tenant, m.contact, m.seq, m.ord);
  for (auto index : claimed) {
    const OutboxMark& mark = batch.marks[index];
    m.tenant.add(mark.tenant.bytes);
    m.contact.add(mark.ref->contact.bytes);
    m.seq.add_int8(as_int8(mark.ref->seq));
    m.ord.add_int2(static_cast<std::int16_t>(mark.ref->ord));
  }
  connection.queue("claimed", params_of(m.tenant, m.contact, m.seq, m.ord));
}

void BatchColumns::fill_marks(std::span<const OutboxMark> marks) {
  auto& m = marks_;
  clear_all(m.tenant, m.contact, m.seq, m.ord, m.state, m.error, m.provider);
  for (const auto& mark : marks) {
    m.tenant.add(mark.tenant.bytes);
    if (mark.ref) {
      m.contact.add(mark.ref->contact.bytes);
      m.seq.add_int8(as_int8(mark.ref->seq));
      m.ord.add_int2(static_cast<std::int16_t>(mark.ref->ord));
    }
    m.state.add_int2(static_cast<std::int16_t>(mark.state));
    m.error.add_int4(mark.state == OutboxState::kFailed ? mark.error_code : 0);
    if (mark.provider) {
      m.provider.add(mark.provider->bytes);
    } else {
      m.provider.add_null();
    }
  }
}

void BatchColumns::queue_marks(Connection& connection, const BatchPlan& plan,
                               std::vector<Expected>& expected) {
  auto& m = marks_;
  if (!plan.of_replies().empty()) {
    fill_marks(plan.of_replies());
    connection.queue("marks_of_replies",
                     params_of(m.tenant, m.contact, m.seq, m.state, m.error, m.provider));
    expected.push_back({});
  }
  if (!plan.by_ref().empty()) {
    fill_marks(plan.by_ref());
    connection.queue("marks_by_ref",
                     params_of(m.tenant, m.contact, m.seq, m.ord, m.state, m.error, m.provider));
    expected.push_back({});
  }
  if (!plan.by_provider().empty()) {
    fill_marks(plan.by_provider());
    connection.queue("marks_by_provider", params_of(m.tenant, m.state, m.error, m.provider));
    expected.push_back({});
  }
}

}  // namespace mitr::postgres
