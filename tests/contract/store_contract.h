// What every store promises, as tests. Included once per binary, which then names its own harness
// with INSTANTIATE_TEST_SUITE_P; a store that passes here may stand in for any other.
#pragma once

#include <functional>
#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "persistence/crypto/keys.h"
#include "persistence/store.h"

namespace mitr::contract {

using namespace std::chrono_literals;

/// How far an outbox row got, which no port tells.
struct OutboxStanding {
  OutboxState state = OutboxState::kDue;
  int error_code = 0;
};

/// A store, empty at first, and a way to look behind it.
class StoreHarness {
 public:
  virtual ~StoreHarness() = default;
  virtual Store& store() = 0;
  virtual std::optional<OutboxStanding> standing(const TenantId&, const OutboxRef&) = 0;
  virtual std::size_t kept_count(const TenantId&) = 0;
};

using MakeHarness = std::function<std::unique_ptr<StoreHarness>()>;

inline KeyedHash random_hash() {
  KeyedHash hash;
  random_bytes(hash.bytes.data(), hash.bytes.size());
  return hash;
}

class StoreContract : public ::testing::TestWithParam<MakeHarness> {
 protected:
  void SetUp() override {
    harness_ = GetParam()();
    writer_ = harness_->store().writer();
    reader_ = harness_->store().reader();
  }

  static Append turn(const TenantId& tenant, const ContactId& conversation, std::uint64_t seq) {
    Append append;
    append.tenant = tenant;
    append.conversation = conversation;
    append.seq = seq;
    append.message = random_hash();
    append.body = "sealed turn " + std::to_string(seq) + to_string(random_id<RequestId>());
    return append;
  }

  static OutboxRow outgoing(const Append& turn, std::uint16_t ord) {
    OutboxRow row;
    row.ref = {turn.conversation, turn.seq, ord};
    row.recipient = turn.conversation;
    row.number = "106540352240000";
    row.body = "sealed message " + std::to_string(ord);
    return row;
  }

  static Claim claim(const TenantId& tenant, std::vector<KeyedHash> aliases) {
    return {tenant, std::move(aliases), random_id<ContactId>(), "wrapped key", "sealed details"};
  }

  BatchAnswer commit(const Batch& batch) {
    auto answer = writer_->commit(batch);
    EXPECT_TRUE(answer.ok()) << (answer.ok() ? "" : answer.error().what);
    return answer.ok() ? *answer : BatchAnswer{};
  }

  AppendVerdict append(const Append& turn) {
    Batch batch;
    batch.appends = {turn};
    auto answer = commit(batch);
    return answer.appends.size() == 1 ? answer.appends[0] : AppendVerdict{};
  }

  ClaimedContact claim_one(const Claim& wish) {
    Batch batch;
    batch.claims = {wish};
    auto answer = commit(batch);
    return answer.claims.size() == 1 ? answer.claims[0] : ClaimedContact{};
  }

  /// A contact who exists.
  ContactId contact(const TenantId& tenant) {
    return claim_one(claim(tenant, {random_hash()})).contact;
  }

  void mark(std::vector<OutboxMark> marks) {
    Batch batch;
    batch.marks = std::move(marks);
    commit(batch);
  }

  OutboxState state(const TenantId& tenant, const OutboxRef& ref) {
    auto found = harness_->standing(tenant, ref);
    EXPECT_TRUE(found.has_value());
    return found ? found->state : OutboxState{};
  }

  TenantRow tenant_row(const std::string& slug, std::vector<std::string> numbers) {
    return {random_id<TenantId>(), slug, "A name", "{}", "wrapped under root", std::move(numbers)};
  }

  std::unique_ptr<StoreHarness> harness_;
  std::unique_ptr<Writer> writer_;
  std::unique_ptr<Reader> reader_;
  const TenantId tenant_ = random_id<TenantId>();
  const TenantId other_ = random_id<TenantId>();
  const std::chrono::sys_seconds now_{
      std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())};
};

// -- turns ----

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

// -- the outbox ----

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
  const OutboxState all[] = {kDue, kUnknown, kSent, kDelivered, kRead, kFailed};
  // Rows: where it stands. Columns: the news. Values: where it stands then.
  const OutboxState after[6][6] = {
      {kDue, kUnknown, kSent, kDelivered, kRead, kFailed},
      {kUnknown, kUnknown, kSent, kDelivered, kRead, kFailed},
      {kSent, kSent, kSent, kDelivered, kRead, kFailed},
      {kDelivered, kDelivered, kDelivered, kDelivered, kRead, kDelivered},
      {kRead, kRead, kRead, kRead, kRead, kRead},
      {kFailed, kFailed, kSent, kDelivered, kRead, kFailed},
  };
  const auto who = contact(tenant_);
  Append many = turn(tenant_, who, 1);
  for (std::uint16_t ord = 0; ord < 36; ++ord) many.outbox.push_back(outgoing(many, ord));
  append(many);
  std::vector<OutboxMark> standing, news;
  for (std::uint16_t ord = 0; ord < 36; ++ord) {
    const OutboxRef ref{who, 1, ord};
    standing.push_back({tenant_, ref, std::nullopt, all[ord / 6], ord / 6 == 5 ? 131026 : 0});
    news.push_back({tenant_, ref, std::nullopt, all[ord % 6], ord % 6 == 5 ? 131047 : 0});
  }
  mark(standing);
  mark(news);
  std::size_t due = 0;
  for (std::uint16_t ord = 0; ord < 36; ++ord) {
    const auto expected = after[ord / 6][ord % 6];
    const auto found = harness_->standing(tenant_, {who, 1, ord});
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->state, expected) << "from " << ord / 6 << " by " << ord % 6;
    EXPECT_EQ(found->error_code != 0, expected == kFailed);
    if (expected <= kUnknown) ++due;
  }
  EXPECT_EQ(reader_->due(tenant_, now_, 100)->size(), due);
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

// -- contacts ----

TEST_P(StoreContract, FindsAContactByAnyAliasAndLearnsTheOthers) {
  const auto phone = random_hash(), bsuid = random_hash();
  const auto made = claim(tenant_, {phone});
  const auto first = claim_one(made);
  EXPECT_TRUE(first.created);
  EXPECT_EQ(first.contact, made.fresh);
  EXPECT_EQ(first.wrapped_key, made.wrapped_key);
  EXPECT_EQ(first.details, made.details);
  EXPECT_EQ(first.last_seq, 0U);
  append(turn(tenant_, first.contact, 1));
  append(turn(tenant_, first.contact, 2));

  const auto second = claim_one(claim(tenant_, {bsuid, phone}));
  EXPECT_FALSE(second.created);
  EXPECT_EQ(second.contact, first.contact);
  EXPECT_EQ(second.last_seq, 2U);
  EXPECT_EQ(claim_one(claim(tenant_, {bsuid})).contact, first.contact);
  EXPECT_NE(claim_one(claim(other_, {phone})).contact, first.contact);
}

TEST_P(StoreContract, LetsTheFirstAliasDecideBetweenTwoContacts) {
  const auto phone = random_hash(), bsuid = random_hash();
  const auto by_phone = claim_one(claim(tenant_, {phone})).contact;
  const auto by_bsuid = claim_one(claim(tenant_, {bsuid})).contact;
  EXPECT_EQ(claim_one(claim(tenant_, {phone, bsuid})).contact, by_phone);
  EXPECT_EQ(claim_one(claim(tenant_, {bsuid, phone})).contact, by_bsuid);
}

TEST_P(StoreContract, AgreesOnAContactWithinABatch) {
  const auto phone = random_hash(), bsuid = random_hash();
  Batch batch;
  batch.claims = {claim(tenant_, {phone}), claim(other_, {phone}), claim(tenant_, {phone, bsuid}),
                  claim(tenant_, {random_hash()}), claim(tenant_, {phone})};
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
        std::vector<KeyedHash> names{phones[p]};
        if (w % 2 == 1) names.insert(names.begin() + static_cast<std::ptrdiff_t>(w / 2), bsuids[p]);
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

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(StoreContract);

}  // namespace mitr::contract
