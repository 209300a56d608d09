// The in-memory store: ordered maps under one mutex. Every rule here has its twin in postgres/;
// contract tests hold both.
#include "persistence/memory/store.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <set>
#include <tuple>
#include <utility>

#include "persistence/batch_rules.h"
#include "persistence/crypto/keys.h"
#include "persistence/outbox_rank.h"
#include "protocols/limits.h"

namespace mitr {
namespace {

struct Contact {
  Sealed wrapped_key;
  Sealed details;
};

struct Turn {
  KeyedHash message;
  JournalRow row;
};

struct Outgoing {
  MemoryStore::KeptOutbox kept;
  std::chrono::sys_seconds created_at{};
  bool unanswered = false;  ///< A reply of whose fate nothing is known.
};

struct Lease {
  RequestId holder;
  std::uint32_t epoch = 0;
  std::chrono::sys_seconds expires{};
  std::chrono::sys_seconds settled{};
};

struct Filed {
  StoredRequest request;
  std::uint64_t arrival = 0;
};

/// What one tenant owns; nothing reaches over to another's.
struct Shelf {
  std::map<ContactId, Contact> contacts;
  std::map<KeyedHash, ContactId> aliases;
  std::map<std::pair<ContactId, std::uint64_t>, Turn> journal;
  std::set<KeyedHash> messages;
  std::map<OutboxRef, Outgoing> outbox;
  std::map<KeyedHash, OutboxRef> providers;
  std::map<RequestId, Filed> requests;
  std::vector<RosterRow> roster;
  std::vector<KeptWebhook> kept;
  std::map<ContactId, TimerMove> timers;

  std::uint64_t last_seq(const ContactId& contact) const {
    auto after = journal.upper_bound({contact, UINT64_MAX});
    if (after == journal.begin()) return 0;
    --after;
    return after->first.first == contact ? after->first.second : 0;
  }
};

struct Failure {
  Errc code = Errc::kInternal;
  FailPoint point = FailPoint::kBeforeApply;
};

Error made_up(Errc code) {
  return Error{code, "the memory store was told to fail"};
}

}  // namespace

struct MemoryStore::State {
  explicit State(Clock given) : clock(std::move(given)) {}

  mutable std::mutex mutex;
  Clock clock;
  std::map<TenantId, Shelf> shelves;
  std::map<TenantId, TenantRow> tenants;
  std::vector<Failure> commit_failures;
  std::vector<Errc> read_failures;
  std::uint64_t arrivals = 0;
  std::size_t commits = 0;
  std::array<Lease, kShards> leases;

  AppendVerdict append(const Append& turn);
  ClaimedContact claim(const Claim& claim);
  bool mark(const OutboxMark& mark);
  void reset(const TimerReset& reset);
  BatchAnswer apply(const Batch& batch);
};

AppendVerdict MemoryStore::State::append(const Append& turn) {
  Shelf& shelf = shelves[turn.tenant];
  if (shelf.messages.contains(turn.message)) return AppendVerdict::kDuplicate;
  const auto place = std::pair(turn.conversation, turn.seq);
  if (shelf.journal.contains(place)) return AppendVerdict::kFenced;
  if (turn.epoch != 0 && turn.epoch != leases[shard_of(turn.conversation)].epoch)
    return AppendVerdict::kFenced;
  const auto now = clock();
  shelf.messages.insert(turn.message);
  shelf.journal[place] =
      Turn{turn.message, {turn.conversation, turn.seq, turn.snapshot, now, turn.body}};
  for (const auto& row : turn.outbox) {
    shelf.outbox.emplace(row.ref, Outgoing{{row, OutboxState::kDue, 0, std::nullopt}, now, false});
  }
  if (turn.reply) {
    const OutboxRef ref{turn.conversation, turn.seq, 0};
    OutboxRow row{ref, turn.conversation,   turn.reply->number, Lane::kReply,
                  now, turn.reply->expires, turn.reply->body};
    shelf.outbox.emplace(ref,
                         Outgoing{{std::move(row), OutboxState::kDue, 0, std::nullopt}, now, true});
  }
  if (turn.timer && turn.timer->at) shelf.timers[turn.conversation] = *turn.timer;
  if (turn.timer && !turn.timer->at) shelf.timers.erase(turn.conversation);
  auto contact = shelf.contacts.find(turn.conversation);
  if (turn.details && contact != shelf.contacts.end()) contact->second.details = *turn.details;
  for (const auto& request : turn.requests) {
    shelf.requests.emplace(request.id, Filed{{request, turn.conversation, now, {}}, ++arrivals});
  }
  return AppendVerdict::kCommitted;
}

ClaimedContact MemoryStore::State::claim(const Claim& claim) {
  Shelf& shelf = shelves[claim.tenant];
  std::optional<ContactId> found;
  for (const auto& alias : claim.aliases) {
    auto known = shelf.aliases.find(alias);
    if (known == shelf.aliases.end()) continue;
    found = known->second;
    break;
  }
  const ContactId contact = found.value_or(claim.fresh);
  if (!found) shelf.contacts[contact] = Contact{claim.wrapped_key, claim.details};
  for (const auto& alias : claim.aliases) shelf.aliases.emplace(alias, contact);
  const Contact& kept = shelf.contacts[contact];
  return {contact, !found, kept.wrapped_key, kept.details, shelf.last_seq(contact)};
}

bool MemoryStore::State::mark(const OutboxMark& mark) {
  Shelf& shelf = shelves[mark.tenant];
  std::optional<OutboxRef> ref = mark.ref;
  if (!ref && mark.provider) {
    auto known = shelf.providers.find(*mark.provider);
    if (known != shelf.providers.end()) ref = known->second;
  }
  if (!ref) return false;
  auto row = shelf.outbox.find(*ref);
  if (row == shelf.outbox.end()) return false;
  row->second.unanswered = false;
  KeptOutbox& kept = row->second.kept;
  if (mark.provider && !kept.provider) {
    kept.provider = mark.provider;
    shelf.providers.emplace(*mark.provider, *ref);
  }
  if (!moves_forward(kept.state, mark.state)) return false;
  kept.state = mark.state;
  kept.error_code = mark.state == OutboxState::kFailed ? mark.error_code : 0;
  return true;
}

void MemoryStore::State::reset(const TimerReset& reset) {
  auto& timers = shelves[reset.tenant].timers;
  auto timer = timers.find(reset.contact);
  if (timer == timers.end() || timer->second.at != reset.was) return;
  if (reset.at) {
    timer->second.at = reset.at;
  } else {
    timers.erase(timer);
  }
}

BatchAnswer MemoryStore::State::apply(const Batch& batch) {
  BatchAnswer answer;
  for (const auto& turn : batch.appends) answer.appends.push_back(append(turn));
  // Claims first: their post comes before its news. A mark that names its row may bring the hash by
  // which another mark of the same batch finds it.
  answer.claimed.resize(batch.marks.size());
  const auto is_claim = [](const OutboxMark& news) {
    return news.ref && news.state == OutboxState::kClaimed;
  };
  for (std::size_t i = 0; i < batch.marks.size(); ++i) {
    if (is_claim(batch.marks[i])) answer.claimed[i] = mark(batch.marks[i]);
  }
  for (const auto& news : batch.marks) {
    if (news.ref && !is_claim(news)) mark(news);
  }
  for (const auto& news : batch.marks) {
    if (!news.ref) mark(news);
  }
  for (const auto& timer : batch.timers) reset(timer);
  for (const auto& wish : batch.claims) answer.claims.push_back(claim(wish));
  for (const auto& webhook : batch.kept) shelves[webhook.tenant].kept.push_back(webhook);
  ++commits;
  return answer;
}

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

class MemoryReader : public Reader {
 public:
  explicit MemoryReader(std::shared_ptr<MemoryStore::State> state) : state_(std::move(state)) {}

  Result<StoredConversation> conversation(const TenantId& tenant,
                                          const ContactId& contact) override {
    const std::lock_guard lock(state_->mutex);
    if (auto failure = next_failure()) return *failure;
    const Shelf& shelf = state_->shelves[tenant];
    auto known = shelf.contacts.find(contact);
    if (known == shelf.contacts.end()) return Error{Errc::kNotFound, "no such contact"};
    StoredConversation stored{
        known->second.wrapped_key, known->second.details, shelf.last_seq(contact), {}};
    auto row = shelf.journal.lower_bound({contact, 0});
    for (; row != shelf.journal.end() && row->first.first == contact; ++row) {
      if (row->second.row.snapshot) stored.rows.clear();
      stored.rows.push_back(row->second.row);
    }
    return stored;
  }

  Result<std::vector<DueRow>> due(const TenantId& tenant, std::chrono::sys_seconds now,
                                  std::size_t limit) override {
    const std::lock_guard lock(state_->mutex);
    if (auto failure = next_failure()) return *failure;
    return oldest(tenant, limit, [now](const Outgoing& outgoing) {
      return !outgoing.unanswered && is_open(outgoing.kept.state) &&
             outgoing.kept.row.not_before <= now;
    });
  }

  Result<std::vector<DueRow>> unanswered(const TenantId& tenant, const TimeSpan& span,
                                         std::size_t limit) override {
    const std::lock_guard lock(state_->mutex);
    if (auto failure = next_failure()) return *failure;
    return oldest(tenant, limit, [span](const Outgoing& outgoing) {
      return outgoing.unanswered && outgoing.created_at >= span.from &&
             outgoing.created_at <= span.to;
    });
  }

  Result<std::vector<DueTimer>> timers(const std::vector<Shard>& shards,
                                       std::chrono::sys_seconds now, std::size_t limit) override {
    const std::lock_guard lock(state_->mutex);
    if (auto failure = next_failure()) return *failure;
    std::vector<DueTimer> due;
    for (const auto& [tenant, shelf] : state_->shelves) {
      for (const auto& [contact, timer] : shelf.timers) {
        const bool ours =
            std::find(shards.begin(), shards.end(), shard_of(contact)) != shards.end();
        if (ours && *timer.at <= now) due.push_back({tenant, contact, *timer.at, timer.number});
      }
    }
    std::stable_sort(due.begin(), due.end(),
                     [](const DueTimer& a, const DueTimer& b) { return a.at < b.at; });
    if (due.size() > limit) due.resize(limit);
    return due;
  }

  Result<std::vector<DeadLetter>> dead_letters(const TenantId& tenant, std::size_t limit) override {
    const std::lock_guard lock(state_->mutex);
    if (auto failure = next_failure()) return *failure;
    std::vector<DeadLetter> letters;
    for (const auto& [ref, outgoing] : state_->shelves[tenant].outbox) {
      const auto& kept = outgoing.kept;
      if (is_dead(kept.state))
        letters.push_back({ref, kept.row.lane, kept.state, kept.error_code, outgoing.created_at});
    }
    std::stable_sort(letters.begin(), letters.end(),
                     [](const DeadLetter& a, const DeadLetter& b) { return a.at > b.at; });
    if (letters.size() > limit) letters.resize(limit);
    return letters;
  }

  Result<std::vector<StoredTurn>> turns(const TenantId& tenant, const ContactId& after_conversation,
                                        std::uint64_t after_seq, std::size_t limit) override {
    const std::lock_guard lock(state_->mutex);
    if (auto failure = next_failure()) return *failure;
    const Shelf& shelf = state_->shelves[tenant];
    std::vector<StoredTurn> turns;
    auto row = shelf.journal.upper_bound({after_conversation, after_seq});
    for (; row != shelf.journal.end() && turns.size() < limit; ++row) {
      turns.push_back({row->second.row, key_of(shelf, row->first.first)});
    }
    return turns;
  }

  Result<std::vector<StoredRequest>> requests(const TenantId& tenant, std::size_t limit) override {
    const std::lock_guard lock(state_->mutex);
    if (auto failure = next_failure()) return *failure;
    const Shelf& shelf = state_->shelves[tenant];
    std::vector<const Filed*> filed;
    for (const auto& [id, entry] : shelf.requests) filed.push_back(&entry);
    std::sort(filed.begin(), filed.end(),
              [](const Filed* a, const Filed* b) { return a->arrival < b->arrival; });
    std::vector<StoredRequest> rows;
    for (const Filed* entry : filed) {
      if (rows.size() == limit) break;
      rows.push_back(entry->request);
      rows.back().wrapped_key = key_of(shelf, entry->request.contact);
    }
    return rows;
  }

  Result<std::vector<TenantRow>> tenants() override {
    const std::lock_guard lock(state_->mutex);
    if (auto failure = next_failure()) return *failure;
    std::vector<TenantRow> rows;
    for (const auto& [id, row] : state_->tenants) rows.push_back(row);
    std::sort(rows.begin(), rows.end(),
              [](const TenantRow& a, const TenantRow& b) { return a.slug < b.slug; });
    return rows;
  }

  Result<std::vector<RosterRow>> roster(const TenantId& tenant) override {
    const std::lock_guard lock(state_->mutex);
    if (auto failure = next_failure()) return *failure;
    return state_->shelves[tenant].roster;
  }

  Status ping() override {
    const std::lock_guard lock(state_->mutex);
    if (auto failure = next_failure()) return *failure;
    return Done{};
  }

 private:
  std::optional<Error> next_failure() {
    if (state_->read_failures.empty()) return std::nullopt;
    const Errc code = state_->read_failures.front();
    state_->read_failures.erase(state_->read_failures.begin());
    return made_up(code);
  }

  template <class Wanted>
  std::vector<DueRow> oldest(const TenantId& tenant, std::size_t limit, Wanted wanted) {
    const Shelf& shelf = state_->shelves[tenant];
    std::vector<const Outgoing*> found;
    for (const auto& [ref, outgoing] : shelf.outbox) {
      if (wanted(outgoing)) found.push_back(&outgoing);
    }
    std::stable_sort(found.begin(), found.end(), [](const Outgoing* a, const Outgoing* b) {
      return std::pair(a->kept.row.not_before, a->created_at) <
             std::pair(b->kept.row.not_before, b->created_at);
    });
    if (found.size() > limit) found.resize(limit);
    std::vector<DueRow> rows;
    for (const Outgoing* outgoing : found) {
      const auto& kept = outgoing->kept;
      rows.push_back({tenant, kept.row, kept.state, outgoing->created_at,
                      key_of(shelf, kept.row.ref.contact)});
    }
    return rows;
  }

  static Sealed key_of(const Shelf& shelf, const ContactId& contact) {
    auto known = shelf.contacts.find(contact);
    return known == shelf.contacts.end() ? Sealed{} : known->second.wrapped_key;
  }

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
  return std::make_unique<MemoryReader>(state_);
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
