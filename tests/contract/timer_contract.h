// The promises about timers: one a conversation, moved and ended by its turns.
#pragma once

#include "tests/contract/store_harness.h"

namespace mitr::contract {

inline std::vector<Shard> every_shard() {
  std::vector<Shard> shards;
  for (std::size_t shard = 0; shard < kShards; ++shard) shards.push_back(static_cast<Shard>(shard));
  return shards;
}

TEST_P(StoreContract, ATurnArmsMovesAndEndsItsTimer) {
  const auto who = contact(tenant_);
  Append one = turn(tenant_, who, 1);
  one.timer = TimerMove{now_ + 60s, "1065"};
  append(one);
  EXPECT_TRUE(reader_->timers(every_shard(), now_ + 59s, 10)->empty());
  auto due = reader_->timers(every_shard(), now_ + 60s, 10);
  ASSERT_TRUE(due.ok());
  ASSERT_EQ(due->size(), 1U);
  EXPECT_EQ(due->at(0).tenant, tenant_);
  EXPECT_EQ(due->at(0).contact, who);
  EXPECT_EQ(due->at(0).at, now_ + 60s);
  EXPECT_EQ(due->at(0).number, "1065");
  EXPECT_TRUE(
      reader_->timers({static_cast<Shard>((shard_of(who) + 1) % kShards)}, now_ + 1h, 10)->empty());

  append(turn(tenant_, who, 2));
  EXPECT_EQ(reader_->timers(every_shard(), now_ + 60s, 10)->size(), 1U) << "as it was";
  Append three = turn(tenant_, who, 3);
  three.timer = TimerMove{now_ + 120s, "1065"};
  append(three);
  EXPECT_TRUE(reader_->timers(every_shard(), now_ + 119s, 10)->empty());
  EXPECT_EQ(reader_->timers(every_shard(), now_ + 120s, 10)->size(), 1U);
  Append four = turn(tenant_, who, 4);
  four.timer = TimerMove{std::nullopt, ""};
  append(four);
  EXPECT_TRUE(reader_->timers(every_shard(), now_ + 1h, 10)->empty());
}

TEST_P(StoreContract, ADuplicateTurnLeavesTheTimer) {
  const auto who = contact(tenant_);
  const Append one = turn(tenant_, who, 1);
  append(one);
  Append again = turn(tenant_, who, 2);
  again.message = one.message;
  again.timer = TimerMove{now_, "1065"};
  EXPECT_EQ(append(again), AppendVerdict::kDuplicate);
  EXPECT_TRUE(reader_->timers(every_shard(), now_ + 1h, 10)->empty());
}

TEST_P(StoreContract, ResetsATimerOnlyIfItStandsWhereItStood) {
  const auto who = contact(tenant_);
  Append one = turn(tenant_, who, 1);
  one.timer = TimerMove{now_, "1065"};
  append(one);
  const auto reset = [&](std::chrono::sys_seconds was, std::optional<std::chrono::sys_seconds> at) {
    Batch batch;
    batch.timers = {{tenant_, who, was, at}};
    commit(batch);
  };
  reset(now_ + 1s, std::nullopt);
  EXPECT_EQ(reader_->timers(every_shard(), now_, 10)->size(), 1U);
  reset(now_, now_ + 30s);
  EXPECT_TRUE(reader_->timers(every_shard(), now_, 10)->empty());
  EXPECT_EQ(reader_->timers(every_shard(), now_ + 30s, 10)->size(), 1U);
  reset(now_, std::nullopt);
  EXPECT_EQ(reader_->timers(every_shard(), now_ + 30s, 10)->size(), 1U);
  reset(now_ + 30s, std::nullopt);
  EXPECT_TRUE(reader_->timers(every_shard(), now_ + 1h, 10)->empty());
}

TEST_P(StoreContract, ShowsTheEarliestTimersOfAllTenants) {
  for (int i = 0; i < 6; ++i) {
    const auto tenant = i % 2 == 0 ? tenant_ : other_;
    Append one = turn(tenant, contact(tenant), 1);
    one.timer = TimerMove{now_ - std::chrono::seconds(i), "1065"};
    append(one);
  }
  auto due = reader_->timers(every_shard(), now_, 4);
  ASSERT_EQ(due->size(), 4U);
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(due->at(static_cast<std::size_t>(i)).at, now_ - std::chrono::seconds(5 - i));
  }
}

}  // namespace mitr::contract
