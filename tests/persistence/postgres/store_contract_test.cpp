// PostgreSQL under the contract.
#include "tests/contract/store_contract.h"

#include <array>

#include "persistence/outbox_rank.h"
#include "tests/contract/test_cluster.h"

namespace mitr::contract {
namespace {

class PostgresHarness : public StoreHarness {
 public:
  PostgresHarness() : look_(TestCluster::shared().dsn_app(), postgres::Session::kRead, {}) {
    auto& cluster = TestCluster::shared();
    auto emptied = cluster.empty();
    EXPECT_TRUE(emptied.ok()) << (emptied.ok() ? "" : emptied.error().what);
    auto opened = open_postgres(cluster.dsn_app());
    EXPECT_TRUE(opened.ok()) << (opened.ok() ? "" : opened.error().what);
    store_ = std::move(*opened);
  }

  Store& store() override { return *store_; }

  std::optional<OutboxStanding> standing(const TenantId& tenant, const OutboxRef& ref) override {
    const std::string seq = std::to_string(ref.seq) + "::int8",
                      ord = std::to_string(ref.ord) + "::int2";
    const std::string sql =
        "SELECT state, error_code, due, dead FROM mitr.outbox WHERE contact_id = $1::uuid AND seq "
        "= " +
        seq + " AND ord = " + ord;
    auto rows = ask(tenant, sql, {postgres::uuid_param(ref.contact.bytes)});
    if (!rows || rows->count() != 1) return std::nullopt;
    const auto state = static_cast<OutboxState>(rows->int2(0, 0));
    EXPECT_EQ(rows->boolean(0, 2), is_open(state));
    EXPECT_EQ(rows->boolean(0, 3), is_dead(state));
    return OutboxStanding{state, rows->int4(0, 1)};
  }

  std::size_t kept_count(const TenantId& tenant) override {
    auto rows = ask(tenant, "SELECT count(*) FROM mitr.kept_webhook", {});
    return rows ? static_cast<std::size_t>(rows->int8(0, 0)) : 0;
  }

 private:
  std::optional<postgres::Rows> ask(const TenantId& tenant, const std::string& sql,
                                    const std::vector<postgres::Param>& params) {
    const auto deadline = std::chrono::steady_clock::now() + 10s;
    if (!look_.open(deadline).ok()) return std::nullopt;
    const std::string setting = to_string(tenant);
    look_.queue_sql(postgres::kSetTenants.sql, std::array<postgres::Param, 1>{setting});
    look_.queue_sql(sql.c_str(), params);
    auto rows = look_.finish(deadline);
    EXPECT_TRUE(rows.ok()) << (rows.ok() ? "" : rows.error().what);
    if (!rows) return std::nullopt;
    return std::move(rows->at(1));
  }

  std::unique_ptr<Store> store_;
  postgres::Connection look_;
};

}  // namespace

INSTANTIATE_TEST_SUITE_P(Postgres, StoreContract, ::testing::Values(MakeHarness([] {
                           return std::make_unique<PostgresHarness>();
                         })));

}  // namespace mitr::contract
