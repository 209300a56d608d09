// A turn and what it caused go in one statement: outbox, requests and details are written only for
// turns which this very statement inserted, so a duplicate or fenced turn leaves nothing behind,
// and a rerun after a lost commit adds nothing.
#include "persistence/postgres/batch_statements.h"

#include <array>
#include <initializer_list>
#include <string>
#include <string_view>

namespace mitr::postgres {
namespace {

// ON CONFLICT without a target covers both keys: the message's (a duplicate) and the place's (a
// fence). Neither is an error, so one such turn does not undo the others.
constexpr std::string_view kTurns = R"(
WITH turn AS (
  INSERT INTO mitr.journal (tenant_id, conversation_id, seq, message_hash, snapshot, body)
    SELECT $1::uuid, t.* FROM unnest($2::uuid[], $3::int8[], $4::uuid[], $5::bool[], $6::bytea[]) AS t
    ON CONFLICT DO NOTHING RETURNING conversation_id, seq))";

// "(…) IN (…) IS TRUE" is not turned into a join, it stays a hash probe: a join planned for ten
// rows would compare every outbox row with every turn.
constexpr std::string_view kOutbox = R"(,
leaving AS (
  INSERT INTO mitr.outbox
      (tenant_id, contact_id, seq, ord, recipient_id, number, lane, not_before, expires, body)
    SELECT $1::uuid, t.* FROM unnest($7::uuid[], $8::int8[], $9::int2[], $10::uuid[], $11::text[],
        $12::int2[], $13::timestamptz[], $14::timestamptz[], $15::bytea[]) AS t (contact_id, seq)
      WHERE ((t.contact_id, t.seq) IN (SELECT conversation_id, seq FROM turn)) IS TRUE))";

constexpr std::string_view kRequestsAndDetails = R"(,
filed AS (
  INSERT INTO mitr.request (tenant_id, id, contact_id, seq, kind, body)
    SELECT $1::uuid, t.* FROM unnest($16::uuid[], $17::uuid[], $18::int8[], $19::text[], $20::bytea[])
        AS t (id, contact_id, seq)
      WHERE ((t.contact_id, t.seq) IN (SELECT conversation_id, seq FROM turn)) IS TRUE
    ON CONFLICT DO NOTHING),
known AS (
  UPDATE mitr.contact c SET details = t.details
    FROM unnest($21::uuid[], $22::int8[], $23::bytea[]) AS t (contact_id, seq, details)
    WHERE c.tenant_id = $1::uuid AND c.id = t.contact_id AND t.seq BETWEEN 0 AND 9223372036854775807
      AND ((t.contact_id, t.seq) IN (SELECT conversation_id, seq FROM turn)) IS TRUE))";

constexpr std::string_view kCommitted = "\nSELECT conversation_id, seq FROM turn";

// "BETWEEN" excludes nothing; what it is for: see claim_contact in schema/0001_store.sql.
constexpr std::string_view kMark = R"(
UPDATE mitr.outbox o SET
    state = CASE WHEN mitr.moves_forward(o.state, m.state) THEN m.state ELSE o.state END,
    due = CASE WHEN mitr.moves_forward(o.state, m.state) THEN m.state < 2 ELSE o.due END,
    error_code = CASE WHEN mitr.moves_forward(o.state, m.state) THEN m.error_code ELSE o.error_code END)";

constexpr std::string_view kByRef = R"(,
    provider_hash = coalesce(o.provider_hash, m.provider)
  FROM unnest($2::uuid[], $3::int8[], $4::int2[], $5::int2[], $6::int4[], $7::uuid[])
    AS m (contact_id, seq, ord, state, error_code, provider)
  WHERE o.tenant_id = $1::uuid AND o.contact_id = m.contact_id AND o.seq = m.seq AND o.ord = m.ord
    AND m.ord BETWEEN 0 AND 32767
    AND (mitr.moves_forward(o.state, m.state) OR (o.provider_hash IS NULL AND m.provider IS NOT NULL)))";

constexpr std::string_view kByProvider = R"(
  FROM unnest($2::int2[], $3::int4[], $4::uuid[]) AS m (state, error_code, provider)
  WHERE o.tenant_id = $1::uuid AND o.provider_hash = m.provider AND m.state BETWEEN 0 AND 32767
    AND mitr.moves_forward(o.state, m.state))";

constexpr const char* kClaims = R"(
SELECT c.contact_id, c.created, c.wrapped_key, c.details, c.last_seq
  FROM unnest($2::uuid[], $3::bytea[], $4::bytea[], $5::int4[], $6::int4[]) WITH ORDINALITY
      AS w (fresh, key, details, first, last, place),
    LATERAL mitr.claim_contact($1::uuid, ($7::uuid[])[w.first:w.last], w.fresh, w.key, w.details) AS c
  ORDER BY w.place)";

constexpr const char* kKept = R"(
INSERT INTO mitr.kept_webhook (tenant_id, id, reason, body)
  SELECT $1::uuid, t.* FROM unnest($2::uuid[], $3::text[], $4::bytea[]) AS t
  ON CONFLICT DO NOTHING)";

constexpr const char* kLookup = R"(
SELECT message_hash, conversation_id, seq, body FROM mitr.journal
  WHERE tenant_id = $1::uuid AND message_hash = ANY ($2::uuid[]))";

std::string joined(std::initializer_list<std::string_view> parts) {
  std::string sql;
  for (auto part : parts) sql += part;
  return sql;
}

std::int64_t as_int8(std::uint64_t seq) {
  return static_cast<std::int64_t>(seq);
}

/// Empties every column given.
template <class... Columns>
void clear_all(Columns&... columns) {
  (columns.clear(), ...);
}

}  // namespace

std::span<const Statement> batch_statements() {
  static const std::string turns = joined({kTurns, kOutbox, kCommitted});
  static const std::string turns_filed = joined({kTurns, kOutbox, kRequestsAndDetails, kCommitted});
  static const std::string by_ref = joined({kMark, kByRef});
  static const std::string by_provider = joined({kMark, kByProvider});
  static const std::array statements{
      kSetTenant,
      Statement{"turns", turns.c_str()},
      Statement{"turns_filed", turns_filed.c_str()},
      Statement{"marks_by_ref", by_ref.c_str()},
      Statement{"marks_by_provider", by_provider.c_str()},
      Statement{"claims", kClaims},
      Statement{"kept", kKept},
      Statement{"lookup", kLookup},
  };
  return statements;
}

void BatchColumns::queue(Connection& connection, const Batch& batch, const TenantSlice& slice,
                         std::vector<Answer>& answers) {
  const std::string setting = to_string(slice.tenant);
  connection.queue(kSetTenant.name, std::array<Param, 1>{setting});
  answers.push_back(Answer::kTenant);
  if (!slice.appends.empty()) {
    queue_turns(connection, batch, slice);
    answers.push_back(Answer::kTurns);
  }
  if (!slice.by_ref.empty()) {
    queue_marks(connection, slice, slice.by_ref, true);
    answers.push_back(Answer::kNothing);
  }
  if (!slice.by_provider.empty()) {
    queue_marks(connection, slice, slice.by_provider, false);
    answers.push_back(Answer::kNothing);
  }
  if (!slice.claims.empty()) {
    queue_claims(connection, batch, slice);
    answers.push_back(Answer::kClaims);
  }
  if (!slice.kept.empty()) {
    queue_kept(connection, batch, slice);
    answers.push_back(Answer::kNothing);
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
  const bool for_ever = row.expires == std::chrono::sys_seconds{};
  outbox_.expires.add_int8(for_ever ? kNever : to_server_time(row.expires));
  outbox_.body.add(row.body);
}

void BatchColumns::queue_turns(Connection& connection, const Batch& batch,
                               const TenantSlice& slice) {
  auto& [conversation, seq, message, snapshot, body] = turns_;
  clear_all(conversation, seq, message, snapshot, body);
  clear_all(outbox_.contact, outbox_.seq, outbox_.ord, outbox_.recipient, outbox_.number,
            outbox_.lane, outbox_.not_before, outbox_.expires, outbox_.body);
  clear_all(requests_.id, requests_.contact, requests_.seq, requests_.kind, requests_.body);
  clear_all(details_.contact, details_.seq, details_.body);
  for (auto index : slice.appends) {
    const Append& turn = batch.appends[index];
    conversation.add(turn.conversation.bytes);
    seq.add_int8(as_int8(turn.seq));
    message.add(turn.message.bytes);
    snapshot.add_bool(turn.snapshot);
    body.add(turn.body);
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
  }
  const std::array<Param, 23> params{uuid_param(slice.tenant.bytes),
                                     conversation.param(),
                                     seq.param(),
                                     message.param(),
                                     snapshot.param(),
                                     body.param(),
                                     outbox_.contact.param(),
                                     outbox_.seq.param(),
                                     outbox_.ord.param(),
                                     outbox_.recipient.param(),
                                     outbox_.number.param(),
                                     outbox_.lane.param(),
                                     outbox_.not_before.param(),
                                     outbox_.expires.param(),
                                     outbox_.body.param(),
                                     requests_.id.param(),
                                     requests_.contact.param(),
                                     requests_.seq.param(),
                                     requests_.kind.param(),
                                     requests_.body.param(),
                                     details_.contact.param(),
                                     details_.seq.param(),
                                     details_.body.param()};
  const bool plain = requests_.id.size() == 0 && details_.contact.size() == 0;
  connection.queue(plain ? "turns" : "turns_filed", std::span(params).first(plain ? 15 : 23));
}

void BatchColumns::queue_marks(Connection& connection, const TenantSlice& slice,
                               std::span<const OutboxMark> marks, bool by_ref) {
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
  const Param tenant = uuid_param(slice.tenant.bytes);
  if (by_ref) {
    connection.queue("marks_by_ref",
                     std::array<Param, 7>{tenant, contact.param(), seq.param(), ord.param(),
                                          state.param(), error.param(), provider.param()});
  } else {
    connection.queue("marks_by_provider",
                     std::array<Param, 4>{tenant, state.param(), error.param(), provider.param()});
  }
}

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

void BatchColumns::queue_lookup(Connection& connection, const Batch& batch, const TenantId& tenant,
                                std::span<const std::uint32_t> appends) {
  const std::string setting = to_string(tenant);
  connection.queue(kSetTenant.name, std::array<Param, 1>{setting});
  wanted_.clear();
  for (auto index : appends) wanted_.add(batch.appends[index].message.bytes);
  connection.queue("lookup", std::array<Param, 2>{uuid_param(tenant.bytes), wanted_.param()});
}

}  // namespace mitr::postgres
