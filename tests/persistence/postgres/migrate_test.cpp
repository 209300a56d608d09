// Migrations and the doors that stay shut: wrong roles, wrong schema, wrong ways.
#include "persistence/postgres/migrate.h"

#include <chrono>
#include <gtest/gtest.h>

#include "persistence/crypto/keys.h"
#include "persistence/postgres/dsn.h"
#include "persistence/postgres/schema_files.h"
#include "tests/contract/test_cluster.h"

namespace mitr::contract {
namespace {

Errc code_of(const Result<std::unique_ptr<Store>>& store) {
  return store.ok() ? Errc{} : store.error().code;
}

/// `dsn` with another database or role.
std::string with(const std::string& dsn, const std::string& setting) {
  return dsn + " " + setting;
}

TEST(Migrate, DoneAgainChangesNothing) {
  auto& cluster = TestCluster::shared();
  EXPECT_TRUE(migrate(cluster.dsn_owner()).ok());
  EXPECT_TRUE(migrate(cluster.dsn_superuser()).ok());
  EXPECT_TRUE(open_postgres(cluster.dsn_app()).ok());
}

TEST(Migrate, NumbersItsFilesWithoutGaps) {
  int expected = 1;
  for (const auto& file : postgres::schema_files()) EXPECT_EQ(file.version, expected++);
  EXPECT_GT(expected, 1);
}

TEST(Migrate, MakesAnEmptyDatabaseReadyForASuperuser) {
  auto& cluster = TestCluster::shared();
  ASSERT_TRUE(cluster.as_superuser("CREATE DATABASE mitr_second").ok());
  const auto app = with(cluster.dsn_app(), "dbname=mitr_second");
  auto early = open_postgres(app);
  EXPECT_EQ(code_of(early), Errc::kRefused);
  EXPECT_NE(early.error().what.find("mitr store init"), std::string::npos);
  auto done = migrate(with(cluster.dsn_superuser(), "dbname=mitr_second"));
  ASSERT_TRUE(done.ok()) << done.error().what;
  EXPECT_TRUE(open_postgres(app).ok());
  EXPECT_TRUE(cluster.as_superuser("DROP DATABASE mitr_second").ok());
}

TEST(Migrate, RefusesANewerSchemaAndAnEditedFile) {
  auto& cluster = TestCluster::shared();
  ASSERT_TRUE(
      cluster.as_owner("INSERT INTO mitr.schema_version VALUES (9999, '9999_future', 'x')").ok());
  EXPECT_EQ(migrate(cluster.dsn_owner()).error().code, Errc::kRefused);
  EXPECT_EQ(code_of(open_postgres(cluster.dsn_app())), Errc::kRefused);
  ASSERT_TRUE(cluster.as_owner("DELETE FROM mitr.schema_version WHERE version = 9999").ok());
  ASSERT_TRUE(
      cluster.as_owner("UPDATE mitr.schema_version SET sha256 = 'x' || sha256 WHERE version = 1")
          .ok());
  EXPECT_EQ(migrate(cluster.dsn_owner()).error().code, Errc::kRefused);
  ASSERT_TRUE(
      cluster
          .as_owner("UPDATE mitr.schema_version SET sha256 = substr(sha256, 2) WHERE version = 1")
          .ok());
  EXPECT_TRUE(migrate(cluster.dsn_owner()).ok());
}

/// Takes a store back to what the first two files made of it, as far as the third cares.
constexpr const char* kBeforeTheLog =
    "DO $$ DECLARE subject text; BEGIN"
    " FOREACH subject IN ARRAY ARRAY['contact', 'alias', 'roster', 'journal', 'outbox', 'request',"
    " 'kept_webhook'] LOOP"
    " EXECUTE format('DROP POLICY named_tenants ON mitr.%I', subject);"
    " EXECUTE format('CREATE POLICY own_tenant ON mitr.%I USING (true)', subject);"
    " END LOOP; END $$;"
    "DROP TABLE mitr.reply_log; DROP FUNCTION mitr.refuse_stale();"
    "CREATE FUNCTION mitr.fence(smallint[], integer[]) RETURNS void LANGUAGE sql AS 'SELECT';"
    "CREATE INDEX journal_reply ON mitr.journal (tenant_id, created_at) WHERE reply IS NOT NULL;"
    "DELETE FROM mitr.schema_version WHERE version = 3";

TEST(Migrate, TakesOverRepliesFromBeforeTheLogThatMayStillHaveToLeave) {
  auto& cluster = TestCluster::shared();
  ASSERT_TRUE(cluster.empty().ok());
  ASSERT_TRUE(cluster.as_owner(kBeforeTheLog).ok());
  const auto tenant = random_id<TenantId>();
  const auto open = random_id<ContactId>(), sent = random_id<ContactId>();
  const auto said = [&](const ContactId& who) {
    return "INSERT INTO mitr.journal (tenant_id, conversation_id, seq, message_hash, snapshot, "
           "body,"
           " number, expires, reply) VALUES ('" +
           to_string(tenant) + "','" + to_string(who) +
           "',1,gen_random_uuid(),false,'b','1065','infinity','sealed reply');";
  };
  const std::string fate =
      "INSERT INTO mitr.outbox (tenant_id, contact_id, seq, ord, recipient_id, number, lane, state,"
      " due, not_before, expires, body) VALUES ('" +
      to_string(tenant) + "','" + to_string(sent) + "',1,0,'" + to_string(sent) +
      "','',0,2,false,now(),now(),'')";
  ASSERT_TRUE(cluster.as_superuser(said(open) + said(sent) + fate).ok());
  ASSERT_TRUE(migrate(cluster.dsn_owner()).ok());
  // What the table that was dropped had been given by later files.
  ASSERT_TRUE(
      cluster.as_owner("GRANT UPDATE (contacts, seqs, providers) ON mitr.reply_log TO mitr_app")
          .ok());
  auto store = open_postgres(cluster.dsn_app());
  ASSERT_TRUE(store.ok());
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const auto found = (*store)->reader()->unanswered(
      tenant, {now - std::chrono::minutes(5), now + std::chrono::minutes(5)}, 10);
  ASSERT_TRUE(found.ok());
  ASSERT_EQ(found->size(), 1U);
  EXPECT_EQ(found->front().row.ref, (OutboxRef{open, 1, 0}));
  EXPECT_EQ(found->front().row.body, "sealed reply");
}

TEST(OpenPostgres, RefusesRolesThatRowSecurityDoesNotBind) {
  auto& cluster = TestCluster::shared();
  auto super = open_postgres(cluster.dsn_superuser());
  EXPECT_EQ(code_of(super), Errc::kRefused);
  EXPECT_NE(super.error().what.find("superuser"), std::string::npos);
  auto owner = open_postgres(cluster.dsn_owner());
  EXPECT_EQ(code_of(owner), Errc::kRefused);
  EXPECT_NE(owner.error().what.find("owns"), std::string::npos);

  ASSERT_TRUE(cluster.as_superuser("ALTER ROLE mitr_app BYPASSRLS").ok());
  EXPECT_EQ(code_of(open_postgres(cluster.dsn_app())), Errc::kRefused);
  ASSERT_TRUE(
      cluster.as_superuser("ALTER ROLE mitr_app NOBYPASSRLS; GRANT mitr_owner TO mitr_app").ok());
  EXPECT_EQ(code_of(open_postgres(cluster.dsn_app())), Errc::kRefused);
  ASSERT_TRUE(cluster.as_superuser("REVOKE mitr_owner FROM mitr_app").ok());
  EXPECT_TRUE(open_postgres(cluster.dsn_app()).ok());
}

TEST(OpenPostgres, RefusesATableWithoutForcedRowSecurity) {
  auto& cluster = TestCluster::shared();
  ASSERT_TRUE(cluster.as_owner("ALTER TABLE mitr.outbox NO FORCE ROW LEVEL SECURITY").ok());
  EXPECT_EQ(code_of(open_postgres(cluster.dsn_app())), Errc::kRefused);
  ASSERT_TRUE(cluster.as_owner("ALTER TABLE mitr.outbox FORCE ROW LEVEL SECURITY").ok());
  EXPECT_TRUE(open_postgres(cluster.dsn_app()).ok());
}

TEST(Dsn, MayLeaveTheMachineOnlyWithACheckedName) {
  using postgres::check_dsn;
  for (const char* local :
       {"dbname=mitr", "host=/run/postgresql dbname=mitr", "postgresql://localhost/mitr",
        "postgresql://127.0.0.1:5433/mitr", "host=::1", "host=localhost,127.0.0.1"}) {
    EXPECT_TRUE(check_dsn(local).ok()) << local;
  }
  for (const char* remote : {"host=db.example", "postgresql://db.example/mitr?sslmode=require",
                             "host=localhost,db.example", "host=localhost hostaddr=192.0.2.1",
                             "host=db.example sslmode=verify-ca", "service=mitr"}) {
    EXPECT_EQ(check_dsn(remote).error().code, Errc::kRefused) << remote;
  }
  EXPECT_TRUE(check_dsn("host=db.example sslmode=verify-full").ok());
  const auto broken = check_dsn("host=db.example password=hush =");
  ASSERT_FALSE(broken.ok());
  EXPECT_EQ(broken.error().code, Errc::kInvalidConfig);
  EXPECT_EQ(broken.error().what.find("hush"), std::string::npos);
}

TEST(OpenPostgres, IsUnavailableWithoutAServer) {
  TestFolder nobody;
  EXPECT_EQ(code_of(open_postgres("host=" + nobody.path().string() + " dbname=mitr user=mitr_app")),
            Errc::kUnavailable);
}

}  // namespace
}  // namespace mitr::contract
