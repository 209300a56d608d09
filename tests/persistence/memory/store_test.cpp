// The in-memory store under the contract, and its made-up failures.
#include "persistence/memory/store.h"

#include "tests/contract/store_contract.h"

namespace mitr {
namespace {

class MemoryHarness : public contract::StoreHarness {
 public:
  Store& store() override { return store_; }
  std::optional<contract::OutboxStanding> standing(const TenantId& tenant,
                                                   const OutboxRef& ref) override {
    for (const auto& kept : store_.outbox(tenant)) {
      if (kept.row.ref == ref) return contract::OutboxStanding{kept.state, kept.error_code};
    }
    return std::nullopt;
  }
  std::size_t kept_count(const TenantId& tenant) override { return store_.kept(tenant).size(); }

 private:
  MemoryStore store_;
};

Batch one_turn(const TenantId& tenant) {
  Batch batch;
  batch.appends.resize(1);
  batch.appends[0].tenant = tenant;
  batch.appends[0].conversation = random_id<ContactId>();
  batch.appends[0].seq = 1;
  batch.appends[0].message = contract::random_hash();
  return batch;
}

TEST(MemoryStore, FailsACommitBeforeItIsApplied) {
  MemoryStore store;
  auto writer = store.writer();
  const auto batch = one_turn(random_id<TenantId>());
  store.fail_next_commit(Errc::kUnavailable, FailPoint::kBeforeApply, 2);
  EXPECT_EQ(writer->commit(batch).error().code, Errc::kUnavailable);
  EXPECT_EQ(writer->commit(batch).error().code, Errc::kUnavailable);
  EXPECT_EQ(store.turn_count(), 0U);
  EXPECT_EQ(writer->commit(batch)->appends[0], AppendVerdict::kCommitted);
}

TEST(MemoryStore, LosesTheAnswerOfACommitThatWasApplied) {
  MemoryStore store;
  auto writer = store.writer();
  const auto batch = one_turn(random_id<TenantId>());
  store.fail_next_commit(Errc::kUnavailable, FailPoint::kAfterApply);
  EXPECT_EQ(writer->commit(batch).error().code, Errc::kUnavailable);
  EXPECT_EQ(store.turn_count(), 1U);
  EXPECT_EQ(writer->commit(batch)->appends[0], AppendVerdict::kDuplicate);
}

TEST(MemoryStore, FailsARead) {
  MemoryStore store;
  auto reader = store.reader();
  store.fail_next_read(Errc::kUnavailable);
  EXPECT_EQ(reader->ping().error().code, Errc::kUnavailable);
  EXPECT_TRUE(reader->ping().ok());
}

TEST(MemoryStore, StampsRowsByItsClock) {
  const std::chrono::sys_seconds then{std::chrono::seconds{1'700'000'000}};
  MemoryStore store([then] { return then; });
  auto writer = store.writer();
  const auto tenant = random_id<TenantId>();
  ASSERT_TRUE(writer->commit(one_turn(tenant)).ok());
  EXPECT_EQ(store.reader()->turns(tenant, {}, 0, 1)->at(0).row.at, then);
}

}  // namespace
}  // namespace mitr

namespace mitr::contract {
INSTANTIATE_TEST_SUITE_P(Memory, StoreContract, ::testing::Values(MakeHarness([] {
                           return std::make_unique<MemoryHarness>();
                         })));
}  // namespace mitr::contract
