// The promises about contacts, kept webhooks and tenants.
#pragma once

#include "tests/contract/store_harness.h"

namespace mitr::contract {

TEST_P(StoreContract, FindsAContactByAnyAliasAndLearnsTheOthers) {
  const auto number = phone(random_hash()), id = bsuid(random_hash());
  const auto made = claim(tenant_, {number});
  const auto first = claim_one(made);
  EXPECT_TRUE(first.created);
  EXPECT_EQ(first.contact, made.fresh);
  EXPECT_EQ(first.wrapped_key, made.wrapped_key);
  EXPECT_EQ(first.details, made.details);
  EXPECT_EQ(first.last_seq, 0U);
  append(turn(tenant_, first.contact, 1));
  append(turn(tenant_, first.contact, 2));

  const auto second = claim_one(claim(tenant_, {id, number}));
  EXPECT_FALSE(second.created);
  EXPECT_EQ(second.contact, first.contact);
  EXPECT_EQ(second.last_seq, 2U);
  EXPECT_EQ(claim_one(claim(tenant_, {id})).contact, first.contact);
  EXPECT_NE(claim_one(claim(other_, {number})).contact, first.contact);
}

TEST_P(StoreContract, AgreesOnAContactWithinABatch) {
  const auto number = phone(random_hash()), id = bsuid(random_hash());
  Batch batch;
  batch.claims = {claim(tenant_, {number}), claim(other_, {number}), claim(tenant_, {id, number}),
                  claim(tenant_, {phone(random_hash())}), claim(tenant_, {number})};
  const auto answer = commit(batch);
  ASSERT_EQ(answer.claims.size(), 5U);
  EXPECT_EQ(answer.claims[0].contact, answer.claims[2].contact);
  EXPECT_EQ(answer.claims[0].contact, answer.claims[4].contact);
  EXPECT_NE(answer.claims[0].contact, answer.claims[1].contact);
  EXPECT_NE(answer.claims[0].contact, answer.claims[3].contact);
  const int made = answer.claims[0].created + answer.claims[2].created + answer.claims[4].created;
  EXPECT_EQ(made, 1);
}

TEST_P(StoreContract, AgreesOnAContactAmongWriters) {
  constexpr std::size_t kWriters = 4, kPeople = 25;
  std::vector<KeyedHash> phones(kPeople), bsuids(kPeople);
  for (auto& hash : phones) hash = random_hash();
  for (auto& hash : bsuids) hash = random_hash();
  std::vector<std::vector<ContactId>> found(kWriters);
  std::vector<int> created(kWriters);
  std::vector<std::thread> threads;
  for (std::size_t w = 0; w < kWriters; ++w) {
    threads.emplace_back([&, w] {
      auto writer = harness_->store().writer();
      for (std::size_t p = 0; p < kPeople; ++p) {
        Batch batch;
        // Half of them know both names, in either order.
        std::vector<Alias> names{phone(phones[p])};
        if (w % 2 == 1)
          names.insert(names.begin() + static_cast<std::ptrdiff_t>(w / 2), bsuid(bsuids[p]));
        batch.claims = {claim(tenant_, names)};
        auto answer = writer->commit(batch);
        if (!answer.ok()) return;
        found[w].push_back(answer->claims[0].contact);
        created[w] += answer->claims[0].created;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  int made = 0;
  for (std::size_t w = 0; w < kWriters; ++w) {
    ASSERT_EQ(found[w].size(), kPeople);
    EXPECT_EQ(found[w], found[0]);
    made += created[w];
  }
  EXPECT_EQ(made, static_cast<int>(kPeople));
}

TEST_P(StoreContract, KeepsAWebhookOnce) {
  Batch batch;
  batch.kept = {{tenant_, random_id<RequestId>(), "malformed", "sealed body"}};
  commit(batch);
  EXPECT_EQ(harness_->kept_count(tenant_), 1U);
  EXPECT_EQ(harness_->kept_count(other_), 0U);
}

// -- tenants ----

TEST_P(StoreContract, KeepsATenantsIdAndKey) {
  Store& store = harness_->store();
  const auto first = tenant_row("demo-school", {"2", "1", "2"});
  auto stored = store.put_tenant(first);
  ASSERT_TRUE(stored.ok());
  EXPECT_EQ(stored->id, first.id);
  EXPECT_EQ(stored->numbers, (std::vector<std::string>{"1", "2"}));
  auto second = tenant_row("demo-school", {"2", "3"});
  second.name = "Another name";
  second.wrapped_key = "another key";
  stored = store.put_tenant(second);
  ASSERT_TRUE(stored.ok());
  EXPECT_EQ(stored->id, first.id);
  EXPECT_EQ(stored->wrapped_key, first.wrapped_key);
  auto tenants = reader_->tenants();
  ASSERT_TRUE(tenants.ok());
  ASSERT_EQ(tenants->size(), 1U);
  EXPECT_EQ((*tenants)[0], *stored);
  EXPECT_EQ((*tenants)[0].name, "Another name");
  EXPECT_EQ((*tenants)[0].numbers, (std::vector<std::string>{"2", "3"}));
}

TEST_P(StoreContract, RefusesANumberOfAnotherTenant) {
  Store& store = harness_->store();
  const auto school = tenant_row("school", {"1"});
  ASSERT_TRUE(store.put_tenant(school).ok());
  auto refused = store.put_tenant(tenant_row("clinic", {"2", "1"}));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, Errc::kRefused);
  ASSERT_EQ(reader_->tenants()->size(), 1U);
  EXPECT_TRUE(store.put_tenant(tenant_row("clinic", {"2"})).ok());
  auto taken = tenant_row("merchant", {});
  taken.id = school.id;
  EXPECT_EQ(store.put_tenant(taken).error().code, Errc::kRefused);
  EXPECT_EQ(reader_->tenants()->size(), 2U);
}

TEST_P(StoreContract, ReplacesARoster) {
  Store& store = harness_->store();
  const RosterRow teacher{"class_teacher", random_id<ContactId>(), "sealed 5B"};
  const RosterRow head{"head", random_id<ContactId>(), "sealed head"};
  ASSERT_TRUE(store.put_roster(tenant_, {teacher, head, teacher}).ok());
  EXPECT_EQ(*reader_->roster(tenant_), (std::vector{teacher, head, teacher}));
  EXPECT_TRUE(reader_->roster(other_)->empty());
  ASSERT_TRUE(store.put_roster(tenant_, {head}).ok());
  EXPECT_EQ(*reader_->roster(tenant_), std::vector{head});
  ASSERT_TRUE(store.put_roster(tenant_, {}).ok());
  EXPECT_TRUE(reader_->roster(tenant_)->empty());
}

}  // namespace mitr::contract
