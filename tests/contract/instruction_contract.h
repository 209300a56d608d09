// The promises about instructions: filed for contacts who exist, found by shard in their order,
// gone when done.
#pragma once

#include "tests/contract/timer_contract.h"

namespace mitr::contract {

inline InstructionRow instruction(const TenantId& tenant, const ContactId& contact,
                                  std::chrono::sys_seconds expires) {
  return {{tenant, random_id<InstructionId>()}, contact, "1065", expires, "sealed words"};
}

TEST_P(StoreContract, FilesAnInstructionOnce) {
  const auto who = contact(tenant_);
  const auto row = instruction(tenant_, who, now_ + 1h);
  auto& store = harness_->store();
  ASSERT_TRUE(store.put_instruction(row).ok());
  ASSERT_TRUE(store.put_instruction(row).ok());
  auto found = reader_->instructions({shard_of(who)}, 10);
  ASSERT_TRUE(found.ok());
  ASSERT_EQ(found->size(), 1U);
  EXPECT_EQ(found->at(0), row);
  EXPECT_TRUE(
      reader_->instructions({static_cast<Shard>((shard_of(who) + 1) % kShards)}, 10)->empty());
}

TEST_P(StoreContract, FilesNoInstructionForAStranger) {
  const auto who = contact(other_);
  const auto filed = harness_->store().put_instruction(instruction(tenant_, who, now_ + 1h));
  ASSERT_FALSE(filed.ok());
  EXPECT_EQ(filed.error().code, Errc::kNotFound);
  EXPECT_TRUE(reader_->instructions(every_shard(), 10)->empty());
}

TEST_P(StoreContract, ShowsInstructionsOfAllTenantsInTheirOrder) {
  std::vector<InstructionRow> filed;
  for (int i = 0; i < 6; ++i) {
    const auto tenant = i % 2 == 0 ? tenant_ : other_;
    filed.push_back(instruction(tenant, contact(tenant), now_ + 1h));
    ASSERT_TRUE(harness_->store().put_instruction(filed.back()).ok());
  }
  auto found = reader_->instructions(every_shard(), 4);
  ASSERT_TRUE(found.ok());
  filed.resize(4);
  EXPECT_EQ(*found, filed);
}

TEST_P(StoreContract, LetsGoOfAnInstructionThatIsDone) {
  const auto who = contact(tenant_);
  const auto one = instruction(tenant_, who, now_ + 1h);
  const auto two = instruction(tenant_, who, now_ + 1h);
  for (const auto& row : {one, two}) ASSERT_TRUE(harness_->store().put_instruction(row).ok());
  Batch batch;
  batch.done = {one.name, {other_, two.name.id}, {tenant_, random_id<InstructionId>()}};
  commit(batch);
  auto left = reader_->instructions(every_shard(), 10);
  ASSERT_TRUE(left.ok());
  EXPECT_EQ(*left, std::vector<InstructionRow>{two}) << "another tenant's name for it is no name";
}

TEST_P(StoreContract, FindsAContactByAnAlias) {
  const auto alias = random_hash();
  const auto claimed = claim_one(claim(tenant_, {bsuid(random_hash()), phone(alias)}));
  auto known = reader_->contact_of(tenant_, alias);
  ASSERT_TRUE(known.ok());
  EXPECT_EQ(known->contact, claimed.contact);
  EXPECT_EQ(known->wrapped_key, claimed.wrapped_key);
  EXPECT_EQ(reader_->contact_of(other_, alias).error().code, Errc::kNotFound);
}

}  // namespace mitr::contract
