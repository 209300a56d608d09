// Plans are made when tables are still empty and kept while they grow: each must probe by its whole
// key. A plan that walks a tenant's rows is as fast in a small test, and a thousand times slower in
// its second month.
#include <chrono>
#include <gtest/gtest.h>

#include "persistence/postgres/batch_statements.h"
#include "persistence/postgres/reader_statements.h"
#include "tests/contract/test_cluster.h"

namespace mitr::contract {
namespace {

class Plan : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(TestCluster::shared().empty().ok()); }

  /// The plan of a prepared statement whose parameters are all null.
  static std::string of(const std::string& statement, int parameters) {
    return of(postgres::batch_statements(), statement, parameters);
  }
  static std::string of_reader(const std::string& statement, int parameters) {
    return of(postgres::reader_statements(), statement, parameters);
  }

  static std::string of(std::span<const postgres::Statement> statements,
                        const std::string& statement, int parameters) {
    postgres::Connection session(TestCluster::shared().dsn_app(), postgres::Session::kWrite,
                                 statements);
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    EXPECT_TRUE(session.open(deadline).ok());
    std::string sql = "EXPLAIN EXECUTE " + statement + "(NULL";
    for (int i = 1; i < parameters; ++i) sql += ", NULL";
    session.queue_sql((sql + ")").c_str(), {});
    auto rows = session.finish(deadline);
    EXPECT_TRUE(rows.ok()) << (rows.ok() ? "" : rows.error().what);
    std::string plan;
    for (int row = 0; rows.ok() && row < rows->at(0).count(); ++row)
      plan += rows->at(0).text(row, 0) + "\n";
    return plan;
  }

  static bool contains(const std::string& plan, const std::string& part) {
    return plan.find(part) != std::string::npos;
  }
};

TEST_F(Plan, FindsAMarksRowByItsWholeKey) {
  const auto plan = of("marks_by_ref", 7);
  EXPECT_TRUE(contains(plan,
                       "Index Cond: ((tenant_id = m.tenant_id) AND (contact_id = m.contact_id) AND "
                       "(seq = m.seq) AND "
                       "(ord = m.ord))"))
      << plan;
}

TEST_F(Plan, LooksForAnErasureByItsWholeKey) {
  const auto plan = of("marks_of_replies", 6);
  EXPECT_TRUE(
      contains(plan, "Index Cond: ((tenant_id = m.tenant_id) AND (contact_id = m.contact_id))"))
      << plan;
}

TEST_F(Plan, FindsAMarksRowByTheProvidersId) {
  const auto plan = of("marks_by_provider", 4);
  EXPECT_TRUE(
      contains(plan, "Index Cond: ((tenant_id = m.tenant_id) AND (provider_hash = m.provider))"))
      << plan;
}

TEST_F(Plan, FindsTheContactOfNewDetailsByItsKey) {
  const auto plan = of("turns_filed", 37);
  EXPECT_TRUE(contains(plan, "Index Cond: ((tenant_id = t_2.tenant_id) AND (id = t_2.contact_id))"))
      << plan;
}

TEST_F(Plan, FindsTheTimerThatATurnEndsByItsKey) {
  const auto plan = of("turns_filed", 37);
  EXPECT_TRUE(
      contains(plan, "Index Cond: ((tenant_id = t_4.tenant_id) AND (contact_id = t_4.contact_id))"))
      << plan;
}

TEST_F(Plan, FindsAClaimedRowByItsWholeKey) {
  const auto plan = of("claimed", 4);
  EXPECT_TRUE(contains(plan,
                       "Index Cond: ((tenant_id = m.tenant_id) AND (contact_id = m.contact_id) AND "
                       "(seq = m.seq) AND "
                       "(ord = m.ord))"))
      << plan;
}

TEST_F(Plan, FindsATimerToResetByItsKey) {
  const auto plan = of("resets", 4);
  EXPECT_TRUE(
      contains(plan, "Index Cond: ((tenant_id = t.tenant_id) AND (contact_id = t.contact_id))"))
      << plan;
  EXPECT_TRUE(
      contains(plan, "Index Cond: ((tenant_id = t_1.tenant_id) AND (contact_id = t_1.contact_id))"))
      << plan;
}

TEST_F(Plan, FindsByTheirKeysWhatAPlainTurnMoves) {
  EXPECT_TRUE(contains(of("details", 5),
                       "Index Cond: ((tenant_id = t.tenant_id) AND (id = t.contact_id))"));
  EXPECT_TRUE(contains(of("disarmed", 4),
                       "Index Cond: ((tenant_id = t.tenant_id) AND (contact_id = t.contact_id))"));
}

TEST_F(Plan, AsksOnceAHashWhichTurnsWentIn) {
  const auto plan = of("turns_filed", 37);
  EXPECT_TRUE(contains(plan, "hashed SubPlan")) << plan;
}

TEST_F(Plan, FindsAClaimsNamesAndPeopleByTheirKeys) {
  const auto plan = of("claims", 12);
  EXPECT_TRUE(contains(plan, "Index Cond: ((tenant_id = n.tenant_id) AND (hash = n.hash))"))
      << plan;
  EXPECT_TRUE(contains(plan, "Index Cond: ((tenant_id = o.tenant_id) AND (id = o.contact_id))"))
      << plan;
}

TEST_F(Plan, FindsByTheirKeysTheHoldersOfMessages) {
  const auto plan = of("lookup", 2);
  EXPECT_TRUE(
      contains(plan, "Index Cond: ((tenant_id = w.tenant_id) AND (message_hash = w.message))"))
      << plan;
}

TEST_F(Plan, APlainTurnIsAnInsertAndNothingElse) {
  const auto plan = of("turns", 12);
  EXPECT_FALSE(contains(plan, "Join")) << plan;
  EXPECT_FALSE(contains(plan, "CTE")) << plan;
  // The one loop is the fence's.
  const auto loop = plan.find("Nested Loop");
  EXPECT_EQ(plan.find("Nested Loop", loop + 1), std::string::npos) << plan;
  EXPECT_LT(plan.find("InitPlan"), loop) << plan;
}

TEST_F(Plan, TheFenceIsLookedAtOnceForAllTurns) {
  const auto plan = of("turns", 12);
  const auto lease = plan.find("Index Cond: (shard = ");
  ASSERT_NE(lease, std::string::npos) << plan;
  EXPECT_NE(plan.find("One-Time Filter", lease), std::string::npos) << plan;
}

TEST_F(Plan, WakesAConversationFromItsLastSnapshotOn) {
  const auto plan = of_reader("since_snapshot", 2);
  EXPECT_TRUE(contains(plan, "(conversation_id = $2) AND (seq >= $")) << plan;
}

TEST_F(Plan, FindsRecordsAndWhetherTheirPhonePassedByTheirKeys) {
  const auto plan = of_reader("records", 5);
  EXPECT_TRUE(contains(plan, "Index Cond: ((tenant_id = $1) AND (hash = $5))")) << plan;
  EXPECT_FALSE(contains(plan, "Seq Scan")) << plan;
}

TEST_F(Plan, FindsInstructionsByTheirKeys) {
  EXPECT_TRUE(contains(of_reader("instructions", 2),
                       "Index Cond: ((tenant_id = w.tenant_id) AND (id = w.id))"));
  EXPECT_TRUE(
      contains(of("instructed", 2), "Index Cond: ((tenant_id = d.tenant_id) AND (id = d.id))"));
}

TEST_F(Plan, EndsWithTheLimitWhereABacklogIsLong) {
  const auto plan = of_reader("unanswered", 4);
  const auto limit = plan.find("Limit");
  ASSERT_NE(limit, std::string::npos) << plan;
  EXPECT_EQ(plan.find("Sort", limit), std::string::npos) << plan;
}

}  // namespace
}  // namespace mitr::contract
