// The promises about the outbox: due rows and marks.
#pragma once

#include "tests/contract/store_harness.h"

namespace mitr::contract {

TEST_P(StoreContract, HoldsARowBackUntilItsTime) {
  const auto who = contact(tenant_);
  Append later = turn(tenant_, who, 1);
  later.outbox = {outgoing(later, 0), outgoing(later, 1), outgoing(later, 2)};
  later.outbox[0].not_before = now_ + 10s;
  later.outbox[1].not_before = now_ - 10s;
  later.outbox[2].not_before = now_ - 20s;
  append(later);
  auto due = reader_->due(tenant_, now_, 10);
  ASSERT_TRUE(due.ok());
  ASSERT_EQ(due->size(), 2U);
  EXPECT_EQ((*due)[0].row.ref.ord, 2);
  EXPECT_EQ((*due)[1].row.ref.ord, 1);
  EXPECT_EQ(reader_->due(tenant_, now_, 1)->size(), 1U);
  EXPECT_EQ(reader_->due(tenant_, now_ + 10s, 10)->size(), 3U);
  EXPECT_TRUE(reader_->due(other_, now_ + 10s, 10)->empty());
}

TEST_P(StoreContract, ShowsAnExpiredRowSoThatItCanBeClosed) {
  Append old = turn(tenant_, contact(tenant_), 1);
  old.outbox = {outgoing(old, 0)};
  old.outbox[0].expires = now_ - 1s;
  append(old);
  auto due = reader_->due(tenant_, now_, 10);
  ASSERT_EQ(due->size(), 1U);
  EXPECT_EQ((*due)[0].row.expires, now_ - 1s);
}

TEST_P(StoreContract, MovesAMarkForwardOnly) {
  using enum OutboxState;
  const OutboxState all[] = {kDue, kClaimed, kUnknown, kSent, kDelivered, kRead, kFailed};
  // Rows: where it stands. Columns: the news. Values: where it stands then.
  const OutboxState after[7][7] = {
      {kDue, kClaimed, kUnknown, kSent, kDelivered, kRead, kFailed},
      {kClaimed, kClaimed, kUnknown, kSent, kDelivered, kRead, kFailed},
      {kUnknown, kUnknown, kUnknown, kSent, kDelivered, kRead, kFailed},
      {kSent, kSent, kSent, kSent, kDelivered, kRead, kFailed},
      {kDelivered, kDelivered, kDelivered, kDelivered, kDelivered, kRead, kDelivered},
      {kRead, kRead, kRead, kRead, kRead, kRead, kRead},
      {kFailed, kFailed, kFailed, kSent, kDelivered, kRead, kFailed},
  };
  const auto who = contact(tenant_);
  Append many = turn(tenant_, who, 1);
  for (std::uint16_t ord = 0; ord < 49; ++ord) many.outbox.push_back(outgoing(many, ord));
  append(many);
  std::vector<OutboxMark> standing, news;
  for (std::uint16_t ord = 0; ord < 49; ++ord) {
    const OutboxRef ref{who, 1, ord};
    standing.push_back({tenant_, ref, std::nullopt, all[ord / 7], ord / 7 == 6 ? 131026 : 0});
    news.push_back({tenant_, ref, std::nullopt, all[ord % 7], ord % 7 == 6 ? 131047 : 0});
  }
  mark(standing);
  mark(news);
  std::size_t open = 0, dead = 0;
  for (std::uint16_t ord = 0; ord < 49; ++ord) {
    const auto expected = after[ord / 7][ord % 7];
    const auto found = harness_->standing(tenant_, {who, 1, ord});
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->state, expected) << "from " << ord / 7 << " by " << ord % 7;
    EXPECT_EQ(found->error_code != 0, expected == kFailed);
    if (expected == kDue || expected == kClaimed) ++open;
    if (expected == kFailed || expected == kUnknown) ++dead;
  }
  EXPECT_EQ(reader_->due(tenant_, now_, 100)->size(), open);
  EXPECT_EQ(reader_->dead_letters(tenant_, 100)->size(), dead);
  EXPECT_TRUE(reader_->dead_letters(other_, 100)->empty());
}

TEST_P(StoreContract, AppliesAllNewsOfARowInABatch) {
  using enum OutboxState;
  const auto who = contact(tenant_);
  Append two = turn(tenant_, who, 1);
  two.outbox = {outgoing(two, 0), outgoing(two, 1)};
  append(two);
  const OutboxRef first{who, 1, 0}, second{who, 1, 1};
  mark({{tenant_, first, std::nullopt, kSent, 0},
        {tenant_, second, std::nullopt, kFailed, 131026},
        {tenant_, first, std::nullopt, kRead, 0},
        {tenant_, first, std::nullopt, kDelivered, 0},
        {tenant_, second, std::nullopt, kSent, 0},
        {other_, second, std::nullopt, kRead, 0}});
  EXPECT_EQ(state(tenant_, first), kRead);
  EXPECT_EQ(state(tenant_, second), kSent);
}

TEST_P(StoreContract, FindsARowByTheProvidersId) {
  using enum OutboxState;
  const auto who = contact(tenant_);
  Append one = turn(tenant_, who, 1);
  one.outbox = {outgoing(one, 0), outgoing(one, 1)};
  append(one);
  const OutboxRef first{who, 1, 0}, second{who, 1, 1};
  const auto wamid = random_hash();
  mark({{tenant_, std::nullopt, wamid, kRead, 0}});
  EXPECT_EQ(state(tenant_, first), kDue);
  // The news that finds by it may be before the one that brings it in the same batch.
  mark({{tenant_, std::nullopt, wamid, kDelivered, 0}, {tenant_, first, wamid, kSent, 0}});
  EXPECT_EQ(state(tenant_, first), kDelivered);
  mark({{other_, std::nullopt, wamid, kRead, 0}});
  EXPECT_EQ(state(tenant_, first), kDelivered);
  mark({{tenant_, std::nullopt, wamid, kRead, 0}});
  EXPECT_EQ(state(tenant_, first), kRead);
  EXPECT_EQ(state(tenant_, second), kDue);
}

TEST_P(StoreContract, KeepsTheProvidersIdOfNewsThatComeLate) {
  using enum OutboxState;
  const auto who = contact(tenant_);
  Append one = turn(tenant_, who, 1);
  one.outbox = {outgoing(one, 0)};
  append(one);
  const OutboxRef ref{who, 1, 0};
  const auto wamid = random_hash();
  mark({{tenant_, ref, std::nullopt, kDelivered, 0}});
  mark({{tenant_, ref, wamid, kSent, 0}});
  EXPECT_EQ(state(tenant_, ref), kDelivered);
  mark({{tenant_, std::nullopt, wamid, kRead, 0}});
  EXPECT_EQ(state(tenant_, ref), kRead);
}

}  // namespace mitr::contract
