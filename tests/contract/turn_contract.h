// The promises about turns and about reading them back.
#pragma once

#include "tests/contract/store_harness.h"

namespace mitr::contract {

TEST_P(StoreContract, ReadsBackWhatATurnWrote) {
  const auto who = contact(tenant_);
  Append first = turn(tenant_, who, 1);
  first.outbox = {outgoing(first, 0), outgoing(first, 1)};
  first.outbox[1].lane = Lane::kCampaign;
  first.outbox[1].expires = now_ + 1h;
  first.requests = {{random_id<RequestId>(), "leave", "sealed request"}};
  first.details = "newer details";
  EXPECT_EQ(append(first), AppendVerdict::kCommitted);

  auto stored = reader_->conversation(tenant_, who);
  ASSERT_TRUE(stored.ok());
  EXPECT_EQ(stored->wrapped_key, "wrapped key");
  EXPECT_EQ(stored->details, "newer details");
  EXPECT_EQ(stored->last_seq, 1U);
  ASSERT_EQ(stored->rows.size(), 1U);
  EXPECT_EQ(stored->rows[0].body, first.body);
  EXPECT_LE(std::chrono::abs(stored->rows[0].at - now_), 300s);

  auto due = reader_->due(tenant_, now_, 10);
  ASSERT_TRUE(due.ok());
  ASSERT_EQ(due->size(), 2U);
  EXPECT_EQ((*due)[0].row, first.outbox[0]);
  EXPECT_EQ((*due)[1].row, first.outbox[1]);
  EXPECT_EQ((*due)[1].state, OutboxState::kDue);
  EXPECT_EQ((*due)[1].wrapped_key, "wrapped key");

  auto requests = reader_->requests(tenant_, 10);
  ASSERT_TRUE(requests.ok());
  ASSERT_EQ(requests->size(), 1U);
  EXPECT_EQ((*requests)[0].row, first.requests[0]);
  EXPECT_EQ((*requests)[0].contact, who);
  EXPECT_EQ((*requests)[0].wrapped_key, "wrapped key");
}

TEST_P(StoreContract, KeepsBytesOfEveryValue) {
  const auto who = contact(tenant_);
  Append whole = turn(tenant_, who, 1);
  whole.body.clear();
  for (int byte = 0; byte < 256; ++byte) whole.body.push_back(static_cast<char>(byte));
  whole.outbox = {outgoing(whole, 0)};
  whole.outbox[0].body.assign(9000, '\0');
  append(whole);
  EXPECT_EQ(reader_->conversation(tenant_, who)->rows.at(0).body, whole.body);
  EXPECT_EQ(reader_->due(tenant_, now_, 1)->at(0).row.body, whole.outbox[0].body);
}

TEST_P(StoreContract, GivesAMessageOneOutcome) {
  const auto who = contact(tenant_);
  const Append first = turn(tenant_, who, 1);
  ASSERT_EQ(append(first), AppendVerdict::kCommitted);
  Append again = turn(tenant_, who, 2);
  again.message = first.message;
  again.outbox = {outgoing(again, 0)};
  again.requests = {{random_id<RequestId>(), "leave", "sealed"}};
  again.details = "must not be written";
  EXPECT_EQ(append(again), AppendVerdict::kDuplicate);
  EXPECT_EQ(reader_->conversation(tenant_, who)->last_seq, 1U);
  EXPECT_EQ(reader_->conversation(tenant_, who)->details, "sealed details");
  EXPECT_TRUE(reader_->due(tenant_, now_, 10)->empty());
  EXPECT_TRUE(reader_->requests(tenant_, 10)->empty());
}

TEST_P(StoreContract, AddsNothingToATurnThatIsThere) {
  const auto who = contact(tenant_);
  Append first = turn(tenant_, who, 1);
  first.outbox = {outgoing(first, 0)};
  ASSERT_EQ(append(first), AppendVerdict::kCommitted);
  Append redone = first;
  redone.body = "decided anew";
  redone.outbox.push_back(outgoing(first, 1));
  EXPECT_EQ(append(redone), AppendVerdict::kDuplicate);
  EXPECT_EQ(reader_->due(tenant_, now_, 10)->size(), 1U);
  EXPECT_EQ(reader_->conversation(tenant_, who)->rows.at(0).body, first.body);
}

TEST_P(StoreContract, FencesAStaleWriterAndKeepsTheRestOfTheBatch) {
  const auto who = contact(tenant_);
  const auto someone = contact(tenant_);
  const auto stranger = contact(other_);
  ASSERT_EQ(append(turn(tenant_, who, 1)), AppendVerdict::kCommitted);
  Batch batch;
  batch.appends = {turn(tenant_, someone, 1), turn(tenant_, who, 1), turn(other_, stranger, 1),
                   turn(tenant_, who, 2)};
  batch.appends[1].outbox = {outgoing(batch.appends[1], 0)};
  const auto answer = commit(batch);
  EXPECT_EQ(answer.appends, (std::vector{AppendVerdict::kCommitted, AppendVerdict::kFenced,
                                         AppendVerdict::kCommitted, AppendVerdict::kCommitted}));
  EXPECT_TRUE(reader_->due(tenant_, now_, 10)->empty());
}

TEST_P(StoreContract, LetsOneOfTwoAppendsToAPlaceIn) {
  const auto who = contact(tenant_);
  Batch batch;
  batch.appends = {turn(tenant_, who, 1), turn(tenant_, who, 1)};
  batch.appends.push_back(batch.appends[0]);
  const auto answer = commit(batch);
  EXPECT_EQ(answer.appends, (std::vector{AppendVerdict::kCommitted, AppendVerdict::kFenced,
                                         AppendVerdict::kDuplicate}));
  EXPECT_EQ(reader_->conversation(tenant_, who)->rows.size(), 1U);
}

TEST_P(StoreContract, CommitsALargeBatchOfManyTenants) {
  std::vector<TenantId> tenants(7);
  for (auto& tenant : tenants) tenant = random_id<TenantId>();
  Batch batch;
  for (std::size_t i = 0; i < 256; ++i) {
    Append one = turn(tenants[i % tenants.size()], random_id<ContactId>(), 1);
    one.outbox = {outgoing(one, 0)};
    batch.appends.push_back(std::move(one));
  }
  const auto answer = commit(batch);
  EXPECT_EQ(answer.appends, std::vector(256, AppendVerdict::kCommitted));
  std::size_t turns = 0;
  std::size_t due = 0;
  for (const auto& tenant : tenants) {
    turns += reader_->turns(tenant, {}, 0, 1000)->size();
    due += reader_->due(tenant, now_, 1000)->size();
  }
  EXPECT_EQ(turns, 256U);
  EXPECT_EQ(due, 256U);
}

TEST_P(StoreContract, RefusesABatchThatBreaksARule) {
  const auto who = contact(tenant_);
  Batch without_alias;
  without_alias.claims = {claim(tenant_, {})};
  EXPECT_EQ(writer_->commit(without_alias).error().code, Errc::kMalformed);
  Batch foreign_row;
  foreign_row.appends = {turn(tenant_, who, 1)};
  foreign_row.appends[0].outbox = {outgoing(turn(tenant_, who, 2), 0)};
  EXPECT_EQ(writer_->commit(foreign_row).error().code, Errc::kMalformed);
  Batch no_seq;
  no_seq.appends = {turn(tenant_, who, 0)};
  EXPECT_EQ(writer_->commit(no_seq).error().code, Errc::kMalformed);
}

TEST_P(StoreContract, AnswersAnEmptyBatch) {
  const auto answer = commit({});
  EXPECT_TRUE(answer.appends.empty());
  EXPECT_TRUE(answer.claims.empty());
}

// -- reading ----

TEST_P(StoreContract, ReadsFromTheLastSnapshotOn) {
  const auto who = contact(tenant_);
  for (std::uint64_t seq = 1; seq <= 7; ++seq) {
    Append one = turn(tenant_, who, seq);
    one.snapshot = seq == 2 || seq == 5;
    ASSERT_EQ(append(one), AppendVerdict::kCommitted);
  }
  auto stored = reader_->conversation(tenant_, who);
  ASSERT_TRUE(stored.ok());
  ASSERT_EQ(stored->rows.size(), 3U);
  EXPECT_EQ(stored->rows[0].seq, 5U);
  EXPECT_TRUE(stored->rows[0].snapshot);
  EXPECT_EQ(stored->rows[2].seq, 7U);
  EXPECT_EQ(stored->last_seq, 7U);
}

TEST_P(StoreContract, KnowsAContactWhoNeverWroteAndNoStranger) {
  const auto who = contact(tenant_);
  auto stored = reader_->conversation(tenant_, who);
  ASSERT_TRUE(stored.ok());
  EXPECT_EQ(stored->last_seq, 0U);
  EXPECT_TRUE(stored->rows.empty());
  EXPECT_EQ(reader_->conversation(tenant_, random_id<ContactId>()).error().code, Errc::kNotFound);
  EXPECT_EQ(reader_->conversation(other_, who).error().code, Errc::kNotFound);
}

TEST_P(StoreContract, PagesThroughTurnsInOrder) {
  std::set<std::pair<ContactId, std::uint64_t>> written;
  for (int person = 0; person < 3; ++person) {
    const auto who = contact(tenant_);
    for (std::uint64_t seq = 1; seq <= 4; ++seq) {
      append(turn(tenant_, who, seq));
      written.emplace(who, seq);
    }
  }
  append(turn(other_, contact(other_), 1));
  std::vector<std::pair<ContactId, std::uint64_t>> read;
  ContactId conversation;
  std::uint64_t seq = 0;
  for (int page = 0; page < 10; ++page) {
    auto turns = reader_->turns(tenant_, conversation, seq, 5);
    ASSERT_TRUE(turns.ok());
    if (turns->empty()) break;
    for (const auto& one : *turns) {
      read.emplace_back(one.row.conversation, one.row.seq);
      EXPECT_EQ(one.wrapped_key, "wrapped key");
    }
    conversation = turns->back().row.conversation;
    seq = turns->back().row.seq;
  }
  EXPECT_EQ(read,
            (std::vector<std::pair<ContactId, std::uint64_t>>(written.begin(), written.end())));
}

TEST_P(StoreContract, AnswersAPing) {
  EXPECT_TRUE(reader_->ping().ok());
}

}  // namespace mitr::contract
