#include "persistence/postgres/store_statements.h"

#include <array>

namespace mitr::postgres {
namespace {

constexpr std::array kStatements{
    kSetTenants,
    Statement{"put_tenant",
              "SELECT id, wrapped_key FROM mitr.put_tenant($1::uuid, $2::text, $3::text, $4::text, "
              "$5::bytea,"
              " $6::text[])"},
    Statement{"revive",
              "UPDATE mitr.outbox SET state = 0, due = true, dead = false, error_code = 0,"
              " provider_hash = NULL, expires = $5::timestamptz WHERE tenant_id = $1::uuid"
              " AND contact_id = $2::uuid AND seq = $3::int8 AND ord = $4::int8 AND dead"
              " RETURNING seq"},
    Statement{"put_records",
              "SELECT added, changed, removed FROM mitr.put_records($1::uuid, $2::text, $3::uuid[],"
              " $4::uuid[], $5::bytea[], $6::uuid[], $7::uuid[], $8::bool)"},
    Statement{"count_import",
              "UPDATE mitr.tenant SET record_imports = record_imports + 1 WHERE id = $1::uuid"},
    Statement{"put_pack",
              "INSERT INTO mitr.pack (version, name, files) VALUES ($1::bytea, $2::text, $3::bytea)"
              " ON CONFLICT DO NOTHING RETURNING version"},
    // $3: bytes of as many versions as are remembered.
    Statement{"deploy_pack",
              "UPDATE mitr.tenant SET packs = CASE WHEN substring(packs FROM 1 FOR 8) = $2::bytea"
              " THEN packs ELSE substring($2::bytea || packs FROM 1 FOR $3::int8::int) END"
              " WHERE id = $1::uuid AND EXISTS (SELECT FROM mitr.pack WHERE version = $2::bytea)"
              " RETURNING id"},
    // Found, or new: a row comes back.
    Statement{
        "put_instruction",
        "WITH known AS (SELECT FROM mitr.contact WHERE tenant_id = $1::uuid AND id = $3::uuid),"
        " filed AS (INSERT INTO mitr.instruction (tenant_id, id, contact_id, number, expires, body)"
        " SELECT $1::uuid, $2::uuid, $3::uuid, $5::text, $6::timestamptz, $7::bytea FROM known"
        " ON CONFLICT DO NOTHING RETURNING tenant_id, id),"
        " waits AS (INSERT INTO mitr.waiting_instruction (tenant_id, id, shard)"
        " SELECT tenant_id, id, $4::int8 FROM filed)"
        " SELECT 1 FROM known"},
    Statement{"put_review",
              "INSERT INTO mitr.review AS r (tenant_id, contact_id, seq, label)"
              " SELECT j.tenant_id, j.conversation_id, j.seq, $4::text FROM mitr.journal j"
              " WHERE j.tenant_id = $1::uuid AND j.conversation_id = $2::uuid AND j.seq = $3::int8"
              " AND j.body <> ''"
              " ON CONFLICT (tenant_id, contact_id, seq)"
              " DO UPDATE SET label = excluded.label, reviewed_at = now() RETURNING r.seq"},
    // Stored now, or the same before: a row comes back.
    Statement{"put_model",
              "WITH fresh AS (INSERT INTO mitr.model (tenant_id, number, manifest, body)"
              " VALUES ($1::uuid, $2::int8::int4, $3::bytea, $4::bytea) ON CONFLICT DO NOTHING"
              " RETURNING number)"
              " SELECT number FROM fresh UNION ALL SELECT number FROM mitr.model"
              " WHERE tenant_id = $1::uuid AND number = $2::int8::int4 AND manifest = $3::bytea"},
    Statement{"drop_models",
              "DELETE FROM mitr.model m WHERE m.tenant_id = $1::uuid"
              " AND m.number <= $2::int8::int4 - $3::int8::int4 AND position(int4send(m.number) IN"
              " (SELECT t.models FROM mitr.tenant t WHERE t.id = $1::uuid)) = 0"},
    Statement{"promote_model",
              "UPDATE mitr.tenant SET models = CASE"
              " WHEN substring(models FROM 1 FOR 4) = int4send($2::int8::int4) THEN models"
              " ELSE substring(int4send($2::int8::int4) || models FROM 1 FOR $3::int8::int) END"
              " WHERE id = $1::uuid AND EXISTS (SELECT FROM mitr.model"
              " WHERE tenant_id = $1::uuid AND number = $2::int8::int4) RETURNING id"},
    Statement{"roll_back_model",
              "UPDATE mitr.tenant SET models = substring(models FROM 5) WHERE id = $1::uuid"
              " AND substring(models FROM 1 FOR 4) = int4send($2::int8::int4) RETURNING id"},
    Statement{"hold_people",
              "SELECT pg_advisory_xact_lock_shared(mitr.lease_class(), mitr.people_lock())"},
    Statement{"erase_contact",
              "SELECT mitr.erase_contact($1::uuid, $2::uuid, $3::int8, $4::int8::int2)"},
    Statement{"clear_roster", "DELETE FROM mitr.roster WHERE tenant_id = $1::uuid"},
    Statement{"put_roster",
              "INSERT INTO mitr.roster (tenant_id, place, role, contact_id, body)"
              " SELECT $1::uuid, t.place, t.role, t.contact_id, t.body"
              " FROM unnest($2::text[], $3::uuid[], $4::bytea[]) WITH ORDINALITY AS t (role, "
              "contact_id, body,"
              " place)"},
};

}  // namespace

std::span<const Statement> store_statements() {
  return kStatements;
}

}  // namespace mitr::postgres
