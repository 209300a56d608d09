// The promises about reviewed utterances and trained models.
#pragma once

#include "protocols/limits.h"
#include "tests/contract/store_harness.h"

namespace mitr::contract {

TEST_P(StoreContract, NotesAReviewOfATurnInPlaceOfTheOneBefore) {
  Store& store = harness_->store();
  const auto who = contact(tenant_);
  ASSERT_EQ(append(turn(tenant_, who, 1)), AppendVerdict::kCommitted);
  ASSERT_EQ(append(turn(tenant_, who, 2)), AppendVerdict::kCommitted);
  const ReviewRow first{{who, 1}, "leave"};
  ASSERT_TRUE(store.put_review(tenant_, {{who, 1}, "fees"}).ok());
  ASSERT_TRUE(store.put_review(tenant_, first).ok());
  ASSERT_TRUE(store.put_review(tenant_, {{who, 2}, ""}).ok());
  EXPECT_EQ(*reader_->reviews(tenant_, 10), (std::vector<ReviewRow>{first, {{who, 2}, ""}}));
  EXPECT_EQ(*reader_->reviews(tenant_, 1), std::vector<ReviewRow>{first});
  EXPECT_TRUE(reader_->reviews(other_, 10)->empty());
}

TEST_P(StoreContract, NotesNoReviewOfATurnThatIsNotThere) {
  Store& store = harness_->store();
  const auto who = contact(tenant_);
  ASSERT_EQ(append(turn(tenant_, who, 1)), AppendVerdict::kCommitted);
  EXPECT_EQ(store.put_review(tenant_, {{who, 2}, "leave"}).error().code, Errc::kNotFound);
  EXPECT_EQ(store.put_review(other_, {{who, 1}, "leave"}).error().code, Errc::kNotFound);
}

TEST_P(StoreContract, FindsTurnsByTheirNames) {
  const auto who = contact(tenant_), someone = contact(tenant_);
  const Append one = turn(tenant_, who, 1), two = turn(tenant_, who, 2);
  const Append other = turn(tenant_, someone, 1);
  for (const Append& each : {one, two, other}) ASSERT_EQ(append(each), AppendVerdict::kCommitted);
  const auto found =
      reader_->turns_at(tenant_, {{someone, 1}, {who, 2}, {who, 3}, {random_id<ContactId>(), 1}});
  ASSERT_TRUE(found.ok());
  ASSERT_EQ(found->size(), 2U);
  EXPECT_EQ(found->at(0).row.body, other.body);
  EXPECT_EQ(found->at(1).row.body, two.body);
  EXPECT_EQ(found->at(1).wrapped_key, "wrapped key");
  EXPECT_TRUE(reader_->turns_at(other_, {{who, 2}})->empty());
}

TEST_P(StoreContract, FindsTurnsOfLate) {
  const auto who = contact(tenant_);
  for (std::uint64_t seq = 1; seq <= 3; ++seq)
    ASSERT_EQ(append(turn(tenant_, who, seq)), AppendVerdict::kCommitted);
  const auto late = reader_->turns_since(tenant_, now_ - 300s, {who, 1}, 10);
  ASSERT_TRUE(late.ok());
  ASSERT_EQ(late->size(), 2U);
  EXPECT_EQ(late->at(0).row.seq, 2U);
  EXPECT_EQ(reader_->turns_since(tenant_, now_ - 300s, {}, 1)->size(), 1U);
  EXPECT_TRUE(reader_->turns_since(tenant_, now_ + 300s, {}, 10)->empty());
}

TEST_P(StoreContract, KeepsAModelUnderItsNumber) {
  Store& store = harness_->store();
  const ModelRow one{1, "manifest 1", std::string("body\0one", 8)};
  ASSERT_TRUE(store.put_model(tenant_, one).ok());
  ASSERT_TRUE(store.put_model(tenant_, one).ok());
  EXPECT_EQ(store.put_model(tenant_, {1, "another", "body"}).error().code, Errc::kRefused);
  ASSERT_TRUE(store.put_model(tenant_, {2, "manifest 2", "body two"}).ok());
  EXPECT_EQ(*reader_->model(tenant_, 1), one);
  EXPECT_EQ(reader_->model(tenant_, 3).error().code, Errc::kNotFound);
  EXPECT_EQ(reader_->model(other_, 1).error().code, Errc::kNotFound);
  const auto all = reader_->models(tenant_);
  ASSERT_EQ(all->size(), 2U);
  EXPECT_EQ(all->at(0).row.number, 2U);
  EXPECT_EQ(all->at(1).row.manifest, "manifest 1");
  EXPECT_EQ(all->at(1).body_bytes, 8U);
}

TEST_P(StoreContract, MakesAModelLiveAndGoesBack) {
  Store& store = harness_->store();
  const auto tenant = store.put_tenant(tenant_row("a-school", {}))->id;
  EXPECT_EQ(store.promote_model(tenant, 1).error().code, Errc::kNotFound);
  EXPECT_TRUE(reader_->promoted_models()->empty());
  for (std::uint32_t number : {1U, 2U})
    ASSERT_TRUE(store.put_model(tenant, {number, "manifest", "body"}).ok());
  for (std::uint32_t number : {1U, 2U, 2U}) ASSERT_TRUE(store.promote_model(tenant, number).ok());
  EXPECT_EQ(*reader_->promoted_models(), (std::vector<PromotedModels>{{tenant, {2, 1}}}));
  EXPECT_EQ(store.roll_back_model(tenant, 1).error().code, Errc::kNotFound);
  ASSERT_TRUE(store.roll_back_model(tenant, 2).ok());
  // Told again since its answer was lost: it is not done twice.
  EXPECT_EQ(store.roll_back_model(tenant, 2).error().code, Errc::kNotFound);
  EXPECT_EQ(*reader_->promoted_models(), (std::vector<PromotedModels>{{tenant, {1}}}));
  ASSERT_TRUE(store.roll_back_model(tenant, 1).ok());
}

TEST_P(StoreContract, DropsOldModelsThatWereNeverPromoted) {
  Store& store = harness_->store();
  const auto tenant = store.put_tenant(tenant_row("a-school", {}))->id;
  constexpr auto kLast = static_cast<std::uint32_t>(limits::kModelsKept + 3);
  for (std::uint32_t number = 1; number <= kLast; ++number) {
    ASSERT_TRUE(store.put_model(tenant, {number, "manifest", "body"}).ok());
    if (number == 2) {
      ASSERT_TRUE(store.promote_model(tenant, 2).ok());
    }
  }
  std::vector<std::uint32_t> left;
  const auto all = reader_->models(tenant);
  for (const auto& each : *all) left.push_back(each.row.number);
  std::vector<std::uint32_t> expected;
  for (std::uint32_t number = kLast; number > 3; --number) expected.push_back(number);
  expected.push_back(2);
  EXPECT_EQ(left, expected);
}

}  // namespace mitr::contract
