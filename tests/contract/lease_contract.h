// The promises about leases: one holder a shard, an epoch a holder, and no append in another's
// epoch.
#pragma once

#include "tests/contract/store_harness.h"
#include "tests/support/becomes.h"

namespace mitr::contract {

/// Long enough not to run out under a test.
inline constexpr auto kLong = 600s;

TEST_P(StoreContract, GivesAllShardsToTheFirstWhoAsks) {
  auto first = harness_->store().leases();
  auto second = harness_->store().leases();
  auto mine = first->hold(kLong, 0s);
  ASSERT_TRUE(mine.ok());
  auto theirs = second->hold(kLong, 0s);
  ASSERT_TRUE(theirs.ok());
  auto again = first->hold(kLong, 0s);
  ASSERT_TRUE(again.ok());
  for (std::size_t shard = 0; shard < kShards; ++shard) {
    EXPECT_TRUE((*mine)[shard].mine);
    EXPECT_GE((*mine)[shard].epoch, 1U);
    EXPECT_FALSE((*theirs)[shard].mine);
    EXPECT_EQ((*theirs)[shard].epoch, (*mine)[shard].epoch);
    EXPECT_TRUE((*again)[shard].mine);
    EXPECT_EQ((*again)[shard].epoch, (*mine)[shard].epoch) << "a renewal is no new epoch";
  }
}

TEST_P(StoreContract, AReleasedLeaseIsTakenInANewEpoch) {
  auto first = harness_->store().leases();
  auto second = harness_->store().leases();
  const auto before = first->hold(kLong, 0s);
  ASSERT_TRUE(first->release().ok());
  const auto after = second->hold(kLong, 0s);
  ASSERT_TRUE(before.ok() && after.ok());
  for (std::size_t shard = 0; shard < kShards; ++shard) {
    EXPECT_TRUE((*after)[shard].mine);
    EXPECT_EQ((*after)[shard].epoch, (*before)[shard].epoch + 1);
  }
  EXPECT_FALSE(first->hold(kLong, 0s)->at(0).mine);
}

TEST_P(StoreContract, NobodyWaitsForAHolderWhoIsGone) {
  auto first = harness_->store().leases();
  auto second = harness_->store().leases();
  ASSERT_TRUE(first->hold(kLong, 0s).ok());
  ASSERT_FALSE(second->hold(kLong, 0s)->at(0).mine);
  first.reset();
  // The server may take a moment to see that the session ended.
  const auto taken = [&] { return second->hold(kLong, 0s)->at(0).mine; };
  EXPECT_TRUE(becomes(taken, std::chrono::seconds(20)));
}

TEST_P(StoreContract, ADeposedWriterCommitsNothing) {
  auto first = harness_->store().leases();
  auto second = harness_->store().leases();
  const auto who = contact(tenant_);
  const auto epoch = first->hold(kLong, 0s)->at(shard_of(who)).epoch;
  Append one = turn(tenant_, who, 1);
  one.epoch = epoch;
  ASSERT_EQ(append(one), AppendVerdict::kCommitted);

  ASSERT_TRUE(first->release().ok());
  ASSERT_TRUE(second->hold(kLong, 0s).ok());
  Append two = turn(tenant_, who, 2);
  two.epoch = epoch;
  two.reply = ReplyRow{"1065", {}, "sealed"};
  two.outbox = {outgoing(two, 1)};
  EXPECT_EQ(append(two), AppendVerdict::kFenced);
  EXPECT_EQ(reader_->conversation(tenant_, who)->last_seq, 1U);
  EXPECT_TRUE(reader_->due(tenant_, now_, 10)->empty());
  EXPECT_TRUE(reader_->unanswered(tenant_, around(), 10)->empty());
  two.epoch = epoch + 1;
  EXPECT_EQ(append(two), AppendVerdict::kCommitted);
}

TEST_P(StoreContract, AStaleTurnDoesNotHoldTheBatchBack) {
  auto leases = harness_->store().leases();
  const auto who = contact(tenant_);
  const auto someone = contact(tenant_);
  const auto table = leases->hold(kLong, 0s);
  ASSERT_TRUE(table.ok());
  Batch batch;
  batch.appends = {turn(tenant_, who, 1), turn(tenant_, someone, 1),
                   turn(other_, contact(other_), 1)};
  batch.appends[0].epoch = table->at(shard_of(who)).epoch + 1;  // of an epoch that is not
  batch.appends[1].epoch = table->at(shard_of(someone)).epoch;
  if (shard_of(who) == shard_of(someone)) batch.appends[1].epoch = 0;
  batch.claims = {claim(tenant_, {phone(random_hash())})};
  const auto answer = commit(batch);
  EXPECT_EQ(answer.appends, (std::vector{AppendVerdict::kFenced, AppendVerdict::kCommitted,
                                         AppendVerdict::kCommitted}));
  ASSERT_EQ(answer.claims.size(), 1U);
  EXPECT_TRUE(answer.claims[0].created);
}

// A store may write batches in another way for a while after a repeat.
TEST_P(StoreContract, ADeposedWriterCommitsNothingAfterARepeat) {
  auto first = harness_->store().leases();
  auto second = harness_->store().leases();
  const auto who = contact(tenant_);
  const auto epoch = first->hold(kLong, 0s)->at(shard_of(who)).epoch;
  Append one = turn(tenant_, who, 1);
  one.epoch = epoch;
  ASSERT_EQ(append(one), AppendVerdict::kCommitted);
  Append again = one;
  again.seq = 2;
  ASSERT_EQ(append(again), AppendVerdict::kDuplicate);

  ASSERT_TRUE(first->release().ok());
  ASSERT_TRUE(second->hold(kLong, 0s).ok());
  for (const bool files : {false, true}) {
    Append two = turn(tenant_, who, 2);
    two.epoch = epoch;
    if (files) two.outbox = {outgoing(two, 1)};
    EXPECT_EQ(append(two), AppendVerdict::kFenced);
  }
  EXPECT_EQ(reader_->conversation(tenant_, who)->last_seq, 1U);
  EXPECT_TRUE(reader_->due(tenant_, now_, 10)->empty());
  Append two = turn(tenant_, who, 2);
  two.epoch = epoch + 1;
  EXPECT_EQ(append(two), AppendVerdict::kCommitted);
}

TEST_P(StoreContract, SettledFollowsTheOldestOpenReply) {
  auto leases = harness_->store().leases();
  ASSERT_TRUE(leases->hold(kLong, 0s).ok());
  auto hour = leases->hold(kLong, 3600s);
  ASSERT_TRUE(hour.ok());
  EXPECT_LE(std::chrono::abs(hour->at(3).settled - (now_ - 3600s)), 300s);
  EXPECT_LE(std::chrono::abs(leases->hold(kLong, 0s)->at(3).settled - now_), 300s);
  EXPECT_LE(std::chrono::abs(leases->hold(kLong, 3600s)->at(3).settled - now_), 300s)
      << "never backwards";
}

}  // namespace mitr::contract
