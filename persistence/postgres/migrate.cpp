// The migrator. Works as mitr_owner whoever connects, so that no table ever belongs to a superuser.
#include "persistence/postgres/migrate.h"

#include <array>
#include <chrono>
#include <map>
#include <openssl/evp.h>

#include "persistence/postgres/connection.h"
#include "persistence/postgres/dsn.h"
#include "persistence/postgres/schema_files.h"
#include "protocols/limits.h"

namespace mitr {
namespace postgres {
namespace {

Deadline patience() {
  return std::chrono::steady_clock::now() + limits::kCommitPatience;
}

Error refused(std::string why) {
  return Error{Errc::kRefused, "migration: " + std::move(why)};
}

std::string sha256_hex(std::string_view text) {
  std::array<unsigned char, 32> digest{};
  std::size_t length = 0;
  if (EVP_Q_digest(nullptr, "SHA256", nullptr, text.data(), text.size(), digest.data(), &length) !=
      1)
    return {};
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  for (auto byte : digest) {
    hex += kDigits[byte >> 4];
    hex += kDigits[byte & 15];
  }
  return hex;
}

/// Roles are the cluster's, so another database of it may have made them already.
constexpr const char* kRoles = R"(
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'mitr_owner') THEN
    CREATE ROLE mitr_owner NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'mitr_app') THEN
    CREATE ROLE mitr_app LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB;
  END IF;
  IF NOT pg_has_role(current_user, 'mitr_owner', 'MEMBER') THEN
    EXECUTE format('GRANT mitr_owner TO %I', current_user);
  END IF;
END
$$;
CREATE SCHEMA IF NOT EXISTS mitr AUTHORIZATION mitr_owner;
SET ROLE mitr_owner;
GRANT USAGE ON SCHEMA mitr TO mitr_app;
CREATE TABLE IF NOT EXISTS mitr.schema_version (
  version    integer PRIMARY KEY,
  name       text NOT NULL,
  sha256     text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE mitr.schema_version IS 'exempt from row security: which migrations were applied';
GRANT SELECT ON mitr.schema_version TO mitr_app;
)";

struct Applied {
  std::string sha256;
};

Result<std::map<int, Applied>> read_applied(Connection& connection) {
  connection.queue_sql("SELECT version, sha256 FROM mitr.schema_version ORDER BY version", {});
  auto rows = connection.finish(patience());
  if (!rows) return rows.error();
  std::map<int, Applied> applied;
  for (int row = 0; row < rows->at(0).count(); ++row) {
    applied[rows->at(0).int4(row, 0)] = Applied{rows->at(0).text(row, 1)};
  }
  return applied;
}

Status apply(Connection& connection, const SchemaFile& file) {
  // Version, name and digest are the build's own words; nothing from outside is put into SQL.
  std::string script = "BEGIN;\n";
  script += file.sql;
  script += "\nINSERT INTO mitr.schema_version (version, name, sha256) VALUES (" +
            std::to_string(file.version) + ", '" + std::string(file.name) + "', '" +
            sha256_hex(file.sql) + "');\nCOMMIT;";
  auto done = connection.run_script(script);
  if (!done)
    return Error{done.error().code,
                 "migration " + std::string(file.name) + ": " + done.error().what};
  return Done{};
}

Status apply_missing(Connection& connection) {
  auto applied = read_applied(connection);
  if (!applied) return applied.error();
  const int newest = applied->empty() ? 0 : applied->rbegin()->first;
  const int known = schema_files().back().version;
  if (newest > known) {
    return refused("the schema is version " + std::to_string(newest) +
                   ", newer than this build's " + std::to_string(known));
  }
  for (const auto& file : schema_files()) {
    auto seen = applied->find(file.version);
    if (seen == applied->end()) {
      if (auto done = apply(connection, file); !done) return done;
    } else if (seen->second.sha256 != sha256_hex(file.sql)) {
      return refused(std::string(file.name) +
                     " was edited after it was applied; undo the edit, add a new file");
    }
  }
  return Done{};
}

}  // namespace
}  // namespace postgres

Status migrate(const std::string& dsn_admin) {
  using namespace postgres;
  if (auto allowed = check_dsn(dsn_admin); !allowed) return allowed;
  Connection connection(dsn_admin, Session::kOwner, {});
  if (auto open = connection.open(patience()); !open) return open;
  if (connection.server_version() < kServerVersionMin)
    return refused("PostgreSQL 15 or later is needed");
  // "mitr" in ASCII. Released with the session.
  if (auto locked = connection.run_script("SELECT pg_advisory_lock(1835627634)"); !locked)
    return locked;
  if (auto roles = connection.run_script(kRoles); !roles) {
    return Error{roles.error().code, "migration: roles and schema: " + roles.error().what};
  }
  return apply_missing(connection);
}

}  // namespace mitr
