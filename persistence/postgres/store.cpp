// Opening the store, and the rare writes that no batch carries: tenants, rosters, revived letters.
#include "persistence/postgres/store.h"

#include <algorithm>
#include <array>
#include <mutex>

#include "persistence/postgres/connection.h"
#include "persistence/postgres/dsn.h"
#include "persistence/postgres/leases.h"
#include "persistence/postgres/migrate.h"
#include "persistence/postgres/reader.h"
#include "persistence/postgres/schema_files.h"
#include "persistence/postgres/store_statements.h"
#include "persistence/postgres/writer.h"
#include "protocols/limits.h"

namespace mitr {
namespace postgres {
namespace {

Deadline patience() {
  return std::chrono::steady_clock::now() + limits::kCommitPatience;
}

class PostgresStore : public Store {
 public:
  explicit PostgresStore(std::string dsn)
      : dsn_(std::move(dsn)), connection_(dsn_, Session::kWrite, store_statements()) {}

  std::unique_ptr<Writer> writer() override { return std::make_unique<PostgresWriter>(dsn_); }
  std::unique_ptr<Reader> reader() override { return std::make_unique<PostgresReader>(dsn_); }
  std::unique_ptr<Leases> leases() override { return std::make_unique<PostgresLeases>(dsn_); }

  Result<TenantRow> put_tenant(const TenantRow& given) override {
    TenantRow row = given;
    std::sort(row.numbers.begin(), row.numbers.end());
    row.numbers.erase(std::unique(row.numbers.begin(), row.numbers.end()), row.numbers.end());
    ArrayColumn numbers(Oid::kText);
    numbers.clear();
    for (const auto& number : row.numbers) numbers.add(number);
    auto stored = write([&] {
      connection_.queue("put_tenant",
                        std::array<Param, 6>{uuid_param(row.id.bytes), row.slug, row.name,
                                             row.settings, row.wrapped_key, numbers.param()});
    });
    if (!stored) {
      if (stored.error().code != Errc::kRefused) return stored.error();
      const bool number = connection_.last_sqlstate() == "MT001";
      return Error{Errc::kRefused, "tenant " + row.slug +
                                       (number ? ": another tenant holds one of its numbers"
                                               : ": its id is taken")};
    }
    row.id.bytes = stored->at(0).uuid(0, 0);
    row.wrapped_key = stored->at(0).text(0, 1);
    return row;
  }

  Status revive(const TenantId& tenant, const OutboxRef& ref,
                std::chrono::sys_seconds expires) override {
    const std::string setting = to_string(tenant);
    const Int8Param seq(static_cast<std::int64_t>(ref.seq));
    const Int8Param ord(ref.ord);
    const Int8Param until(to_server_time(expires));
    auto done = write([&] {
      connection_.queue(kSetTenants.name, std::array<Param, 1>{setting});
      connection_.queue(
          "revive", std::array<Param, 5>{uuid_param(tenant.bytes), uuid_param(ref.contact.bytes),
                                         seq.param(), ord.param(), until.param()});
    });
    if (!done) return done.error();
    if (done->at(1).count() == 0) return Error{Errc::kNotFound, "no such dead letter"};
    return Done{};
  }

  Result<ImportCounts> put_records(const TenantId& tenant, const std::string& kind,
                                   const std::vector<TenantRecord>& records, bool whole) override {
    ArrayColumn key(Oid::kUuid), content(Oid::kUuid), body(Oid::kBytea);
    ArrayColumn hash(Oid::kUuid), owner(Oid::kUuid);
    for (ArrayColumn* column : {&key, &content, &body, &hash, &owner}) column->clear();
    for (const auto& record : records) {
      key.add(record.key.bytes);
      content.add(record.content.bytes);
      body.add(record.body);
      for (const auto& finder : record.finders) {
        hash.add(finder.bytes);
        owner.add(record.key.bytes);
      }
    }
    const std::string setting = to_string(tenant);
    const std::string all(1, whole ? '\1' : '\0');
    auto done = write([&] {
      connection_.queue(kSetTenants.name, std::array<Param, 1>{setting});
      connection_.queue(
          "put_records",
          std::array<Param, 8>{uuid_param(tenant.bytes), kind, key.param(), content.param(),
                               body.param(), hash.param(), owner.param(), all});
      connection_.queue("count_import", std::array<Param, 1>{uuid_param(tenant.bytes)});
    });
    if (!done) return done.error();
    const Rows& counts = done->at(1);
    ImportCounts counted;
    counted.added = static_cast<std::size_t>(counts.int8(0, 0));
    counted.changed = static_cast<std::size_t>(counts.int8(0, 1));
    counted.removed = static_cast<std::size_t>(counts.int8(0, 2));
    counted.same = records.size() - counted.added - counted.changed;
    return counted;
  }

  Result<bool> put_pack(const PackRow& row) override {
    auto stored = write([&] {
      connection_.queue("put_pack",
                        std::array<Param, 3>{hash_param(row.version), row.name, row.files});
    });
    if (!stored) return stored.error();
    return stored->at(0).count() == 1;
  }

  Status deploy_pack(const TenantId& tenant, const PackHash& version) override {
    const Int8Param most(static_cast<std::int64_t>(version.size() * limits::kPackVersionsMax));
    auto done = write([&] {
      connection_.queue("deploy_pack", std::array<Param, 3>{uuid_param(tenant.bytes),
                                                            hash_param(version), most.param()});
    });
    if (!done) return done.error();
    if (done->at(0).count() == 0) return Error{Errc::kNotFound, "no such tenant or version"};
    return Done{};
  }

  Status put_instruction(const InstructionRow& row) override {
    const auto& name = row.name;
    const std::string setting = to_string(name.tenant);
    const Int8Param shard(shard_of(row.contact));
    const Int8Param expires(to_server_time(row.expires));
    auto done = write([&] {
      connection_.queue("hold_people", {});
      connection_.queue(kSetTenants.name, std::array<Param, 1>{setting});
      connection_.queue(
          "put_instruction",
          std::array<Param, 7>{uuid_param(name.tenant.bytes), uuid_param(name.id.bytes),
                               uuid_param(row.contact.bytes), shard.param(), row.number,
                               expires.param(), row.body});
    });
    if (!done) return done.error();
    if (done->at(2).count() == 0) return Error{Errc::kNotFound, "no such contact"};
    return Done{};
  }

  Status put_review(const TenantId& tenant, const ReviewRow& row) override {
    const Int8Param seq(static_cast<std::int64_t>(row.turn.seq));
    auto done = write_of(tenant, [&] {
      connection_.queue("hold_people", {});
      connection_.queue("put_review", std::array<Param, 4>{uuid_param(tenant.bytes),
                                                           uuid_param(row.turn.contact.bytes),
                                                           seq.param(), row.label});
    });
    return found(done, "no such turn", 2);
  }

  Status put_model(const TenantId& tenant, const ModelRow& row) override {
    const Int8Param number(row.number);
    const Int8Param kept(static_cast<std::int64_t>(limits::kModelsKept));
    auto done = write_of(tenant, [&] {
      connection_.queue("put_model", std::array<Param, 4>{uuid_param(tenant.bytes), number.param(),
                                                          row.manifest, row.body});
      connection_.queue("drop_models", std::array<Param, 3>{uuid_param(tenant.bytes),
                                                            number.param(), kept.param()});
    });
    if (!done) return done.error();
    if (done->at(1).count() == 0) return Error{Errc::kRefused, "another model has this number"};
    return Done{};
  }

  Status promote_model(const TenantId& tenant, std::uint32_t number) override {
    const Int8Param wanted(number);
    const Int8Param most(static_cast<std::int64_t>(4 * limits::kModelsPromotedMax));
    auto done = write_of(tenant, [&] {
      connection_.queue("promote_model", std::array<Param, 3>{uuid_param(tenant.bytes),
                                                              wanted.param(), most.param()});
    });
    return found(done, "the tenant has no such model");
  }

  Status roll_back_model(const TenantId& tenant, std::uint32_t number) override {
    const Int8Param live(number);
    auto done = write_of(tenant, [&] {
      connection_.queue("roll_back_model",
                        std::array<Param, 2>{uuid_param(tenant.bytes), live.param()});
    });
    return found(done, "that model is not live");
  }

  Status erase_contact(const TenantId& tenant, const Erasure& erasure) override {
    const Int8Param seq(static_cast<std::int64_t>(erasure.last_seq));
    const Int8Param stops(erasure.withdrawn);
    auto done = write_of(tenant, [&] {
      connection_.queue("erase_contact", std::array<Param, 4>{uuid_param(tenant.bytes),
                                                              uuid_param(erasure.contact.bytes),
                                                              seq.param(), stops.param()});
    });
    if (!done) {
      // A turn that was being written took the place of the tombstone.
      const auto& sqlstate = connection_.last_sqlstate();
      if (sqlstate == "MT004" || sqlstate == "23505")
        return Error{Errc::kFenced, "the conversation went on meanwhile"};
      return done.error();
    }
    if (!done->at(1).boolean(0, 0)) return Error{Errc::kNotFound, "no such contact"};
    return Done{};
  }

  Status put_roster(const TenantId& tenant, const std::vector<RosterRow>& roster) override {
    ArrayColumn role(Oid::kText), contact(Oid::kUuid), body(Oid::kBytea);
    for (ArrayColumn* column : {&role, &contact, &body}) column->clear();
    for (const auto& row : roster) {
      role.add(row.role);
      contact.add(row.contact.bytes);
      body.add(row.body);
    }
    const std::string setting = to_string(tenant);
    const Param id = uuid_param(tenant.bytes);
    auto done = write([&] {
      connection_.queue(kSetTenants.name, std::array<Param, 1>{setting});
      connection_.queue("clear_roster", std::array<Param, 1>{id});
      connection_.queue("put_roster",
                        std::array<Param, 4>{id, role.param(), contact.param(), body.param()});
    });
    if (!done) return done.error();
    return Done{};
  }

 private:
  /// The same on the tenant's own rows; the answer to the setting comes first.
  template <class Ask>
  Result<std::vector<Rows>> write_of(const TenantId& tenant, Ask ask) {
    const std::string setting = to_string(tenant);
    return write([&] {
      connection_.queue(kSetTenants.name, std::array<Param, 1>{setting});
      ask();
    });
  }

  /// kNotFound if the one statement on the tenant's rows found none.
  static Status found(const Result<std::vector<Rows>>& done, const char* missing,
                      std::size_t at = 1) {
    if (!done) return done.error();
    if (done->at(at).count() == 0) return Error{Errc::kNotFound, missing};
    return Done{};
  }

  /// Both writes may be repeated, so a lost connection is simply tried once more.
  template <class Ask>
  Result<std::vector<Rows>> write(Ask ask) {
    const std::lock_guard lock(mutex_);
    Error last;
    for (int attempt = 0; attempt < 2; ++attempt) {
      if (auto open = connection_.open(patience()); !open) {
        last = open.error();
        continue;
      }
      ask();
      auto rows = connection_.finish(patience());
      if (rows || !may_retry(rows.error().code)) return rows;
      last = rows.error();
    }
    return last;
  }

  std::string dsn_;
  std::mutex mutex_;
  Connection connection_;
};

Error refused(std::string why) {
  return Error{Errc::kRefused, "the database is refused: " + std::move(why)};
}

/// A role that row security does not bind would make every other promise void.
Status check_role(Connection& connection) {
  connection.queue_sql(
      "SELECT r.rolsuper, r.rolbypassrls, EXISTS (SELECT FROM pg_class c JOIN pg_namespace n"
      " ON n.oid = c.relnamespace WHERE n.nspname = 'mitr' AND c.relkind = 'r'"
      " AND pg_has_role(r.oid, c.relowner, 'MEMBER')), to_regclass('mitr.schema_version') IS NOT "
      "NULL"
      " FROM pg_roles r WHERE r.rolname = current_user",
      {});
  auto rows = connection.finish(patience());
  if (!rows) return rows.error();
  const Rows& role = rows->at(0);
  if (role.count() != 1) return refused("its role is unknown");
  if (role.boolean(0, 0))
    return refused("its role is a superuser, whom row security does not bind; use mitr_app");
  if (role.boolean(0, 1)) return refused("its role bypasses row security; use mitr_app");
  if (role.boolean(0, 2)) return refused("its role owns the tables; use mitr_app");
  if (!role.boolean(0, 3)) return refused("it has no schema yet; run: mitr store init --admin DSN");
  return Done{};
}

Status check_schema(Connection& connection) {
  connection.queue_sql("SELECT count(*)::int4 FROM mitr.schema_version", {});
  connection.queue_sql(
      "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
      " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT "
      "a.attisdropped"
      " WHERE n.nspname = 'mitr' AND c.relkind IN ('r', 'p') AND c.relname NOT IN ('number', "
      "'timer', 'waiting_instruction', 'standing', 'erasure')"
      " AND NOT (c.relrowsecurity AND c.relforcerowsecurity)",
      {});
  auto rows = connection.finish(patience());
  if (!rows) return rows.error();
  const int stored = rows->at(0).int4(0, 0);
  const int ours = static_cast<int>(schema_files().size());
  if (stored != ours) {
    return refused(
        "its schema is version " + std::to_string(stored) + ", this build needs " +
        std::to_string(ours) +
        (stored < ours ? "; run: mitr store init --admin DSN" : "; install the newer build"));
  }
  if (rows->at(1).int8(0, 0) != 0) return refused("a table of tenants lacks forced row security");
  return Done{};
}

}  // namespace
}  // namespace postgres

Result<std::unique_ptr<Store>> open_postgres(const std::string& dsn) {
  if (auto allowed = postgres::check_dsn(dsn); !allowed) return allowed.error();
  postgres::Connection connection(dsn, postgres::Session::kOwner, {});
  if (auto open = connection.open(postgres::patience()); !open) return open.error();
  if (connection.server_version() < postgres::kServerVersionMin) {
    return postgres::refused("PostgreSQL 15 or later is needed");
  }
  if (auto role = postgres::check_role(connection); !role) return role.error();
  if (auto schema = postgres::check_schema(connection); !schema) return schema.error();
  return std::unique_ptr<Store>(std::make_unique<postgres::PostgresStore>(dsn));
}

}  // namespace mitr
