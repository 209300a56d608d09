// The promises about names that join, part and change hands; the rules one by one are in
// tests/persistence/identity_rules_test.cpp.
#pragma once

#include <algorithm>

#include "persistence/identity_rules.h"
#include "tests/contract/store_harness.h"

namespace mitr::contract {

TEST_P(StoreContract, GivesARecycledPhoneToSomebodyNew) {
  const auto number = phone(random_hash());
  const auto before = claim_one(claim(tenant_, {bsuid(random_hash()), number}, now_ - 60s));
  append(turn(tenant_, before.contact, 1));
  const auto after = claim_one(claim(tenant_, {bsuid(random_hash()), number}, now_));
  EXPECT_TRUE(after.created);
  EXPECT_EQ(after.last_seq, 0U);
  EXPECT_EQ(after.loser, before.contact);
  EXPECT_TRUE(reader_->conversation(tenant_, before.contact)->phone_lost);
  EXPECT_FALSE(reader_->conversation(tenant_, after.contact)->phone_lost);
  EXPECT_EQ(claim_one(claim(tenant_, {number}, now_)).contact, after.contact);
  const auto lineage = reader_->lineage(tenant_, before.contact);
  ASSERT_TRUE(lineage.ok());
  EXPECT_TRUE(lineage->phone_lost);
  EXPECT_EQ(lineage->kin, (std::vector<LineageRow>{
                              {after.contact, before.contact, LineageReason::kPhonePassed, now_}}));
}

TEST_P(StoreContract, NewDetailsEndALostPhone) {
  const auto number = phone(random_hash());
  const auto before = claim_one(claim(tenant_, {bsuid(random_hash()), number}, now_ - 60s));
  claim_one(claim(tenant_, {bsuid(random_hash()), number}, now_));
  auto news = turn(tenant_, before.contact, 1);
  news.details = "sealed details, new";
  append(news);
  EXPECT_FALSE(reader_->conversation(tenant_, before.contact)->phone_lost);
}

/// A turn that was decided before the phone passed, and is stored after that.
TEST_P(StoreContract, DetailsWithALostPhoneDoNotBringItBack) {
  const auto number = random_hash(), other = random_hash();
  for (const bool filed : {false, true}) {
    const auto id = bsuid(random_hash());
    const auto before = claim_one(claim(tenant_, {id, phone(number)}, now_ - 60s));
    claim_one(claim(tenant_, {bsuid(random_hash()), phone(number)}, now_));
    auto late = turn(tenant_, before.contact, 1);
    late.details = "sealed details";
    late.phone = number;
    // A turn that is there already makes the batch go the careful way.
    auto known = turn(tenant_, before.contact, 1);
    Batch batch;
    batch.appends = {late};
    if (filed) batch.appends.push_back(known);
    commit(batch);
    EXPECT_TRUE(reader_->conversation(tenant_, before.contact)->phone_lost) << filed;
    claim_one(claim(tenant_, {id, phone(other)}, now_ + 60s));
    auto news = turn(tenant_, before.contact, 2);
    news.details = "sealed details, new";
    news.phone = other;
    append(news);
    EXPECT_FALSE(reader_->conversation(tenant_, before.contact)->phone_lost) << filed;
  }
}

TEST_P(StoreContract, MovesTheNamesOfAToldChange) {
  const auto old_id = bsuid(random_hash()), new_id = bsuid(random_hash());
  const auto old_phone = phone(random_hash()), new_phone = phone(random_hash());
  const auto known = claim_one(claim(tenant_, {old_id, old_phone}, now_ - 60s));
  append(turn(tenant_, known.contact, 1));
  auto change = claim(tenant_, {new_id, new_phone}, now_);
  change.former = {old_id};
  const auto moved = claim_one(change);
  EXPECT_EQ(moved.contact, known.contact);
  EXPECT_FALSE(moved.created);
  EXPECT_EQ(moved.last_seq, 1U);
  EXPECT_EQ(claim_one(claim(tenant_, {new_id, new_phone}, now_)).contact, known.contact);
  const auto late = claim_one(claim(tenant_, {old_id, old_phone}, now_ - 30s));
  EXPECT_EQ(late.contact, known.contact);
  EXPECT_FALSE(late.owns_bsuid || late.owns_phone);
  EXPECT_EQ(reader_->lineage(tenant_, known.contact)->aliases.size(), 4U);
}

TEST_P(StoreContract, MakesNobodyOfAChange) {
  auto change = claim(tenant_, {bsuid(random_hash())}, now_);
  change.former = {bsuid(random_hash())};
  const auto answer = claim_one(change);
  EXPECT_TRUE(answer.contact.is_nil());
  EXPECT_TRUE(reader_->contacts(tenant_, {}, 10)->empty());
}

TEST_P(StoreContract, RefusesAnAliasWithoutAKind) {
  Batch batch;
  batch.claims = {claim(tenant_, {{random_hash(), AliasKind::kUntold}})};
  EXPECT_EQ(writer_->commit(batch).error().code, Errc::kMalformed);
}

/// Some hundred claims about a few people and names, each held against the rules: who it is, what
/// is theirs, who lost a phone, and in the end every name and all kin.
TEST_P(StoreContract, FollowsTheRulesOfIdentities) {
  constexpr int kPeople = 5, kClaims = 400;
  std::vector<Alias> pool;
  for (int n = 0; n < kPeople; ++n) {
    for (const auto kind :
         {AliasKind::kBsuid, AliasKind::kPhone, AliasKind::kParentBsuid, AliasKind::kUsername})
      pool.push_back({random_hash(), kind});
  }
  std::uint32_t random = 20261126;
  const auto below = [&random](std::uint32_t limit) {
    random = random * 1664525U + 1013904223U;
    return (random >> 8) % limit;
  };
  // One of each kind, of this person or that, if any.
  const auto some = [&](std::uint32_t few) {
    std::vector<Alias> names;
    for (std::uint32_t kind = 0; kind < 4; ++kind) {
      if (below(10) < few) names.push_back(pool[below(kPeople) * 4 + kind]);
    }
    std::erase_if(names, [](const Alias& name) { return name.kind == AliasKind::kUsername; });
    return names;
  };
  AliasTable table;
  std::vector<LineageRow> kin;
  std::vector<ContactId> people;
  for (int n = 0; n < kClaims; ++n) {
    auto wish = claim(tenant_, some(5), now_ + std::chrono::seconds(below(300)));
    if (below(4) == 0) wish.former = some(3);
    if (wish.aliases.empty()) continue;
    if (wish.former.empty() && below(3) == 0) wish.aliases.push_back(pool[below(kPeople) * 4 + 3]);
    const auto expected = identity_moves(table, wish, kin);
    for (const auto& [hash, standing] : expected.rows) table[hash] = standing;
    kin.insert(kin.end(), expected.kin.begin(), expected.kin.end());
    if (expected.created) people.push_back(expected.contact);
    const auto answer = claim_one(wish);
    ASSERT_EQ(answer.contact, expected.contact) << "claim " << n;
    ASSERT_EQ(answer.created, expected.created) << "claim " << n;
    if (expected.contact.is_nil()) continue;
    ASSERT_EQ(answer.owns_bsuid, expected.owns_bsuid) << "claim " << n;
    ASSERT_EQ(answer.owns_phone, expected.owns_phone) << "claim " << n;
    ASSERT_EQ(answer.loser, expected.loser) << "claim " << n;
  }
  const auto by_age = [](const AliasStanding& a, const AliasStanding& b) {
    return std::tie(a.since, a.kind, a.until, a.passed) <
           std::tie(b.since, b.kind, b.until, b.passed);
  };
  for (const auto& contact : people) {
    std::vector<AliasStanding> expected;
    for (const auto& [hash, standing] : table)
      if (standing.contact == contact) expected.push_back(standing);
    auto found = reader_->lineage(tenant_, contact)->aliases;
    std::sort(expected.begin(), expected.end(), by_age);
    std::sort(found.begin(), found.end(), by_age);
    EXPECT_EQ(found, expected);
  }
}

}  // namespace mitr::contract
