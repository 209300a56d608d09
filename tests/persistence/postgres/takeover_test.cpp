// Goal: a node that stopped in the middle of a batch holds no shard for ever. Method: a session
// that has taken the batch's locks and says no more; leases that have run out.
#include <gtest/gtest.h>

#include "persistence/postgres/connection.h"
#include "persistence/postgres/leases.h"
#include "tests/contract/test_cluster.h"

namespace mitr::contract {
namespace {

using namespace std::chrono_literals;
using postgres::Connection;
using postgres::PostgresLeases;

TEST(Takeover, EndsAWriterThatStoppedInTheMiddle) {
  auto& cluster = TestCluster::shared();
  ASSERT_TRUE(cluster.empty().ok());
  PostgresLeases first(cluster.dsn_app());
  ASSERT_TRUE(first.hold(60s, {}).ok());
  Connection stopped(cluster.dsn_app(), postgres::Session::kOwner, {});
  ASSERT_TRUE(stopped.open(std::chrono::steady_clock::now() + 20s).ok());
  ASSERT_TRUE(stopped
                  .run_script("BEGIN; SELECT count(pg_advisory_xact_lock_shared("
                              "mitr.lease_class(), s)) FROM generate_series(3, 7) AS s")
                  .ok());

  PostgresLeases second(cluster.dsn_app());
  const auto early = second.hold(60s, {});
  ASSERT_TRUE(early.ok()) << early.error().what;
  EXPECT_FALSE(early->front().mine) << "who holds a lease is not disturbed";
  EXPECT_TRUE(stopped.run_script("SELECT 1").ok());

  ASSERT_TRUE(cluster.as_owner("UPDATE mitr.lease SET expires = '-infinity'").ok());
  const auto late = second.hold(60s, {});
  ASSERT_TRUE(late.ok()) << late.error().what;
  for (const auto& lease : *late) {
    EXPECT_TRUE(lease.mine);
    EXPECT_EQ(lease.epoch, early->front().epoch + 1);
  }
  EXPECT_FALSE(stopped.run_script("COMMIT").ok()) << "what it would have written is undone";
}

}  // namespace
}  // namespace mitr::contract
