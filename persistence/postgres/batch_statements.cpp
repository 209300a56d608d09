// Two ways to write turns. The plain way takes it that no turn is there yet: one INSERT a table,
// and a turn that is there (23505) undoes the batch. Then the batch is written the careful way: a
// turn and what it caused go in one statement, and outbox, requests, details and timer are written
// only for turns which this very statement inserted; a duplicate or fenced turn leaves nothing
// behind, and a rerun after a lost commit adds nothing. The careful way costs half as much again.
#include "persistence/postgres/batch_statements.h"

#include <array>
#include <initializer_list>
#include <string>
#include <string_view>

namespace mitr::postgres {
namespace {

constexpr std::string_view kTurns = R"(
  INSERT INTO mitr.journal (tenant_id, conversation_id, seq, message_hash, epoch, snapshot, number, expires,
      reply, body)
    SELECT $1::uuid, t.* FROM unnest($2::uuid[], $3::int8[], $4::uuid[], $5::int4[], $6::bool[], $7::text[],
        $8::timestamptz[], $9::bytea[], $10::bytea[]) AS t)";

// ON CONFLICT without a target covers both keys: the message's (a duplicate) and the place's (a
// fence). Neither is an error, so one such turn does not undo the others.
constexpr std::string_view kCarefully = R"(
    ON CONFLICT DO NOTHING RETURNING conversation_id, seq)";

constexpr const char* kPlainOutbox = R"(
INSERT INTO mitr.outbox
    (tenant_id, contact_id, seq, ord, recipient_id, number, lane, not_before, expires, body)
  SELECT $1::uuid, t.* FROM unnest($2::uuid[], $3::int8[], $4::int2[], $5::uuid[], $6::text[],
      $7::int2[], $8::timestamptz[], $9::timestamptz[], $10::bytea[]) AS t)";

constexpr const char* kPlainRequests = R"(
INSERT INTO mitr.request (tenant_id, id, contact_id, seq, kind, body)
  SELECT $1::uuid, t.* FROM unnest($2::uuid[], $3::uuid[], $4::int8[], $5::text[], $6::bytea[]) AS t)";

constexpr const char* kPlainDetails = R"(
UPDATE mitr.contact c SET details = t.details
  FROM unnest($2::uuid[], $3::int8[], $4::bytea[]) AS t (contact_id, seq, details)
  WHERE c.tenant_id = $1::uuid AND c.id = t.contact_id AND t.seq BETWEEN 0 AND 9223372036854775807)";

constexpr const char* kPlainArmed = R"(
INSERT INTO mitr.timer (tenant_id, contact_id, shard, at, number)
  SELECT $1::uuid, t.contact_id, t.shard, t.at, t.number
    FROM unnest($2::uuid[], $3::int8[], $4::int2[], $5::timestamptz[], $6::text[])
      AS t (contact_id, seq, shard, at, number)
    WHERE t.at IS NOT NULL
  ON CONFLICT (tenant_id, contact_id) DO UPDATE SET at = excluded.at, number = excluded.number)";

constexpr const char* kPlainDisarmed = R"(
DELETE FROM mitr.timer d
  USING unnest($2::uuid[], $3::int8[], $4::timestamptz[]) AS t (contact_id, seq, at)
  WHERE d.tenant_id = $1::uuid AND d.contact_id = t.contact_id AND t.at IS NULL
    AND t.seq BETWEEN 0 AND 9223372036854775807)";

// "(…) IN (…) IS TRUE" is not turned into a join, it stays a hash probe: a join planned for ten
// rows would compare every outbox row with every turn.
constexpr std::string_view kOutbox = R"(,
leaving AS (
  INSERT INTO mitr.outbox
      (tenant_id, contact_id, seq, ord, recipient_id, number, lane, not_before, expires, body)
    SELECT $1::uuid, t.* FROM unnest($11::uuid[], $12::int8[], $13::int2[], $14::uuid[], $15::text[],
        $16::int2[], $17::timestamptz[], $18::timestamptz[], $19::bytea[]) AS t (contact_id, seq)
      WHERE ((t.contact_id, t.seq) IN (SELECT conversation_id, seq FROM turn)) IS TRUE))";

constexpr std::string_view kRequestsAndDetails = R"(,
filed AS (
  INSERT INTO mitr.request (tenant_id, id, contact_id, seq, kind, body)
    SELECT $1::uuid, t.* FROM unnest($20::uuid[], $21::uuid[], $22::int8[], $23::text[], $24::bytea[])
        AS t (id, contact_id, seq)
      WHERE ((t.contact_id, t.seq) IN (SELECT conversation_id, seq FROM turn)) IS TRUE
    ON CONFLICT DO NOTHING),
known AS (
  UPDATE mitr.contact c SET details = t.details
    FROM unnest($25::uuid[], $26::int8[], $27::bytea[]) AS t (contact_id, seq, details)
    WHERE c.tenant_id = $1::uuid AND c.id = t.contact_id AND t.seq BETWEEN 0 AND 9223372036854775807
      AND ((t.contact_id, t.seq) IN (SELECT conversation_id, seq FROM turn)) IS TRUE))";

constexpr std::string_view kTimers = R"(,
armed AS (
  INSERT INTO mitr.timer (tenant_id, contact_id, shard, at, number)
    SELECT $1::uuid, t.contact_id, t.shard, t.at, t.number
      FROM unnest($28::uuid[], $29::int8[], $30::int2[], $31::timestamptz[], $32::text[])
        AS t (contact_id, seq, shard, at, number)
      WHERE t.at IS NOT NULL
        AND ((t.contact_id, t.seq) IN (SELECT conversation_id, seq FROM turn)) IS TRUE
    ON CONFLICT (tenant_id, contact_id) DO UPDATE SET at = excluded.at, number = excluded.number),
disarmed AS (
  DELETE FROM mitr.timer d
    USING unnest($28::uuid[], $29::int8[], $31::timestamptz[]) AS t (contact_id, seq, at)
    WHERE d.tenant_id = $1::uuid AND d.contact_id = t.contact_id AND t.at IS NULL
      AND t.seq BETWEEN 0 AND 9223372036854775807
      AND ((t.contact_id, t.seq) IN (SELECT conversation_id, seq FROM turn)) IS TRUE))";

// "BETWEEN" excludes nothing; what it is for: see claim_contact in schema/0001_store.sql.
constexpr std::string_view kMoves = R"(
    state = CASE WHEN mitr.moves_forward(o.state, m.state) THEN m.state ELSE o.state END,
    due = CASE WHEN mitr.moves_forward(o.state, m.state) THEN m.state IN (0, 6) ELSE o.due END,
    dead = CASE WHEN mitr.moves_forward(o.state, m.state) THEN m.state IN (1, 5) ELSE o.dead END,
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

// A reply's row begins with the first news of it: an insert costs a third of an update.
constexpr std::string_view kOfReplies = R"(
INSERT INTO mitr.outbox AS o (tenant_id, contact_id, seq, ord, recipient_id, number, lane, state, due, dead,
    error_code, not_before, expires, provider_hash, body)
  SELECT $1::uuid, m.contact_id, m.seq, 0, m.contact_id, '', 0, m.state, m.state IN (0, 6),
      m.state IN (1, 5), m.error_code, 'epoch', 'infinity', m.provider, ''
    FROM unnest($2::uuid[], $3::int8[], $4::int2[], $5::int4[], $6::uuid[])
      AS m (contact_id, seq, state, error_code, provider)
  ON CONFLICT (tenant_id, contact_id, seq, ord) DO UPDATE SET
    state = CASE WHEN mitr.moves_forward(o.state, excluded.state) THEN excluded.state ELSE o.state END,
    due = CASE WHEN mitr.moves_forward(o.state, excluded.state) THEN excluded.due ELSE o.due END,
    dead = CASE WHEN mitr.moves_forward(o.state, excluded.state) THEN excluded.dead ELSE o.dead END,
    error_code = CASE WHEN mitr.moves_forward(o.state, excluded.state) THEN excluded.error_code
                      ELSE o.error_code END,
    provider_hash = coalesce(o.provider_hash, excluded.provider_hash)
    WHERE mitr.moves_forward(o.state, excluded.state)
      OR (o.provider_hash IS NULL AND excluded.provider_hash IS NOT NULL))";

constexpr const char* kClaimed = R"(
UPDATE mitr.outbox o SET state = 6
  FROM unnest($2::uuid[], $3::int8[], $4::int2[]) AS m (contact_id, seq, ord)
  WHERE o.tenant_id = $1::uuid AND o.contact_id = m.contact_id AND o.seq = m.seq AND o.ord = m.ord
    AND m.ord BETWEEN 0 AND 32767 AND o.state = 0
  RETURNING o.contact_id, o.seq, o.ord)";

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

constexpr const char* kResets = R"(
WITH moved AS (
  UPDATE mitr.timer d SET at = t.at
    FROM unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[]) AS t (contact_id, was, at)
    WHERE d.tenant_id = $1::uuid AND d.contact_id = t.contact_id AND d.at = t.was AND t.at IS NOT NULL
      AND t.was BETWEEN '-infinity' AND 'infinity')
DELETE FROM mitr.timer d
  USING unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[]) AS t (contact_id, was, at)
  WHERE d.tenant_id = $1::uuid AND d.contact_id = t.contact_id AND d.at = t.was AND t.at IS NULL
    AND t.was BETWEEN '-infinity' AND 'infinity')";

constexpr const char* kLookup = R"(
SELECT message_hash, conversation_id, seq, body FROM mitr.journal
  WHERE tenant_id = $1::uuid AND message_hash = ANY ($2::uuid[]))";

std::string joined(std::initializer_list<std::string_view> parts) {
  std::string sql;
  for (auto part : parts) sql += part;
  return sql;
}

}  // namespace

std::span<const Statement> batch_statements() {
  static const std::string turns{kTurns};
  static const std::string turns_careful = joined({kTurns, kCarefully});
  static const std::string turns_filed =
      joined({"WITH turn AS (", kTurns, kCarefully, ")", kOutbox, kRequestsAndDetails, kTimers,
              "\nSELECT conversation_id, seq FROM turn"});
  static const std::string by_ref = joined({"UPDATE mitr.outbox o SET", kMoves, kByRef});
  static const std::string by_provider = joined({"UPDATE mitr.outbox o SET", kMoves, kByProvider});
  static const std::string of_replies{kOfReplies};
  static const std::array statements{
      kSetTenant,
      Statement{"turns", turns.c_str()},
      Statement{"outbox", kPlainOutbox},
      Statement{"requests", kPlainRequests},
      Statement{"details", kPlainDetails},
      Statement{"armed", kPlainArmed},
      Statement{"disarmed", kPlainDisarmed},
      Statement{"turns_careful", turns_careful.c_str()},
      Statement{"turns_filed", turns_filed.c_str()},
      Statement{"claimed", kClaimed},
      Statement{"marks_of_replies", of_replies.c_str()},
      Statement{"marks_by_ref", by_ref.c_str()},
      Statement{"marks_by_provider", by_provider.c_str()},
      Statement{"claims", kClaims},
      Statement{"kept", kKept},
      Statement{"resets", kResets},
      Statement{"fence", "SELECT mitr.fence($1::int2[], $2::int4[])"},
      Statement{"lookup", kLookup},
      Statement{"epochs", "SELECT shard, epoch FROM mitr.lease ORDER BY shard"},
  };
  return statements;
}

}  // namespace mitr::postgres
