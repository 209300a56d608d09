// The promises about replies, which ride in their turn, about claims and about dead letters.
#pragma once

#include "tests/contract/store_harness.h"

namespace mitr::contract {

TEST_P(StoreContract, KnowsARepliesFateOnlyFromNews) {
  const auto who = contact(tenant_);
  Append first = turn(tenant_, who, 1);
  first.reply = ReplyRow{"106540352240000", now_ + 6h, "sealed reply"};
  Append silent = turn(tenant_, who, 2);
  append(first);
  append(silent);
  EXPECT_TRUE(reader_->due(tenant_, now_ + 1h, 10)->empty());
  auto open = reader_->unanswered(tenant_, around(), 10);
  ASSERT_TRUE(open.ok());
  ASSERT_EQ(open->size(), 1U);
  const DueRow& found = open->at(0);
  EXPECT_EQ(found.row.ref, (OutboxRef{who, 1, 0}));
  EXPECT_EQ(found.row.recipient, who);
  EXPECT_EQ(found.row.number, "106540352240000");
  EXPECT_EQ(found.row.lane, Lane::kReply);
  EXPECT_EQ(found.row.expires, now_ + 6h);
  EXPECT_EQ(found.row.body, "sealed reply");
  EXPECT_EQ(found.state, OutboxState::kDue);
  EXPECT_EQ(found.wrapped_key, "wrapped key");
  EXPECT_TRUE(reader_->unanswered(tenant_, later(), 10)->empty()) << "committed before";
  EXPECT_TRUE(reader_->unanswered(tenant_, {now_ - 600s, now_ - 300s}, 10)->empty());
  EXPECT_TRUE(reader_->unanswered(other_, around(), 10)->empty());

  const auto wamid = random_hash();
  mark({{tenant_, OutboxRef{who, 1, 0}, wamid, OutboxState::kSent, 0}});
  EXPECT_EQ(state(tenant_, {who, 1, 0}), OutboxState::kSent);
  EXPECT_TRUE(reader_->unanswered(tenant_, around(), 10)->empty());
  mark({{tenant_, std::nullopt, wamid, OutboxState::kDelivered, 0}});
  mark({{tenant_, OutboxRef{who, 1, 0}, wamid, OutboxState::kSent, 0}});
  EXPECT_EQ(state(tenant_, {who, 1, 0}), OutboxState::kDelivered);
}

TEST_P(StoreContract, FirstNewsThatAReplyLeftSettlesItAndHidesNothingLater) {
  const auto who = contact(tenant_), silent = contact(tenant_), elsewhere = contact(other_);
  for (const auto& [tenant, contact] :
       {std::pair(tenant_, who), std::pair(tenant_, silent), std::pair(other_, elsewhere)}) {
    Append one = turn(tenant, contact, 1);
    one.reply = ReplyRow{"1065", {}, "sealed reply"};
    append(one);
  }
  const OutboxRef ref{who, 1, 0};
  OutboxMark left{tenant_, ref, random_hash(), OutboxState::kSent, 0};
  OutboxMark left_elsewhere{other_, OutboxRef{elsewhere, 1, 0}, std::nullopt, OutboxState::kSent,
                            0};
  left.first = left_elsewhere.first = true;
  // Of two tenants in one batch, and told twice, as after a lost answer.
  mark({left, left_elsewhere, left});
  auto open = reader_->unanswered(tenant_, around(), 10);
  ASSERT_TRUE(open.ok());
  ASSERT_EQ(open->size(), 1U);
  EXPECT_EQ(open->front().row.ref, (OutboxRef{silent, 1, 0}));
  EXPECT_TRUE(reader_->unanswered(other_, around(), 10)->empty());
  EXPECT_TRUE(reader_->due(tenant_, now_ + 1h, 10)->empty());
  EXPECT_TRUE(reader_->dead_letters(tenant_, 10)->empty());

  mark({{tenant_, ref, std::nullopt, OutboxState::kFailed, 131026}});
  ASSERT_EQ(reader_->dead_letters(tenant_, 10)->size(), 1U);
  EXPECT_EQ(reader_->dead_letters(tenant_, 10)->front().ref, ref);
  mark({{tenant_, ref, std::nullopt, OutboxState::kRead, 0}});
  EXPECT_EQ(state(tenant_, ref), OutboxState::kRead);
  EXPECT_TRUE(reader_->dead_letters(tenant_, 10)->empty());
  EXPECT_EQ(reader_->unanswered(tenant_, around(), 10)->size(), 1U);
}

TEST_P(StoreContract, ARepliesNewsMayComeInAnyOrder) {
  const auto who = contact(tenant_);
  Append first = turn(tenant_, who, 1);
  first.reply = ReplyRow{"1065", {}, "sealed reply"};
  append(first);
  const OutboxRef ref{who, 1, 0};
  const auto wamid = random_hash();
  mark({{tenant_, ref, std::nullopt, OutboxState::kRead, 0}});
  mark({{tenant_, ref, wamid, OutboxState::kSent, 0},
        {tenant_, ref, wamid, OutboxState::kFailed, 7}});
  EXPECT_EQ(state(tenant_, ref), OutboxState::kRead);
  EXPECT_TRUE(reader_->dead_letters(tenant_, 10)->empty());
}

TEST_P(StoreContract, ADuplicateTurnSaysNothingMore) {
  const auto who = contact(tenant_);
  Append first = turn(tenant_, who, 1);
  append(first);
  Append again = turn(tenant_, who, 2);
  again.message = first.message;
  again.reply = ReplyRow{"1065", {}, "sealed reply"};
  EXPECT_EQ(append(again), AppendVerdict::kDuplicate);
  EXPECT_TRUE(reader_->unanswered(tenant_, around(), 10)->empty());
}

TEST_P(StoreContract, RefusesARowInThePlaceOfTheReply) {
  Append both = turn(tenant_, contact(tenant_), 1);
  both.reply = ReplyRow{"1065", {}, "sealed reply"};
  both.outbox = {outgoing(both, 0)};
  Batch batch;
  batch.appends = {both};
  EXPECT_EQ(writer_->commit(batch).error().code, Errc::kMalformed);
  batch.appends[0].outbox = {outgoing(both, 1)};
  EXPECT_TRUE(writer_->commit(batch).ok());
}

TEST_P(StoreContract, LetsOneClaimOfARowSucceed) {
  const auto who = contact(tenant_);
  Append one = turn(tenant_, who, 1);
  one.outbox = {outgoing(one, 1), outgoing(one, 2)};
  append(one);
  const OutboxRef first{who, 1, 1}, second{who, 1, 2}, none{who, 9, 1};
  Batch batch;
  batch.marks = {{tenant_, second, std::nullopt, OutboxState::kSent, 0},
                 {tenant_, first, std::nullopt, OutboxState::kClaimed, 0},
                 {tenant_, first, std::nullopt, OutboxState::kClaimed, 0},
                 {tenant_, none, std::nullopt, OutboxState::kClaimed, 0},
                 {other_, second, std::nullopt, OutboxState::kClaimed, 0}};
  EXPECT_EQ(commit(batch).claimed, (std::vector<bool>{false, true, false, false, false}));
  EXPECT_EQ(state(tenant_, first), OutboxState::kClaimed);
  batch.marks = {{tenant_, first, std::nullopt, OutboxState::kClaimed, 0},
                 {tenant_, second, std::nullopt, OutboxState::kClaimed, 0}};
  EXPECT_EQ(commit(batch).claimed, (std::vector<bool>{false, false}));
  auto due = reader_->due(tenant_, now_, 10);
  ASSERT_EQ(due->size(), 1U) << "a claimed row is shown, for its node may have died";
  EXPECT_EQ(due->at(0).state, OutboxState::kClaimed);
}

TEST_P(StoreContract, RevivesADeadLetterAndNothingElse) {
  const auto who = contact(tenant_);
  Append one = turn(tenant_, who, 1);
  one.reply = ReplyRow{"1065", now_ + 1h, "sealed reply"};
  one.outbox = {outgoing(one, 1), outgoing(one, 2)};
  append(one);
  const OutboxRef reply{who, 1, 0}, notice{who, 1, 1}, sent{who, 1, 2};
  mark({{tenant_, reply, std::nullopt, OutboxState::kFailed, 131026},
        {tenant_, notice, std::nullopt, OutboxState::kUnknown, 0},
        {tenant_, sent, std::nullopt, OutboxState::kSent, 0}});
  auto letters = reader_->dead_letters(tenant_, 10);
  ASSERT_TRUE(letters.ok());
  ASSERT_EQ(letters->size(), 2U);
  EXPECT_EQ(reader_->dead_letters(tenant_, 1)->size(), 1U);
  auto& store = harness_->store();
  EXPECT_EQ(store.revive(tenant_, sent, now_ + 2h).error().code, Errc::kNotFound);
  EXPECT_EQ(store.revive(other_, reply, now_ + 2h).error().code, Errc::kNotFound);
  ASSERT_TRUE(store.revive(tenant_, reply, now_ + 2h).ok());
  EXPECT_EQ(store.revive(tenant_, reply, now_ + 2h).error().code, Errc::kNotFound);
  ASSERT_TRUE(store.revive(tenant_, notice, now_ + 2h).ok());
  EXPECT_TRUE(reader_->dead_letters(tenant_, 10)->empty());
  auto due = reader_->due(tenant_, now_ + 300s, 10);
  ASSERT_EQ(due->size(), 2U);
  for (const auto& row : *due) {
    EXPECT_EQ(row.state, OutboxState::kDue);
    EXPECT_EQ(row.row.expires, now_ + 2h);
    EXPECT_EQ(row.row.body, row.row.ref.ord == 0 ? "sealed reply" : "sealed message 1");
    EXPECT_EQ(row.row.number, row.row.ref.ord == 0 ? "1065" : "106540352240000");
  }
}

}  // namespace mitr::contract
