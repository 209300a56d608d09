// Migrations and the doors that stay shut: wrong roles, wrong schema, wrong ways.
#include "persistence/postgres/migrate.h"

#include <gtest/gtest.h>

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
