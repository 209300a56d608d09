// The in-memory store's ports, and what tests may do to it.
#include "persistence/memory/store.h"

#include <algorithm>
#include <utility>

#include "persistence/batch_rules.h"
#include "persistence/crypto/keys.h"
#include "persistence/memory/reader.h"
#include "persistence/memory/state.h"
#include "persistence/outbox_rank.h"
#include "protocols/limits.h"

namespace mitr {

using namespace memory;

namespace {

class MemoryWriter : public Writer {
 public:
  explicit MemoryWriter(std::shared_ptr<MemoryStore::State> state) : state_(std::move(state)) {}

  Result<BatchAnswer> commit(const Batch& batch) override {
    if (auto sound = check_batch(batch); !sound) return sound.error();
    const std::lock_guard lock(state_->mutex);
    std::optional<Failure> failure;
    if (!state_->commit_failures.empty()) {
      failure = state_->commit_failures.front();
      state_->commit_failures.erase(state_->commit_failures.begin());
    }
    if (failure && failure->point == FailPoint::kBeforeApply) return made_up(failure->code);
    auto answer = state_->apply(batch);
    if (failure) return made_up(failure->code);
    return answer;
  }

 private:
  std::shared_ptr<MemoryStore::State> state_;
};

class MemoryLeases : public Leases {
 public:
  explicit MemoryLeases(std::shared_ptr<MemoryStore::State> state)
      : state_(std::move(state)), holder_(random_id<RequestId>()) {}
  /// As a session that ends: nobody needs to wait for the dead.
  ~MemoryLeases() override { (void)MemoryLeases::release(); }

  Result<LeaseTable> hold(std::chrono::milliseconds lasts,
                          std::chrono::milliseconds open_for) override {
    const std::lock_guard lock(state_->mutex);
    const auto now = state_->clock();
    LeaseTable table;
    for (std::size_t shard = 0; shard < kShards; ++shard) {
      Lease& lease = state_->leases[shard];
      if (lease.holder != holder_ && lease.expires <= now) {
        lease.holder = holder_;
        ++lease.epoch;
      } else if (lease.holder == holder_) {
        lease.settled =
            std::max(lease.settled, now - std::chrono::ceil<std::chrono::seconds>(open_for));
      }
      const bool mine = lease.holder == holder_;
      if (mine) lease.expires = now + std::chrono::ceil<std::chrono::seconds>(lasts);
      table[shard] = {lease.epoch, mine, lease.settled, now};
      // The clock was set back: see the statements of persistence/postgres/leases.cpp.
      if (lease.expires > now + std::chrono::seconds(limits::kLeaseSecondsMax))
        lease.expires = now + std::chrono::ceil<std::chrono::seconds>(lasts);
      if (lease.settled > now) lease.settled = now - limits::kClockDoubt;
    }
    return table;
  }

  Status release() override {
    const std::lock_guard lock(state_->mutex);
    for (auto& lease : state_->leases) {
      if (lease.holder == holder_) lease.expires = {};
    }
    return Done{};
  }

 private:
  std::shared_ptr<MemoryStore::State> state_;
  RequestId holder_;
};

}  // namespace

MemoryStore::MemoryStore(Clock clock) {
  if (!clock) {
    clock = [] {
      return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    };
  }
  state_ = std::make_shared<State>(std::move(clock));
}

MemoryStore::~MemoryStore() = default;

std::unique_ptr<Writer> MemoryStore::writer() {
  return std::make_unique<MemoryWriter>(state_);
}
std::unique_ptr<Reader> MemoryStore::reader() {
  return make_reader(state_);
}

std::unique_ptr<Leases> MemoryStore::leases() {
  return std::make_unique<MemoryLeases>(state_);
}

Status MemoryStore::revive(const TenantId& tenant, const OutboxRef& ref,
                           std::chrono::sys_seconds expires) {
  const std::lock_guard lock(state_->mutex);
  auto& outbox = state_->shelves[tenant].outbox;
  auto row = outbox.find(ref);
  if (row == outbox.end() || !is_dead(row->second.kept.state))
    return Error{Errc::kNotFound, "no such dead letter"};
  auto& kept = row->second.kept;
  kept.state = OutboxState::kDue;
  kept.error_code = 0;
  kept.provider.reset();
  kept.row.expires = expires;
  return Done{};
}

Result<TenantRow> MemoryStore::put_tenant(const TenantRow& given) {
  const std::lock_guard lock(state_->mutex);
  TenantRow row = given;
  std::sort(row.numbers.begin(), row.numbers.end());
  row.numbers.erase(std::unique(row.numbers.begin(), row.numbers.end()), row.numbers.end());
  for (const auto& [id, other] : state_->tenants) {
    if (other.slug == row.slug) {
      row.id = other.id;
      row.wrapped_key = other.wrapped_key;
      continue;
    }
    if (other.id == given.id)
      return Error{Errc::kRefused, "tenant " + row.slug + ": its id is taken"};
    for (const auto& number : row.numbers) {
      if (std::binary_search(other.numbers.begin(), other.numbers.end(), number)) {
        return Error{Errc::kRefused,
                     "tenant " + row.slug + ": another tenant holds one of its numbers"};
      }
    }
  }
  state_->tenants[row.id] = row;
  return row;
}

Result<ImportCounts> MemoryStore::put_records(const TenantId& tenant, const std::string& kind,
                                              const std::vector<TenantRecord>& records,
                                              bool whole) {
  const std::lock_guard lock(state_->mutex);
  auto& held = state_->shelves[tenant].records[kind];
  ImportCounts counts;
  const auto now = state_->clock();
  std::map<KeyedHash, KeptRecord> after;
  if (!whole) after = held;
  for (const auto& record : records) {
    const auto before = held.find(record.key);
    if (before == held.end()) {
      ++counts.added;
    } else if (before->second.row.content == record.content) {
      ++counts.same;
    } else {
      ++counts.changed;
    }
    after[record.key] = {record, now};
  }
  counts.removed = held.size() + counts.added - after.size();
  held = std::move(after);
  ++state_->shelves[tenant].imports;
  return counts;
}

Result<bool> MemoryStore::put_pack(const PackRow& row) {
  const std::lock_guard lock(state_->mutex);
  return state_->packs.try_emplace(row.version, row).second;
}

Status MemoryStore::deploy_pack(const TenantId& tenant, const PackHash& version) {
  const std::lock_guard lock(state_->mutex);
  if (!state_->packs.contains(version) || !state_->tenants.contains(tenant))
    return Error{Errc::kNotFound, "no such tenant or version"};
  auto& versions = state_->deployed[tenant];
  if (!versions.empty() && versions.front() == version) return Done{};
  versions.insert(versions.begin(), version);
  if (versions.size() > limits::kPackVersionsMax) versions.pop_back();
  return Done{};
}

Status MemoryStore::put_instruction(const InstructionRow& row) {
  const std::lock_guard lock(state_->mutex);
  auto& shelf = state_->shelves[row.name.tenant];
  if (!shelf.contacts.contains(row.contact)) return Error{Errc::kNotFound, "no such contact"};
  if (shelf.instructions.try_emplace(row.name.id, Instructed{row, state_->arrivals + 1}).second)
    ++state_->arrivals;
  return Done{};
}

Status MemoryStore::put_review(const TenantId& tenant, const ReviewRow& row) {
  const std::lock_guard lock(state_->mutex);
  auto& shelf = state_->shelves[tenant];
  if (!shelf.journal.contains({row.turn.contact, row.turn.seq}))
    return Error{Errc::kNotFound, "no such turn"};
  shelf.reviews[row.turn] = row.label;
  return Done{};
}

Status MemoryStore::put_model(const TenantId& tenant, const ModelRow& row) {
  const std::lock_guard lock(state_->mutex);
  auto& models = state_->shelves[tenant].models;
  const auto [at, fresh] = models.try_emplace(row.number, KeptModel{row, state_->clock()});
  if (!fresh && at->second.row.manifest != row.manifest)
    return Error{Errc::kRefused, "another model has this number"};
  const auto& promoted = state_->promoted[tenant];
  std::erase_if(models, [&](const auto& each) {
    return each.first + limits::kModelsKept <= row.number &&
           std::find(promoted.begin(), promoted.end(), each.first) == promoted.end();
  });
  return Done{};
}

Status MemoryStore::promote_model(const TenantId& tenant, std::uint32_t number) {
  const std::lock_guard lock(state_->mutex);
  if (!state_->shelves[tenant].models.contains(number))
    return Error{Errc::kNotFound, "the tenant has no such model"};
  auto& promoted = state_->promoted[tenant];
  if (!promoted.empty() && promoted.front() == number) return Done{};
  promoted.insert(promoted.begin(), number);
  if (promoted.size() > limits::kModelsPromotedMax) promoted.pop_back();
  return Done{};
}

Status MemoryStore::roll_back_model(const TenantId& tenant, std::uint32_t number) {
  const std::lock_guard lock(state_->mutex);
  auto& promoted = state_->promoted[tenant];
  if (promoted.empty() || promoted.front() != number)
    return Error{Errc::kNotFound, "that model is not live"};
  promoted.erase(promoted.begin());
  return Done{};
}

Status MemoryStore::erase_contact(const TenantId& tenant, const Erasure& erasure) {
  const std::lock_guard lock(state_->mutex);
  return state_->erase(tenant, erasure);
}

Status MemoryStore::put_roster(const TenantId& tenant, const std::vector<RosterRow>& roster) {
  const std::lock_guard lock(state_->mutex);
  state_->shelves[tenant].roster = roster;
  return Done{};
}

void MemoryStore::fail_next_commit(Errc code, FailPoint point, std::size_t times) {
  const std::lock_guard lock(state_->mutex);
  state_->commit_failures.insert(state_->commit_failures.end(), times, Failure{code, point});
}

void MemoryStore::fail_next_read(Errc code, std::size_t times) {
  const std::lock_guard lock(state_->mutex);
  state_->read_failures.insert(state_->read_failures.end(), times, code);
}

void MemoryStore::expire_leases() {
  const std::lock_guard lock(state_->mutex);
  for (auto& lease : state_->leases) lease.expires = {};
}

std::vector<MemoryStore::KeptOutbox> MemoryStore::outbox(const TenantId& tenant) const {
  const std::lock_guard lock(state_->mutex);
  std::vector<KeptOutbox> rows;
  for (const auto& [ref, outgoing] : state_->shelves[tenant].outbox) rows.push_back(outgoing.kept);
  return rows;
}

std::vector<KeptWebhook> MemoryStore::kept(const TenantId& tenant) const {
  const std::lock_guard lock(state_->mutex);
  return state_->shelves[tenant].kept;
}

std::optional<OutboxState> MemoryStore::state_of(const TenantId& tenant,
                                                 const OutboxRef& ref) const {
  const std::lock_guard lock(state_->mutex);
  const auto& outbox = state_->shelves[tenant].outbox;
  const auto row = outbox.find(ref);
  if (row == outbox.end()) return std::nullopt;
  return row->second.kept.state;
}

std::uint32_t MemoryStore::epoch_of(const ContactId& contact) const {
  const std::lock_guard lock(state_->mutex);
  return state_->leases[shard_of(contact)].epoch;
}

std::size_t MemoryStore::timer_count() const {
  const std::lock_guard lock(state_->mutex);
  std::size_t count = 0;
  for (const auto& [tenant, shelf] : state_->shelves) count += shelf.timers.size();
  return count;
}

std::size_t MemoryStore::turn_count() const {
  const std::lock_guard lock(state_->mutex);
  std::size_t count = 0;
  for (const auto& [tenant, shelf] : state_->shelves) count += shelf.journal.size();
  return count;
}

std::size_t MemoryStore::commit_count() const {
  const std::lock_guard lock(state_->mutex);
  return state_->commits;
}

}  // namespace mitr
