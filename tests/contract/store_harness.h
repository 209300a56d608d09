// The ground the store contract stands on: a store to test, a way to look behind it, and short
// words for batches.
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

  static Claim claim(const TenantId& tenant, std::vector<Alias> aliases,
                     std::chrono::sys_seconds told = {}) {
    return {tenant,        std::move(aliases), {}, told, random_id<ContactId>(),
            "wrapped key", "sealed details"};
  }

  static Alias phone(const KeyedHash& hash) { return {hash, AliasKind::kPhone}; }
  static Alias bsuid(const KeyedHash& hash) { return {hash, AliasKind::kBsuid}; }

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
    return claim_one(claim(tenant, {phone(random_hash())})).contact;
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

  /// Times that hold all a test writes, and nothing of it.
  TimeSpan around() const { return {now_ - 300s, now_ + 300s}; }
  TimeSpan later() const { return {now_ + 300s, now_ + 600s}; }

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

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(StoreContract);

}  // namespace mitr::contract
