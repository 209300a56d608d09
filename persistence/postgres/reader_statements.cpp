// The reader's statements. Row security filters by tenant; the statements name it too, for the
// index.
#include "persistence/postgres/reader_statements.h"

#include <array>

namespace mitr::postgres {
namespace {

constexpr std::array kStatements{
    kSetTenants,
    Statement{"contact",
              "SELECT wrapped_key, details, phone_lost, withdrawn FROM mitr.contact WHERE "
              "tenant_id = $1::uuid"
              " AND id = $2::uuid"},
    // The coalesce stands inside the sub-select: outside, row security takes it for a function that
    // might leak, and the conversation is read from its beginning.
    Statement{"since_snapshot",
              "SELECT seq, snapshot, created_at, body FROM mitr.journal"
              " WHERE tenant_id = $1::uuid AND conversation_id = $2::uuid AND seq >="
              " (SELECT coalesce(max(l.seq), 0) FROM (SELECT s.seq FROM mitr.journal s"
              " WHERE s.tenant_id = $1::uuid AND s.conversation_id = $2::uuid"
              " AND s.snapshot ORDER BY s.seq DESC LIMIT 1) AS l) ORDER BY seq"},
    // A reply that was refused and revived has its body in the journal.
    Statement{"due",
              "SELECT o.contact_id, o.seq, o.ord, o.recipient_id, coalesce(j.number, o.number),"
              " o.lane, o.not_before, o.expires, coalesce(j.reply, o.body), o.state, o.created_at,"
              " c.wrapped_key"
              " FROM (SELECT * FROM mitr.outbox WHERE tenant_id = $1::uuid AND due AND not_before "
              "<= $2::timestamptz"
              " ORDER BY not_before, created_at, contact_id, seq, ord LIMIT $3::int8) AS o"
              " LEFT JOIN mitr.contact c ON c.tenant_id = o.tenant_id AND c.id = o.contact_id"
              " LEFT JOIN mitr.journal j ON o.ord = 0 AND j.tenant_id = o.tenant_id"
              " AND j.conversation_id = o.contact_id AND j.seq = o.seq"
              " ORDER BY o.not_before, o.created_at, o.contact_id, o.seq, o.ord"},
    // Said in this time, and nothing known of it: not in the log as sent, no row in the outbox.
    // Walks the log by age and ends with the limit: after a crash a backlog may be long. With "IS
    // NOT TRUE" both stay probes: joins would be planned for ten rows and compare all with all.
    Statement{"unanswered",
              "SELECT j.conversation_id, j.seq, 0::int2, j.conversation_id, j.number, 0::int2,"
              " j.created_at, j.expires, j.reply, 0::int2, j.created_at, c.wrapped_key"
              " FROM (SELECT t.* FROM mitr.reply_log l,"
              " unnest(l.contacts, l.seqs) AS s (contact_id, seq), mitr.journal t"
              " WHERE l.tenant_id = $1::uuid AND NOT l.sent"
              " AND l.created_at BETWEEN $2::timestamptz AND $4::timestamptz"
              " AND ((s.contact_id, s.seq) IN (SELECT u.contact_id, u.seq FROM mitr.reply_log m,"
              " unnest(m.contacts, m.seqs) AS u (contact_id, seq) WHERE m.tenant_id = $1::uuid"
              " AND m.sent AND m.place > (SELECT min(f.place) FROM mitr.reply_log f"
              " WHERE f.tenant_id = $1::uuid AND NOT f.sent"
              " AND f.created_at BETWEEN $2::timestamptz AND $4::timestamptz))) IS NOT TRUE"
              " AND (EXISTS (SELECT FROM mitr.outbox o WHERE o.tenant_id = $1::uuid"
              " AND o.contact_id = s.contact_id AND o.seq = s.seq AND o.ord = 0)) IS NOT TRUE"
              " AND t.tenant_id = $1::uuid AND t.conversation_id = s.contact_id AND t.seq = s.seq"
              " AND t.reply IS NOT NULL ORDER BY l.created_at LIMIT $3::int8) AS j"
              " LEFT JOIN mitr.contact c ON c.tenant_id = $1::uuid AND c.id = j.conversation_id"
              " ORDER BY j.created_at, j.conversation_id, j.seq"},
    Statement{
        "timers",
        "SELECT t.tenant_id, t.contact_id, t.at, t.number FROM unnest($1::int2[]) AS s (shard),"
        " LATERAL (SELECT * FROM mitr.timer WHERE shard = s.shard AND at <= $2::timestamptz"
        " ORDER BY at LIMIT $3::int8) AS t ORDER BY t.at LIMIT $3::int8"},
    Statement{"waiting_instructions",
              "SELECT tenant_id, id FROM mitr.waiting_instruction WHERE shard = ANY ($1::int2[])"
              " ORDER BY place LIMIT $2::int8"},
    // Two trips: who may be read is said before.
    Statement{"instructions",
              "SELECT i.tenant_id, i.id, i.contact_id, i.number, i.expires, i.body"
              " FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS w (tenant_id, id, place)"
              " JOIN mitr.instruction i ON i.tenant_id = w.tenant_id AND i.id = w.id"
              " WHERE w.place BETWEEN 1 AND 9223372036854775807 ORDER BY w.place"},
    Statement{"contact_of",
              "SELECT c.id, c.wrapped_key FROM mitr.alias a JOIN mitr.contact c"
              " ON c.tenant_id = a.tenant_id AND c.id = a.contact_id"
              " WHERE a.tenant_id = $1::uuid AND a.hash = $2::uuid"},
    // Since -infinity: since before it was noted.
    Statement{"aliases_of",
              "SELECT kind, greatest(since, 'epoch'), until, passed FROM mitr.alias"
              " WHERE tenant_id = $1::uuid AND contact_id = $2::uuid ORDER BY since, kind"},
    Statement{"kin_of",
              "SELECT later_id, earlier_id, reason, at FROM mitr.lineage"
              " WHERE tenant_id = $1::uuid AND later_id = $2::uuid UNION ALL"
              " SELECT later_id, earlier_id, reason, at FROM mitr.lineage"
              " WHERE tenant_id = $1::uuid AND earlier_id = $2::uuid ORDER BY at, reason"},
    Statement{
        "held_requests",
        "SELECT id, kind, body, contact_id, created_at FROM mitr.request"
        " WHERE tenant_id = $1::uuid AND contact_id = $2::uuid ORDER BY place LIMIT $3::int8"},
    Statement{"held_outbox",
              "SELECT contact_id, seq, ord, recipient_id, number, lane, not_before, expires, body,"
              " state FROM mitr.outbox WHERE tenant_id = $1::uuid AND contact_id = $2::uuid"
              " ORDER BY seq, ord LIMIT $3::int8"},
    Statement{"held_reviews",
              "SELECT contact_id, seq, label FROM mitr.review WHERE tenant_id = $1::uuid"
              " AND contact_id = $2::uuid ORDER BY seq LIMIT $3::int8"},
    Statement{"held_instructions",
              "SELECT tenant_id, id, contact_id, number, expires, body FROM mitr.instruction"
              " WHERE tenant_id = $1::uuid AND contact_id = $2::uuid ORDER BY id LIMIT $3::int8"},
    Statement{"erasures",
              "SELECT place, tenant_id, contact_id FROM mitr.erasure WHERE place > $1::int8"
              " ORDER BY place LIMIT $2::int8"},
    Statement{"dead_letters",
              "SELECT contact_id, seq, ord, lane, state, error_code, created_at FROM mitr.outbox"
              " WHERE tenant_id = $1::uuid AND dead ORDER BY created_at DESC LIMIT $2::int8"},
    // What has no body is what an erasure left: no turn.
    Statement{"turns",
              "SELECT j.conversation_id, j.seq, j.snapshot, j.created_at, j.body, c.wrapped_key"
              " FROM (SELECT * FROM mitr.journal WHERE tenant_id = $1::uuid"
              " AND (conversation_id, seq) > ($2::uuid, $3::int8) AND body <> ''"
              " ORDER BY conversation_id, seq LIMIT $4::int8) AS j"
              " LEFT JOIN mitr.contact c ON c.tenant_id = j.tenant_id AND c.id = j.conversation_id"
              " ORDER BY j.conversation_id, j.seq"},
    // No index by age: an operator asks, not a node.
    Statement{"turns_since",
              "SELECT j.conversation_id, j.seq, j.snapshot, j.created_at, j.body, c.wrapped_key"
              " FROM (SELECT * FROM mitr.journal WHERE tenant_id = $1::uuid"
              " AND (conversation_id, seq) > ($2::uuid, $3::int8) AND created_at >= "
              "$5::timestamptz AND body <> ''"
              " ORDER BY conversation_id, seq LIMIT $4::int8) AS j"
              " LEFT JOIN mitr.contact c ON c.tenant_id = j.tenant_id AND c.id = j.conversation_id"
              " ORDER BY j.conversation_id, j.seq"},
    Statement{"turns_at",
              "SELECT j.conversation_id, j.seq, j.snapshot, j.created_at, j.body, c.wrapped_key"
              " FROM unnest($2::uuid[], $3::int8[]) WITH ORDINALITY AS w (contact_id, seq, place)"
              " JOIN mitr.journal j ON j.tenant_id = $1::uuid AND j.conversation_id = w.contact_id"
              " AND j.seq = w.seq AND j.body <> ''"
              " LEFT JOIN mitr.contact c ON c.tenant_id = $1::uuid AND c.id = w.contact_id"
              " WHERE w.place BETWEEN 1 AND 9223372036854775807 ORDER BY w.place"},
    Statement{"reviews",
              "SELECT contact_id, seq, label FROM mitr.review WHERE tenant_id = $1::uuid"
              " ORDER BY contact_id, seq LIMIT $2::int8"},
    Statement{"models",
              "SELECT number, created_at, manifest, octet_length(body)::int8 FROM mitr.model"
              " WHERE tenant_id = $1::uuid ORDER BY number DESC"},
    Statement{"model",
              "SELECT manifest, body FROM mitr.model WHERE tenant_id = $1::uuid"
              " AND number = $2::int8::int4"},
    Statement{"promoted_models",
              "SELECT id, models FROM mitr.tenant WHERE models <> ''::bytea ORDER BY slug"},
    Statement{"requests",
              "SELECT r.id, r.kind, r.body, r.contact_id, r.created_at, c.wrapped_key"
              " FROM (SELECT * FROM mitr.request WHERE tenant_id = $1::uuid AND kind <> 'media'"
              " ORDER BY created_at, place LIMIT $2::int8) AS r"
              " LEFT JOIN mitr.contact c ON c.tenant_id = r.tenant_id AND c.id = r.contact_id"
              " ORDER BY r.created_at, r.place"},
    Statement{"tenants",
              "SELECT id, slug, name, settings, wrapped_key FROM mitr.tenant ORDER BY slug"},
    Statement{"numbers", "SELECT tenant_id, number FROM mitr.number ORDER BY tenant_id, number"},
    Statement{
        "roster",
        "SELECT role, contact_id, body FROM mitr.roster WHERE tenant_id = $1::uuid ORDER BY place"},
    Statement{"records",
              "SELECT r.key, r.body FROM mitr.record_finder f JOIN mitr.record r"
              " ON r.tenant_id = f.tenant_id AND r.kind = f.kind AND r.key = f.key"
              " WHERE f.tenant_id = $1::uuid AND f.kind = $2::text AND f.hash = $3::uuid"
              " AND r.confirmed_at > coalesce((SELECT a.passed FROM mitr.alias a"
              " WHERE a.tenant_id = $1::uuid AND a.hash = $5::uuid), '-infinity')"
              " ORDER BY f.key LIMIT $4::int8"},
    Statement{"standings",
              "SELECT tenant_id, account, subject, name, aspect, value, reason, told, until"
              " FROM mitr.standing ORDER BY tenant_id, subject, account, name, aspect"},
    Statement{"record_kinds",
              "SELECT id, record_kinds, record_imports FROM mitr.tenant WHERE record_kinds <> ''"
              " ORDER BY slug"},
    Statement{"deployed_packs",
              "SELECT id, packs FROM mitr.tenant WHERE packs <> ''::bytea ORDER BY slug"},
    Statement{"pack", "SELECT name, files FROM mitr.pack WHERE version = $1::bytea"},
    Statement{"contacts",
              "SELECT id FROM mitr.contact WHERE tenant_id = $1::uuid AND id > $2::uuid ORDER BY id"
              " LIMIT $3::int8"},
    // The log has no index for this: an operator asks, not a node.
    Statement{"sent_message",
              "SELECT contact_id, seq, ord FROM mitr.outbox WHERE tenant_id = $1::uuid"
              " AND provider_hash = $2::uuid UNION ALL"
              " SELECT u.contact_id, u.seq, 0::int2 FROM mitr.reply_log l,"
              " unnest(l.contacts, l.seqs, l.providers) AS u (contact_id, seq, provider)"
              " WHERE l.tenant_id = $1::uuid AND l.sent AND u.provider = $2::uuid LIMIT 1"},
    Statement{"ping", "SELECT 1"},
};

}  // namespace

std::span<const Statement> reader_statements() {
  return kStatements;
}

}  // namespace mitr::postgres
