// Tenants cannot see or touch each other: an audit of the catalogue, then an attempt on every
// table. The audit reads what was migrated, so a table added later is held to it without a change
// here.
#include <array>
#include <chrono>
#include <gtest/gtest.h>

#include "persistence/crypto/keys.h"
#include "tests/contract/test_cluster.h"

namespace mitr::contract {
namespace {

using postgres::Connection;
using postgres::Param;
using postgres::Rows;

constexpr const char* kTenantTables[] = {
    "contact",      "alias",       "roster", "journal",       "outbox",      "request",
    "kept_webhook", "reply_log",   "record", "record_finder", "instruction", "lineage",
    "media",        "media_piece", "review", "model",         "erased_name"};

class Isolation : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(TestCluster::shared().empty().ok());
    ASSERT_TRUE(app_.open(patience()).ok());
    ASSERT_TRUE(super_.open(patience()).ok());
  }
  static postgres::Deadline patience() {
    return std::chrono::steady_clock::now() + std::chrono::seconds(10);
  }

  static Result<Rows> ask(Connection& connection, const std::string& sql,
                          const std::string& tenant = "") {
    EXPECT_TRUE(connection.open(patience()).ok());
    if (!tenant.empty())
      connection.queue_sql(postgres::kSetTenants.sql, std::array<Param, 1>{tenant});
    connection.queue_sql(sql.c_str(), {});
    auto rows = connection.finish(patience());
    if (!rows) return rows.error();
    return std::move(rows->back());
  }

  /// The names in the first column of what the catalogue answers.
  std::vector<std::string> audit(const std::string& sql) {
    auto rows = ask(super_, sql);
    EXPECT_TRUE(rows.ok()) << (rows.ok() ? "" : rows.error().what);
    std::vector<std::string> names;
    for (int row = 0; rows && row < rows->count(); ++row) names.push_back(rows->text(row, 0));
    return names;
  }

  /// One row in every table of tenants, for `tenant`.
  static std::string one_row_each(const std::string& tenant) {
    const std::string id = "'" + tenant + "'";
    const std::string some = "'" + to_string(random_id<ContactId>()) + "'";
    return "INSERT INTO mitr.contact (tenant_id, id, wrapped_key, details) VALUES (" + id + "," +
           some + ",'k','d');" + "INSERT INTO mitr.alias VALUES (" + id + "," + some + "," + some +
           ");" + "INSERT INTO mitr.roster VALUES (" + id + ",1,'role'," + some + ",'b');" +
           "INSERT INTO mitr.journal (tenant_id, conversation_id, seq, message_hash, snapshot, "
           "body) VALUES (" +
           id + "," + some + ",1," + some + ",false,'b');" +
           "INSERT INTO mitr.outbox (tenant_id, contact_id, seq, ord, recipient_id, number, lane, "
           "not_before, expires,"
           " body) VALUES (" +
           id + "," + some + ",1,0," + some + ",'1',0,now(),now(),'b');" +
           "INSERT INTO mitr.request (tenant_id, id, contact_id, seq, kind, body) VALUES (" + id +
           "," + some + "," + some + ",1,'leave','b');" +
           "INSERT INTO mitr.kept_webhook (tenant_id, id, reason, body) VALUES (" + id + "," +
           some + ",'r','b');" +
           "INSERT INTO mitr.reply_log (tenant_id, sent, contacts, seqs) VALUES (" + id +
           ",false,'{}','{}');" +
           "INSERT INTO mitr.record (tenant_id, kind, key, content, body) VALUES (" + id + ",'k'," +
           some + "," + some + ",'b');" + "INSERT INTO mitr.instruction VALUES (" + id + "," +
           some + "," + some + ",'1',now(),'b');" +
           "INSERT INTO mitr.review (tenant_id, contact_id, seq, label) VALUES (" + id + "," +
           some + ",1,'leave');" +
           "INSERT INTO mitr.model (tenant_id, number, manifest, body) VALUES (" + id +
           ",1,'m','b');" + "INSERT INTO mitr.media (tenant_id, id, state) VALUES (" + id + "," +
           some + ",0);" + "INSERT INTO mitr.media_piece VALUES (" + id + "," + some + ",0,'b');" +
           "INSERT INTO mitr.erased_name VALUES (" + id + "," + some + ",now(),0);" +
           "INSERT INTO mitr.lineage VALUES (" + id + "," + some + "," + some + ",1,now());" +
           "INSERT INTO mitr.record_finder (tenant_id, kind, hash, key) VALUES (" + id + ",'k'," +
           some + "," + some + ");";
  }

  Connection app_{TestCluster::shared().dsn_app(), postgres::Session::kOwner, {}};
  Connection super_{TestCluster::shared().dsn_superuser(), postgres::Session::kOwner, {}};
};

TEST_F(Isolation, EveryTableOfTenantsIsUnderForcedRowSecurity) {
  const std::string of_tenants =
      "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'mitr'"
      " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT "
      "a.attisdropped"
      " WHERE c.relkind IN ('r', 'p', 'm', 'v') AND c.relname NOT IN ('number', 'timer', "
      "'waiting_instruction', 'standing', 'erasure')";
  EXPECT_EQ(audit("SELECT c.relname::text " + of_tenants).size(), std::size(kTenantTables));
  EXPECT_EQ(audit("SELECT c.relname::text " + of_tenants +
                  " AND NOT (c.relkind = 'r' AND c.relrowsecurity AND c.relforcerowsecurity AND "
                  "a.attnotnull)"),
            std::vector<std::string>{});
  // One policy for all commands and all roles, and it compares on both sides.
  EXPECT_EQ(
      audit(
          "SELECT c.relname::text " + of_tenants +
          " AND 1 <> (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid AND p.polcmd = '*'"
          " AND p.polpermissive AND p.polroles = '{0}'"
          " AND pg_get_expr(p.polqual, c.oid) LIKE '((tenant_id = ANY (( SELECT "
          "(string_to_array(NULLIF(current_setting(%app.tenants%) IS TRUE)'"
          " AND pg_get_expr(p.polwithcheck, c.oid) = pg_get_expr(p.polqual, c.oid))"),
      std::vector<std::string>{});
}

TEST_F(Isolation, EveryKeyOfATenantsTableStartsWithTheTenant) {
  EXPECT_EQ(
      audit("SELECT i.indexrelid::regclass::text FROM pg_index i JOIN pg_class c ON c.oid = "
            "i.indrelid"
            " JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'mitr'"
            " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'"
            " WHERE c.relname NOT IN ('number', 'timer', 'waiting_instruction', 'erasure') AND "
            "i.indkey[0] <> a.attnum"),
      std::vector<std::string>{});
  EXPECT_EQ(
      audit("SELECT k.conname::text FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid"
            " JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'mitr'"
            " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'"
            " WHERE k.contype = 'f' AND NOT a.attnum = ANY (k.conkey)"),
      std::vector<std::string>{});
}

TEST_F(Isolation, AnExemptTableSaysWhy) {
  EXPECT_EQ(
      audit("SELECT c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = 'mitr' AND c.relkind = 'r' AND NOT c.relrowsecurity"
            " AND coalesce(obj_description(c.oid), '') NOT LIKE 'exempt from row security: %'"),
      std::vector<std::string>{});
  EXPECT_EQ(
      audit("SELECT c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = 'mitr' AND c.relkind = 'r' AND NOT c.relrowsecurity ORDER BY 1"),
      (std::vector<std::string>{"erasure", "lease", "number", "pack", "schema_version", "standing",
                                "tenant", "timer", "waiting_instruction"}));
}

TEST_F(Isolation, NothingRunsWithAnothersRights) {
  EXPECT_EQ(
      audit("SELECT p.proname::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
            " WHERE n.nspname = 'mitr' AND (p.prosecdef OR p.proleakproof"
            " OR has_function_privilege('public', p.oid, 'EXECUTE'))"),
      std::vector<std::string>{});
  EXPECT_EQ(
      audit("SELECT c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = 'mitr' AND c.relkind IN ('v', 'm')"),
      std::vector<std::string>{});
  EXPECT_EQ(
      audit("SELECT c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = 'mitr' AND c.relkind = 'r'"
            " AND (pg_get_userbyid(c.relowner) <> 'mitr_owner'"
            " OR has_table_privilege('mitr_app', c.oid, 'TRUNCATE, REFERENCES, TRIGGER'))"),
      std::vector<std::string>{});
  EXPECT_EQ(audit("SELECT rolname::text FROM pg_roles WHERE rolname LIKE 'mitr%'"
                  " AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolreplication)"),
            std::vector<std::string>{});
  EXPECT_EQ(audit("SELECT 'member' WHERE pg_has_role('mitr_app', 'mitr_owner', 'MEMBER')"),
            std::vector<std::string>{});
}

TEST_F(Isolation, ATenantReadsAndChangesNothingOfAnother) {
  const auto mine = to_string(random_id<TenantId>());
  const auto theirs = to_string(random_id<TenantId>());
  const auto of_theirs = " WHERE tenant_id = '" + theirs + "'";
  ASSERT_TRUE(TestCluster::shared().as_superuser(one_row_each(mine) + one_row_each(theirs)).ok());
  for (const std::string table : kTenantTables) {
    SCOPED_TRACE(table);
    const auto count = "SELECT count(*) FROM mitr." + table;
    EXPECT_EQ(ask(app_, count, mine)->int8(0, 0), 1);
    EXPECT_EQ(ask(app_, count + of_theirs, mine)->int8(0, 0), 0);
    EXPECT_EQ(ask(app_, count)->int8(0, 0), 0)
        << "no tenant set, or left over from the last transaction";
    EXPECT_EQ(ask(super_, count)->int8(0, 0), 2);
    // Where the role has no word for it, it is refused; else it meets no row.
    for (const std::string& change :
         {"UPDATE mitr." + table + " SET tenant_id = tenant_id", "DELETE FROM mitr." + table}) {
      auto done = ask(app_, change + of_theirs, mine);
      if (!done) {
        EXPECT_EQ(done.error().code, Errc::kRefused);
      }
    }
    EXPECT_EQ(ask(super_, count)->int8(0, 0), 2);
  }
}

TEST_F(Isolation, ABatchReachesTheTenantsItNamesAndNoOther) {
  const auto one = to_string(random_id<TenantId>());
  const auto two = to_string(random_id<TenantId>());
  const auto other = to_string(random_id<TenantId>());
  const std::string all = one_row_each(one) + one_row_each(two) + one_row_each(other);
  ASSERT_TRUE(TestCluster::shared().as_superuser(all).ok());
  const std::string named = one + "," + two;
  for (const std::string table : kTenantTables) {
    SCOPED_TRACE(table);
    EXPECT_EQ(ask(app_, "SELECT count(*) FROM mitr." + table, named)->int8(0, 0), 2);
    EXPECT_EQ(ask(app_, "SELECT count(*) FROM mitr." + table + " WHERE tenant_id = '" + other + "'",
                  named)
                  ->int8(0, 0),
              0);
  }
  const auto insert = [](const std::string& tenant) {
    return "INSERT INTO mitr.kept_webhook (tenant_id, id, reason, body) VALUES ('" + tenant +
           "',gen_random_uuid(),'r','b')";
  };
  EXPECT_TRUE(ask(app_, insert(two), named).ok());
  EXPECT_FALSE(ask(app_, insert(other), named).ok());
  EXPECT_EQ(app_.last_sqlstate(), "42501");
}

TEST_F(Isolation, ATenantWritesNothingForAnother) {
  const auto mine = to_string(random_id<TenantId>());
  const auto theirs = to_string(random_id<TenantId>());
  const std::string script = one_row_each(theirs);
  std::size_t tried = 0;
  for (std::size_t from = 0; from < script.size(); ++tried) {
    const auto to = script.find(';', from);
    const auto insert = script.substr(from, to - from);
    auto done = ask(app_, insert, mine);
    ASSERT_FALSE(done.ok()) << insert.substr(0, 32);
    EXPECT_EQ(app_.last_sqlstate(), "42501");
    done = ask(app_, insert);
    ASSERT_FALSE(done.ok()) << insert.substr(0, 32);
    from = to + 1;
  }
  EXPECT_EQ(tried, std::size(kTenantTables));
}

TEST_F(Isolation, TheApplicationRemovesHistoryOfTheErasedOnly) {
  const auto mine = to_string(random_id<TenantId>());
  ASSERT_TRUE(TestCluster::shared().as_superuser(one_row_each(mine)).ok());
  for (const std::string table : {"contact", "alias", "lineage", "journal", "outbox", "request"}) {
    SCOPED_TRACE(table);
    ASSERT_TRUE(ask(app_, "DELETE FROM mitr." + table, mine).ok());
    EXPECT_EQ(ask(app_, "SELECT count(*) FROM mitr." + table, mine)->int8(0, 0), 1);
  }
  ASSERT_TRUE(ask(app_,
                  "INSERT INTO mitr.erasure (tenant_id, contact_id) SELECT tenant_id, id FROM"
                  " mitr.contact",
                  mine)
                  .ok());
  for (const std::string table : {"contact", "alias", "lineage", "journal", "outbox", "request"}) {
    SCOPED_TRACE(table);
    ASSERT_TRUE(ask(app_, "DELETE FROM mitr." + table, mine).ok());
    EXPECT_EQ(ask(app_, "SELECT count(*) FROM mitr." + table, mine)->int8(0, 0), 0);
  }
}

TEST_F(Isolation, TheApplicationCannotRewriteHistory) {
  const auto mine = to_string(random_id<TenantId>());
  ASSERT_TRUE(TestCluster::shared().as_superuser(one_row_each(mine)).ok());
  for (const char* change :
       {"UPDATE mitr.journal SET body = 'x'", "TRUNCATE mitr.journal", "DELETE FROM mitr.erasure",
        "UPDATE mitr.outbox SET body = 'x'", "ALTER TABLE mitr.journal DISABLE ROW LEVEL SECURITY",
        "SET ROLE mitr_owner", "DELETE FROM mitr.tenant"}) {
    auto done = ask(app_, change, mine);
    ASSERT_FALSE(done.ok()) << change;
    EXPECT_EQ(app_.last_sqlstate(), "42501") << change;
  }
}

}  // namespace
}  // namespace mitr::contract
