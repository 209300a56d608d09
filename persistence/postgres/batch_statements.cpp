// A statement writes rows of all the batch's tenants: the tenant is a column like the others, and
// row security holds each row to the tenants that the transaction has named.
//
// Two ways to write turns. The plain way takes it that no turn is there yet: one INSERT a table,
// and a turn that is there (23505) undoes the batch. Then the batch is written the careful way: a
// turn and what it caused go in one statement, and outbox, requests, details and timer are written
// only for turns which this very statement inserted; a duplicate or fenced turn leaves nothing
// behind, and a rerun after a lost commit adds nothing. The careful way costs half as much again.
//
// Arrays are taken apart in the select list, where all advance together, row by row: unnest in FROM
// writes each array into a tuple store first, a microsecond a row of ten columns.
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
    SELECT unnest($1::uuid[]), unnest($2::uuid[]), unnest($3::int8[]), unnest($4::uuid[]), unnest($5::int4[]),
        unnest($6::bool[]), unnest($7::text[]), unnest($8::timestamptz[]), unnest($9::bytea[]),
        unnest($10::bytea[]))";

// ON CONFLICT without a target covers both keys: the message's (a duplicate) and the place's (a
// fence). Neither is an error, so one such turn does not undo the others.
constexpr std::string_view kCarefully = R"(
    ON CONFLICT DO NOTHING RETURNING tenant_id, conversation_id, seq)";

constexpr const char* kPlainOutbox = R"(
INSERT INTO mitr.outbox
    (tenant_id, contact_id, seq, ord, recipient_id, number, lane, not_before, expires, body)
  SELECT unnest($1::uuid[]), unnest($2::uuid[]), unnest($3::int8[]), unnest($4::int2[]),
      unnest($5::uuid[]), unnest($6::text[]), unnest($7::int2[]), unnest($8::timestamptz[]),
      unnest($9::timestamptz[]), unnest($10::bytea[]))";

constexpr const char* kPlainRequests = R"(
INSERT INTO mitr.request (tenant_id, id, contact_id, seq, kind, body)
  SELECT unnest($1::uuid[]), unnest($2::uuid[]), unnest($3::uuid[]), unnest($4::int8[]), unnest($5::text[]),
      unnest($6::bytea[]))";

constexpr const char* kPlainDetails = R"(
UPDATE mitr.contact c SET details = t.details,
    phone_lost = t.phone IS NOT NULL AND mitr.phone_is_lost(c.tenant_id, c.id, t.phone)
  FROM (SELECT unnest($1::uuid[]), unnest($2::uuid[]), unnest($3::int8[]), unnest($4::bytea[]),
      unnest($5::uuid[])) AS t (tenant_id, contact_id, seq, details, phone)
  WHERE c.tenant_id = t.tenant_id AND c.id = t.contact_id AND t.seq BETWEEN 0 AND 9223372036854775807)";

constexpr const char* kPlainArmed = R"(
INSERT INTO mitr.timer (tenant_id, contact_id, shard, at, number)
  SELECT t.tenant_id, t.contact_id, t.shard, t.at, t.number
    FROM (SELECT unnest($1::uuid[]), unnest($2::uuid[]), unnest($3::int8[]), unnest($4::int2[]),
        unnest($5::timestamptz[]), unnest($6::text[])) AS t (tenant_id, contact_id, seq, shard, at, number)
    WHERE t.at IS NOT NULL
  ON CONFLICT (tenant_id, contact_id) DO UPDATE SET at = excluded.at, number = excluded.number)";

constexpr const char* kPlainDisarmed = R"(
DELETE FROM mitr.timer d
  USING (SELECT unnest($1::uuid[]), unnest($2::uuid[]), unnest($3::int8[]), unnest($4::timestamptz[]))
      AS t (tenant_id, contact_id, seq, at)
  WHERE d.tenant_id = t.tenant_id AND d.contact_id = t.contact_id AND t.at IS NULL
    AND t.seq BETWEEN 0 AND 9223372036854775807)";

// "(…) IN (…) IS TRUE" is not turned into a join, it stays a hash probe: a join planned for ten
// rows would compare every outbox row with every turn.
constexpr std::string_view kOutbox = R"(,
leaving AS (
  INSERT INTO mitr.outbox
      (tenant_id, contact_id, seq, ord, recipient_id, number, lane, not_before, expires, body)
    SELECT t.* FROM (SELECT unnest($11::uuid[]), unnest($12::uuid[]), unnest($13::int8[]),
        unnest($14::int2[]), unnest($15::uuid[]), unnest($16::text[]), unnest($17::int2[]),
        unnest($18::timestamptz[]), unnest($19::timestamptz[]), unnest($20::bytea[]))
        AS t (tenant_id, contact_id, seq)
      WHERE ((t.tenant_id, t.contact_id, t.seq) IN (TABLE turn)) IS TRUE))";

constexpr std::string_view kRequestsAndDetails = R"(,
filed AS (
  INSERT INTO mitr.request (tenant_id, id, contact_id, seq, kind, body)
    SELECT t.* FROM (SELECT unnest($21::uuid[]), unnest($22::uuid[]), unnest($23::uuid[]),
        unnest($24::int8[]), unnest($25::text[]), unnest($26::bytea[])) AS t (tenant_id, id, contact_id, seq)
      WHERE ((t.tenant_id, t.contact_id, t.seq) IN (TABLE turn)) IS TRUE
    ON CONFLICT DO NOTHING),
known AS (
  UPDATE mitr.contact c SET details = t.details,
      phone_lost = t.phone IS NOT NULL AND mitr.phone_is_lost(c.tenant_id, c.id, t.phone)
    FROM (SELECT unnest($27::uuid[]), unnest($28::uuid[]), unnest($29::int8[]), unnest($30::bytea[]),
        unnest($37::uuid[])) AS t (tenant_id, contact_id, seq, details, phone)
    WHERE c.tenant_id = t.tenant_id AND c.id = t.contact_id AND t.seq BETWEEN 0 AND 9223372036854775807
      AND ((t.tenant_id, t.contact_id, t.seq) IN (TABLE turn)) IS TRUE))";

constexpr std::string_view kTimers = R"(,
armed AS (
  INSERT INTO mitr.timer (tenant_id, contact_id, shard, at, number)
    SELECT t.tenant_id, t.contact_id, t.shard, t.at, t.number
      FROM (SELECT unnest($31::uuid[]), unnest($32::uuid[]), unnest($33::int8[]), unnest($34::int2[]),
          unnest($35::timestamptz[]), unnest($36::text[]))
        AS t (tenant_id, contact_id, seq, shard, at, number)
      WHERE t.at IS NOT NULL
        AND ((t.tenant_id, t.contact_id, t.seq) IN (TABLE turn)) IS TRUE
    ON CONFLICT (tenant_id, contact_id) DO UPDATE SET at = excluded.at, number = excluded.number),
disarmed AS (
  DELETE FROM mitr.timer d
    USING (SELECT unnest($31::uuid[]), unnest($32::uuid[]), unnest($33::int8[]), unnest($35::timestamptz[]))
        AS t (tenant_id, contact_id, seq, at)
    WHERE d.tenant_id = t.tenant_id AND d.contact_id = t.contact_id AND t.at IS NULL
      AND t.seq BETWEEN 0 AND 9223372036854775807
      AND ((t.tenant_id, t.contact_id, t.seq) IN (TABLE turn)) IS TRUE))";

// One row for a tenant's replies of a batch: said in its turns, or known to have left. A turn that
// turned out to be a duplicate may be listed: who reads the log asks the journal too.
constexpr const char* kReplies = R"(
INSERT INTO mitr.reply_log (tenant_id, sent, contacts, seqs, providers)
  SELECT r.tenant_id, r.sent, ($5::uuid[])[r.first:r.last], ($6::int8[])[r.first:r.last],
      CASE WHEN r.sent THEN ($7::uuid[])[r.first:r.last] END
    FROM (SELECT unnest($1::uuid[]), unnest($2::bool[]), unnest($3::int4[]), unnest($4::int4[]))
      AS r (tenant_id, sent, first, last))";

// "BETWEEN" excludes nothing; what it is for: see claim_contact in schema/0001_store.sql.
constexpr std::string_view kMoves = R"(
    state = CASE WHEN mitr.moves_forward(o.state, m.state) THEN m.state ELSE o.state END,
    due = CASE WHEN mitr.moves_forward(o.state, m.state) THEN m.state IN (0, 6) ELSE o.due END,
    dead = CASE WHEN mitr.moves_forward(o.state, m.state) THEN m.state IN (1, 5) ELSE o.dead END,
    error_code = CASE WHEN mitr.moves_forward(o.state, m.state) THEN m.error_code ELSE o.error_code END)";

constexpr std::string_view kByRef = R"(,
    provider_hash = coalesce(o.provider_hash, m.provider)
  FROM (SELECT unnest($1::uuid[]), unnest($2::uuid[]), unnest($3::int8[]), unnest($4::int2[]),
      unnest($5::int2[]), unnest($6::int4[]), unnest($7::uuid[]))
    AS m (tenant_id, contact_id, seq, ord, state, error_code, provider)
  WHERE o.tenant_id = m.tenant_id AND o.contact_id = m.contact_id AND o.seq = m.seq AND o.ord = m.ord
    AND m.ord BETWEEN 0 AND 32767
    AND (mitr.moves_forward(o.state, m.state) OR (o.provider_hash IS NULL AND m.provider IS NOT NULL)))";

constexpr std::string_view kByProvider = R"(
  FROM (SELECT unnest($1::uuid[]), unnest($2::int2[]), unnest($3::int4[]), unnest($4::uuid[]))
    AS m (tenant_id, state, error_code, provider)
  WHERE o.tenant_id = m.tenant_id AND o.provider_hash = m.provider AND m.state BETWEEN 0 AND 32767
    AND mitr.moves_forward(o.state, m.state))";

// A reply's row begins with the first news of it that is more than "sent": an insert costs a third
// of an update. Late news of what was said to somebody erased leaves nothing; a
// scalar sub-select stays a probe, where EXISTS would read all who were ever erased.
constexpr std::string_view kOfReplies = R"(
INSERT INTO mitr.outbox AS o (tenant_id, contact_id, seq, ord, recipient_id, number, lane, state, due, dead,
    error_code, not_before, expires, provider_hash, body)
  SELECT m.tenant_id, m.contact_id, m.seq, 0, m.contact_id, '', 0, m.state, m.state IN (0, 6),
      m.state IN (1, 5), m.error_code, 'epoch', 'infinity', m.provider, ''
    FROM (SELECT unnest($1::uuid[]), unnest($2::uuid[]), unnest($3::int8[]), unnest($4::int2[]),
        unnest($5::int4[]), unnest($6::uuid[])) AS m (tenant_id, contact_id, seq, state, error_code, provider)
    WHERE (SELECT e.place FROM mitr.erasure e
      WHERE e.tenant_id = m.tenant_id AND e.contact_id = m.contact_id) IS NULL
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
  FROM (SELECT unnest($1::uuid[]), unnest($2::uuid[]), unnest($3::int8[]), unnest($4::int2[]))
    AS m (tenant_id, contact_id, seq, ord)
  WHERE o.tenant_id = m.tenant_id AND o.contact_id = m.contact_id AND o.seq = m.seq AND o.ord = m.ord
    AND m.ord BETWEEN 0 AND 32767 AND o.state = 0
  RETURNING o.contact_id, o.seq, o.ord, o.tenant_id)";

// Everyone whom none of the names is known for is made as wished, and who goes by all of them is
// told at once; rows come back for who is known. What is between, where names join or part people,
// goes by the rules of claim_contact, and so do names of the erased. Of two transactions that want
// one person the second fails (23505), and asks carefully.
constexpr const char* kClaims = R"(
WITH name AS MATERIALIZED (
  SELECT n.place, n.tenant_id, n.fresh, n.hash, n.kind, n.told, a.contact_id, a.until, e.erased_at
    FROM (SELECT unnest($5::int8[]), unnest($6::uuid[]), unnest($7::uuid[]), unnest($8::uuid[]),
          unnest($9::int2[]), unnest($12::timestamptz[])) AS n (place, tenant_id, fresh, hash, kind, told)
    LEFT JOIN mitr.alias a ON a.tenant_id = n.tenant_id AND a.hash = n.hash
    LEFT JOIN mitr.erased_name e ON e.tenant_id = n.tenant_id AND e.hash = n.hash
    WHERE n.place BETWEEN 1 AND 9223372036854775807),
owner AS MATERIALIZED (
  SELECT place, tenant_id, (array_agg(contact_id))[1] AS contact_id,
      count(*) = count(contact_id) FILTER (WHERE until IS NULL) AND count(DISTINCT contact_id) = 1
        AND min(kind) > 0 AS settled
    FROM name GROUP BY place, tenant_id
    HAVING count(contact_id) > 0 OR min(kind) < 0 OR count(erased_at) > 0),
made AS (
  INSERT INTO mitr.contact (tenant_id, id, wrapped_key, details)
    SELECT w.tenant_id, w.fresh, w.key, w.details
      FROM (SELECT unnest($1::uuid[]), unnest($2::uuid[]), unnest($3::bytea[]), unnest($4::bytea[]),
            generate_subscripts($1::uuid[], 1)) AS w (tenant_id, fresh, key, details, place)
      WHERE (w.place IN (SELECT place FROM owner)) IS NOT TRUE),
taken AS (
  INSERT INTO mitr.alias (tenant_id, hash, contact_id, kind, since)
    SELECT n.tenant_id, n.hash, n.fresh, n.kind, n.told
      FROM name n WHERE (n.place IN (SELECT place FROM owner)) IS NOT TRUE)
SELECT o.place, o.contact_id, false, true, true, NULL::uuid, c.wrapped_key, c.details,
       (SELECT coalesce(max(j.seq), 0) FROM mitr.journal j
         WHERE j.tenant_id = o.tenant_id AND j.conversation_id = o.contact_id), 0::int2
  FROM owner o JOIN mitr.contact c ON c.tenant_id = o.tenant_id AND c.id = o.contact_id
  WHERE o.settled AND o.place BETWEEN 1 AND 9223372036854775807
UNION ALL
SELECT o.place, f.contact_id, f.created, f.owns_bsuid, f.owns_phone, f.loser, f.wrapped_key, f.details,
       f.last_seq, f.withdrawn
  FROM owner o, LATERAL mitr.claim_after_erasure(o.tenant_id,
      ($8::uuid[])[($10::int4[])[o.place]:($11::int4[])[o.place]],
      ($9::int2[])[($10::int4[])[o.place]:($11::int4[])[o.place]],
      ($12::timestamptz[])[($10::int4[])[o.place]],
      ($2::uuid[])[o.place], ($3::bytea[])[o.place], ($4::bytea[])[o.place]) AS f
  WHERE NOT o.settled)";

constexpr const char* kClaimsCarefully = R"(
SELECT w.place, c.contact_id, c.created, c.owns_bsuid, c.owns_phone, c.loser, c.wrapped_key, c.details,
       c.last_seq, c.withdrawn
  FROM unnest($1::uuid[], $2::uuid[], $3::bytea[], $4::bytea[], $5::int4[], $6::int4[]) WITH ORDINALITY
      AS w (tenant_id, fresh, key, details, first, last, place),
    LATERAL mitr.claim_after_erasure(w.tenant_id, ($7::uuid[])[w.first:w.last], ($8::int2[])[w.first:w.last],
      ($9::timestamptz[])[w.first], w.fresh, w.key, w.details) AS c
  ORDER BY w.place)";

constexpr const char* kKept = R"(
INSERT INTO mitr.kept_webhook (tenant_id, id, reason, body)
  SELECT unnest($1::uuid[]), unnest($2::uuid[]), unnest($3::text[]), unnest($4::bytea[])
  ON CONFLICT DO NOTHING)";

constexpr const char* kResets = R"(
WITH moved AS (
  UPDATE mitr.timer d SET at = t.at
    FROM (SELECT unnest($1::uuid[]), unnest($2::uuid[]), unnest($3::timestamptz[]), unnest($4::timestamptz[]))
      AS t (tenant_id, contact_id, was, at)
    WHERE d.tenant_id = t.tenant_id AND d.contact_id = t.contact_id AND d.at = t.was AND t.at IS NOT NULL
      AND t.was BETWEEN '-infinity' AND 'infinity')
DELETE FROM mitr.timer d
  USING (SELECT unnest($1::uuid[]), unnest($2::uuid[]), unnest($3::timestamptz[]), unnest($4::timestamptz[]))
    AS t (tenant_id, contact_id, was, at)
  WHERE d.tenant_id = t.tenant_id AND d.contact_id = t.contact_id AND d.at = t.was AND t.at IS NULL
    AND t.was BETWEEN '-infinity' AND 'infinity')";

constexpr const char* kInstructed = R"(
WITH gone AS (
  DELETE FROM mitr.waiting_instruction w
    USING unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS d (tenant_id, id, place)
    WHERE w.tenant_id = d.tenant_id AND w.id = d.id AND d.place BETWEEN 1 AND 9223372036854775807)
DELETE FROM mitr.instruction i
  USING unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS d (tenant_id, id, place)
  WHERE i.tenant_id = d.tenant_id AND i.id = d.id AND d.place BETWEEN 1 AND 9223372036854775807)";

// Of two words on one thing in one batch the later counts, as among batches.
constexpr const char* kStandings = R"(
INSERT INTO mitr.standing AS s (tenant_id, account, subject, name, aspect, value, reason, told, until)
  SELECT DISTINCT ON (tenant_id, account, subject, name, aspect) tenant_id, account, subject, name, aspect,
      value, reason, told, until
    FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
        $8::timestamptz[], $9::timestamptz[]) WITH ORDINALITY
      AS n (tenant_id, account, subject, name, aspect, value, reason, told, until, place)
    ORDER BY tenant_id, account, subject, name, aspect, told DESC, place DESC
  ON CONFLICT (tenant_id, account, subject, name, aspect) DO UPDATE SET
    value = excluded.value, reason = excluded.reason, told = excluded.told, until = excluded.until
    WHERE s.told <= excluded.told)";

// The first of a batch. The locks hold a takeover back until the commit; taken before any row, so
// that nobody waits for them who is himself waited for. An erasure waits for us likewise, if we
// claim: what is found of a contact stays true. What comes after is a statement of its own, so that
// it sees what a takeover committed while we waited.
constexpr const char* kBegin = R"(
SELECT set_config('app.tenants', $1::text, true),
    (SELECT count(pg_advisory_xact_lock_shared(mitr.lease_class(), l))
      FROM unnest(CASE WHEN $3::bool THEN mitr.people_lock() || $2::int4[] ELSE $2::int4[] END) AS l))";

constexpr const char* kFence = R"(
SELECT mitr.refuse_stale() WHERE cardinality($1::int4[]) <> (
  SELECT count(*) FROM (SELECT unnest($1::int4[]), unnest($2::int4[])) AS given (shard, epoch)
    JOIN mitr.lease l ON l.shard = given.shard::int2 AND l.epoch = given.epoch))";

// The same within the statement that writes the turns, once for all its rows.
constexpr std::string_view kFenced = R"(
    WHERE (SELECT CASE WHEN cardinality($11::int4[]) <> (
        SELECT count(*) FROM (SELECT unnest($11::int4[]), unnest($12::int4[])) AS given (shard, epoch)
          JOIN mitr.lease l ON l.shard = given.shard::int2 AND l.epoch = given.epoch)
      THEN mitr.refuse_stale() END) IS NULL)";

constexpr const char* kLookup = R"(
SELECT j.tenant_id, j.message_hash, j.conversation_id, j.seq, j.body
  FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS w (tenant_id, message, place)
  JOIN mitr.journal j ON j.tenant_id = w.tenant_id AND j.message_hash = w.message
  WHERE w.place BETWEEN 1 AND 9223372036854775807)";

std::string joined(std::initializer_list<std::string_view> parts) {
  std::string sql;
  for (auto part : parts) sql += part;
  return sql;
}

}  // namespace

std::span<const Statement> batch_statements() {
  static const std::string turns = joined({kTurns, kFenced});
  static const std::string turns_careful = joined({kTurns, kCarefully});
  static const std::string turns_filed =
      joined({"WITH turn AS (", kTurns, kCarefully, ")", kOutbox, kRequestsAndDetails, kTimers,
              "\nSELECT tenant_id, conversation_id, seq FROM turn"});
  static const std::string by_ref = joined({"UPDATE mitr.outbox o SET", kMoves, kByRef});
  static const std::string by_provider = joined({"UPDATE mitr.outbox o SET", kMoves, kByProvider});
  static const std::string of_replies{kOfReplies};
  static const std::array statements{
      kSetTenants,
      Statement{"begin", kBegin},
      Statement{"turns", turns.c_str()},
      Statement{"outbox", kPlainOutbox},
      Statement{"requests", kPlainRequests},
      Statement{"details", kPlainDetails},
      Statement{"armed", kPlainArmed},
      Statement{"disarmed", kPlainDisarmed},
      Statement{"turns_careful", turns_careful.c_str()},
      Statement{"turns_filed", turns_filed.c_str()},
      Statement{"replies", kReplies},
      Statement{"claimed", kClaimed},
      Statement{"marks_of_replies", of_replies.c_str()},
      Statement{"marks_by_ref", by_ref.c_str()},
      Statement{"marks_by_provider", by_provider.c_str()},
      Statement{"claims", kClaims},
      Statement{"claims_careful", kClaimsCarefully},
      Statement{"kept", kKept},
      Statement{"resets", kResets},
      Statement{"instructed", kInstructed},
      Statement{"standings", kStandings},
      Statement{"fence", kFence},
      Statement{"lookup", kLookup},
      Statement{"epochs", "SELECT shard, epoch FROM mitr.lease ORDER BY shard"},
  };
  return statements;
}

}  // namespace mitr::postgres
