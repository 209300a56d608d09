// The promises about packs as rows, and about finding what was said.
#pragma once

#include "protocols/limits.h"
#include "tests/contract/store_harness.h"

namespace mitr::contract {

inline PackHash pack_hash(std::uint8_t number) {
  return {number, 0, 0, 0, 0, 0, 0, 1};
}

TEST_P(StoreContract, KeepsAVersionOfAPackAsItWasFirstStored) {
  const PackRow row{pack_hash(1), "school", std::string("files\0of it", 11)};
  EXPECT_TRUE(*harness_->store().put_pack(row));
  EXPECT_FALSE(*harness_->store().put_pack({row.version, "other", "other"}));
  EXPECT_EQ(*reader_->pack(row.version), row);
  EXPECT_EQ(reader_->pack(pack_hash(2)).error().code, Errc::kNotFound);
}

TEST_P(StoreContract, RemembersWhatWasDeployedTheNewestFirst) {
  Store& store = harness_->store();
  const auto tenant = store.put_tenant(tenant_row("a-school", {}));
  ASSERT_TRUE(tenant.ok());
  EXPECT_EQ(reader_->deployed_packs()->size(), 0U);
  EXPECT_EQ(store.deploy_pack(tenant->id, pack_hash(1)).error().code, Errc::kNotFound);
  std::vector<PackHash> expected;
  for (std::uint8_t number = 1; number <= limits::kPackVersionsMax + 2; ++number) {
    ASSERT_TRUE(store.put_pack({pack_hash(number), "school", "files"}).ok());
    ASSERT_TRUE(store.deploy_pack(tenant->id, pack_hash(number)).ok());
    ASSERT_TRUE(store.deploy_pack(tenant->id, pack_hash(number)).ok());
    expected.insert(expected.begin(), pack_hash(number));
  }
  expected.resize(limits::kPackVersionsMax);
  ASSERT_TRUE(store.put_tenant(tenant_row("a-school", {"106540352240009"})).ok());
  EXPECT_EQ(*reader_->deployed_packs(), (std::vector<DeployedPacks>{{tenant->id, expected}}));
  EXPECT_EQ(store.deploy_pack(random_id<TenantId>(), pack_hash(1)).error().code, Errc::kNotFound);
}

TEST_P(StoreContract, ListsATenantsContactsPageByPage) {
  std::set<ContactId> known{contact(tenant_), contact(tenant_), contact(tenant_)};
  contact(other_);
  std::vector<ContactId> listed;
  for (ContactId after{};;) {
    const auto page = reader_->contacts(tenant_, after, 2);
    ASSERT_TRUE(page.ok());
    if (page->empty()) break;
    listed.insert(listed.end(), page->begin(), page->end());
    after = page->back();
  }
  EXPECT_EQ(listed, std::vector<ContactId>(known.begin(), known.end()));
}

TEST_P(StoreContract, FindsAMessageByWhatTheProviderCallsIt) {
  const auto who = contact(tenant_);
  Append first = turn(tenant_, who, 1);
  first.outbox = {outgoing(first, 1)};
  first.reply = ReplyRow{"106540352240000", now_ + 1h, "sealed reply"};
  ASSERT_EQ(append(first), AppendVerdict::kCommitted);
  const KeyedHash notice = random_hash(), reply = random_hash();
  const OutboxRef reply_ref{who, 1, 0};
  mark({{tenant_, first.outbox[0].ref, notice, OutboxState::kSent, 0},
        {tenant_, reply_ref, reply, OutboxState::kSent, 0}});
  EXPECT_EQ(*reader_->sent_message(tenant_, notice), first.outbox[0].ref);
  EXPECT_EQ(*reader_->sent_message(tenant_, reply), reply_ref);
  EXPECT_EQ(reader_->sent_message(other_, reply).error().code, Errc::kNotFound);
  EXPECT_EQ(reader_->sent_message(tenant_, random_hash()).error().code, Errc::kNotFound);
}

}  // namespace mitr::contract
