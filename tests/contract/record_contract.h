// What every store promises of the tenants' own data.
#pragma once

#include <gmock/gmock.h>

#include "tests/contract/store_harness.h"

namespace mitr::contract {

/// Short words for one tenant's records of one kind.
class Records {
 public:
  Records(Store& store, Reader& reader, const std::string& slug) : store_(store), reader_(reader) {
    auto row = store.put_tenant({random_id<TenantId>(), slug, "A name", "{}", "wrapped", {}});
    EXPECT_TRUE(row.ok());
    if (row.ok()) tenant_ = row->id;
  }

  static TenantRecord record(const KeyedHash& key, std::vector<KeyedHash> finders) {
    return {key, random_hash(), std::move(finders),
            "sealed record " + std::to_string(key.bytes[0])};
  }
  ImportCounts put(const std::vector<TenantRecord>& records, bool whole = false) {
    auto counts = store_.put_records(tenant_, "pupil", records, whole);
    EXPECT_TRUE(counts.ok());
    return counts.ok() ? *counts : ImportCounts{};
  }
  std::vector<std::string> found(const KeyedHash& finder, const std::string& kind = "pupil",
                                 std::size_t limit = 100,
                                 std::optional<KeyedHash> phone = std::nullopt) {
    auto records = reader_.records(tenant_, kind, finder, phone, limit);
    EXPECT_TRUE(records.ok());
    std::vector<std::string> bodies;
    if (!records.ok()) return bodies;
    for (const auto& each : *records) bodies.push_back(each.body);
    return bodies;
  }
  std::vector<std::string> kinds() {
    auto all = reader_.record_kinds();
    EXPECT_TRUE(all.ok());
    if (!all.ok()) return {};
    for (const auto& each : *all) {
      if (each.tenant == tenant_) return each.kinds;
    }
    return {};
  }

  std::uint32_t imports() {
    auto all = reader_.record_kinds();
    EXPECT_TRUE(all.ok());
    if (!all.ok()) return 0;
    for (const auto& each : *all) {
      if (each.tenant == tenant_) return each.imports;
    }
    return 0;
  }
  TenantId tenant() const { return tenant_; }

  const KeyedHash first = random_hash(), second = random_hash();
  const KeyedHash mother = random_hash(), father = random_hash();

 private:
  Store& store_;
  Reader& reader_;
  TenantId tenant_;
};

TEST_P(StoreContract, FindsARecordByEachOfItsFinders) {
  Records of(harness_->store(), *reader_, "one");
  of.put({of.record(of.first, {of.mother, of.father}), of.record(of.second, {of.mother})});
  EXPECT_EQ(of.found(of.mother).size(), 2u);
  EXPECT_EQ(of.found(of.father).size(), 1u);
  EXPECT_TRUE(of.found(random_hash()).empty());
  EXPECT_TRUE(of.found(of.mother, "fee").empty());
}

TEST_P(StoreContract, KeepsTheRecordsOfTenantsApart) {
  Records of(harness_->store(), *reader_, "one");
  Records other(harness_->store(), *reader_, "other");
  of.put({of.record(of.first, {of.mother})});
  EXPECT_TRUE(other.found(of.mother).empty());
  EXPECT_THAT(other.kinds(), testing::IsEmpty());
  EXPECT_THAT(of.kinds(), testing::ElementsAre("pupil"));
}

TEST_P(StoreContract, ImportingTheSameTwiceChangesNothing) {
  Records of(harness_->store(), *reader_, "one");
  const std::vector<TenantRecord> records{of.record(of.first, {of.mother}),
                                          of.record(of.second, {of.father})};
  EXPECT_EQ(of.put(records), (ImportCounts{2, 0, 0, 0}));
  EXPECT_EQ(of.put(records), (ImportCounts{0, 0, 2, 0}));
}

TEST_P(StoreContract, TellsThatRecordsWereImportedAnew) {
  Records of(harness_->store(), *reader_, "one");
  of.put({of.record(of.first, {of.mother})});
  const auto before = of.imports();
  EXPECT_EQ(of.imports(), before);
  of.put({of.record(of.second, {of.mother})});
  EXPECT_NE(of.imports(), before);
}

TEST_P(StoreContract, ReplacesARecordWithItsFinders) {
  Records of(harness_->store(), *reader_, "one");
  of.put({of.record(of.first, {of.mother}), of.record(of.second, {of.mother})});
  auto changed = of.record(of.first, {of.father});
  changed.body = "sealed anew";
  EXPECT_EQ(of.put({changed}), (ImportCounts{0, 1, 0, 0}));
  EXPECT_EQ(of.found(of.mother).size(), 1u);
  EXPECT_THAT(of.found(of.father), testing::ElementsAre("sealed anew"));
}

TEST_P(StoreContract, RemovesWhatAWholeTableLacks) {
  Records of(harness_->store(), *reader_, "one");
  const auto kept = of.record(of.first, {of.mother});
  of.put({kept, of.record(of.second, {of.mother})});
  EXPECT_EQ(of.put({kept}, true), (ImportCounts{0, 0, 1, 1}));
  EXPECT_EQ(of.found(of.mother).size(), 1u);
  EXPECT_EQ(of.put({}, true), (ImportCounts{0, 0, 0, 1}));
  EXPECT_THAT(of.kinds(), testing::IsEmpty());
}

/// What was imported before a phone came to somebody else means its former holder.
TEST_P(StoreContract, FindsNothingOfAPhonesFormerHolderUntilItIsImportedAgain) {
  Records of(harness_->store(), *reader_, "one");
  const auto number = random_hash(), other = random_hash();
  of.put({of.record(of.first, {of.mother})});
  const auto claimed = [&](std::chrono::seconds told) {
    claim_one(claim(of.tenant(), {bsuid(random_hash()), phone(number)}, now_ + told));
  };
  claimed(-120s);
  EXPECT_EQ(of.found(of.mother, "pupil", 100, number).size(), 1u) << "nobody had it before";
  claimed(-60s);
  EXPECT_EQ(of.found(of.mother, "pupil", 100, number).size(), 1u) << "imported after it passed";
  claimed(3600s);
  EXPECT_TRUE(of.found(of.mother, "pupil", 100, number).empty());
  EXPECT_EQ(of.found(of.mother, "pupil", 100, other).size(), 1u);
  EXPECT_EQ(of.found(of.mother).size(), 1u);
}

TEST_P(StoreContract, FindsNoMoreRecordsThanAsked) {
  Records of(harness_->store(), *reader_, "one");
  of.put({of.record(of.first, {of.mother}), of.record(of.second, {of.mother})});
  EXPECT_EQ(of.found(of.mother, "pupil", 1).size(), 1u);
}

}  // namespace mitr::contract
