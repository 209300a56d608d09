#include "tools/simulate/faulty_store.h"

#include <cstring>
#include <utility>

namespace mitr::simulate {
namespace {

using namespace std::chrono_literals;

/// The longest a write may be under way after its writer gave up on it.
constexpr Time kLateMax = 8s;

Error lost(Errc code) {
  return Error{code, "the simulated line broke"};
}

std::string cause_of(const TurnRecord& record) {
  if (record.message.empty()) return "timer";
  return "m" + std::string(short_name(record.message.reveal()));
}

class Port : public Writer {
 public:
  explicit Port(FaultyStore& store) : store_(store) {}
  Result<BatchAnswer> commit(const Batch& batch) override { return store_.commit(batch); }

 private:
  FaultyStore& store_;
};

class FaultyReader : public Reader {
 public:
  FaultyReader(FaultyStore& store, std::unique_ptr<Reader> inner)
      : store_(store), inner_(std::move(inner)) {}

  Result<StoredConversation> conversation(const TenantId& tenant,
                                          const ContactId& contact) override {
    if (store_.read_fails()) return lost(Errc::kUnavailable);
    auto stored = inner_->conversation(tenant, contact);
    if (stored && store_.phone_stays()) stored->phone_lost = false;
    return stored;
  }
  Result<std::vector<Result<StoredConversation>>> conversations(
      const std::vector<ConversationName>& wanted) override {
    if (store_.read_fails()) return lost(Errc::kUnavailable);
    auto all = inner_->conversations(wanted);
    if (!all || !store_.phone_stays()) return all;
    for (auto& stored : *all) {
      if (stored) stored->phone_lost = false;
    }
    return all;
  }
  Result<std::vector<DueRow>> due(const TenantId& tenant, std::chrono::sys_seconds now,
                                  std::size_t limit) override {
    if (store_.read_fails()) return lost(Errc::kUnavailable);
    return inner_->due(tenant, now, limit);
  }
  Result<std::vector<DueRow>> unanswered(const TenantId& tenant, const TimeSpan& span,
                                         std::size_t limit) override {
    if (store_.read_fails()) return lost(Errc::kUnavailable);
    return inner_->unanswered(tenant, span, limit);
  }
  Result<std::vector<DueTimer>> timers(const std::vector<Shard>& shards,
                                       std::chrono::sys_seconds now, std::size_t limit) override {
    if (store_.read_fails()) return lost(Errc::kUnavailable);
    return inner_->timers(shards, now, limit);
  }
  Result<std::vector<InstructionRow>> instructions(const std::vector<Shard>& shards,
                                                   std::size_t limit) override {
    if (store_.read_fails()) return lost(Errc::kUnavailable);
    return inner_->instructions(shards, limit);
  }
  Result<KnownContact> contact_of(const TenantId& tenant, const KeyedHash& alias) override {
    return inner_->contact_of(tenant, alias);
  }
  Result<std::vector<StandingRow>> standings() override {
    if (store_.read_fails()) return lost(Errc::kUnavailable);
    return inner_->standings();
  }
  Result<ContactLineage> lineage(const TenantId& tenant, const ContactId& contact) override {
    return inner_->lineage(tenant, contact);
  }
  Result<std::vector<DeadLetter>> dead_letters(const TenantId& tenant, std::size_t limit) override {
    return inner_->dead_letters(tenant, limit);
  }
  Result<std::vector<StoredTurn>> turns(const TenantId& tenant, const ContactId& conversation,
                                        std::uint64_t seq, std::size_t limit) override {
    return inner_->turns(tenant, conversation, seq, limit);
  }
  Result<std::vector<StoredRequest>> requests(const TenantId& tenant, std::size_t limit) override {
    return inner_->requests(tenant, limit);
  }
  Result<std::vector<StoredTurn>> turns_since(const TenantId& tenant,
                                              std::chrono::sys_seconds since, const TurnName& after,
                                              std::size_t limit) override {
    return inner_->turns_since(tenant, since, after, limit);
  }
  Result<std::vector<StoredTurn>> turns_at(const TenantId& tenant,
                                           const std::vector<TurnName>& wanted) override {
    return inner_->turns_at(tenant, wanted);
  }
  Result<std::vector<ReviewRow>> reviews(const TenantId& tenant, std::size_t limit) override {
    return inner_->reviews(tenant, limit);
  }
  Result<std::vector<StoredModel>> models(const TenantId& tenant) override {
    return inner_->models(tenant);
  }
  Result<ModelRow> model(const TenantId& tenant, std::uint32_t number) override {
    return inner_->model(tenant, number);
  }
  Result<std::vector<PromotedModels>> promoted_models() override {
    return inner_->promoted_models();
  }
  Result<std::vector<DeployedPacks>> deployed_packs() override { return inner_->deployed_packs(); }
  Result<PackRow> pack(const PackHash& version) override { return inner_->pack(version); }
  Result<std::vector<ContactId>> contacts(const TenantId& tenant, const ContactId& after,
                                          std::size_t limit) override {
    return inner_->contacts(tenant, after, limit);
  }
  Result<HeldOfContact> held(const TenantId& tenant, const ContactId& contact,
                             std::size_t limit) override {
    return inner_->held(tenant, contact, limit);
  }
  Result<std::vector<ErasedContact>> erasures(std::uint64_t after, std::size_t limit) override {
    return inner_->erasures(after, limit);
  }
  Result<OutboxRef> sent_message(const TenantId& tenant, const KeyedHash& provider) override {
    return inner_->sent_message(tenant, provider);
  }
  Result<std::vector<TenantRow>> tenants() override { return inner_->tenants(); }
  Result<std::vector<FoundRecord>> records(const TenantId& tenant, const std::string& kind,
                                           const KeyedHash& finder,
                                           const std::optional<KeyedHash>& phone,
                                           std::size_t limit) override {
    if (store_.read_fails()) return lost(Errc::kUnavailable);
    return inner_->records(tenant, kind, finder, phone, limit);
  }
  Result<std::vector<TenantKinds>> record_kinds() override { return inner_->record_kinds(); }
  Result<std::vector<RosterRow>> roster(const TenantId& tenant) override {
    return inner_->roster(tenant);
  }
  Status ping() override { return inner_->ping(); }

 private:
  FaultyStore& store_;
  std::unique_ptr<Reader> inner_;
};

class FaultyLeases : public Leases {
 public:
  FaultyLeases(FaultyStore& store, std::unique_ptr<Leases> inner)
      : store_(store), inner_(std::move(inner)) {}
  Result<LeaseTable> hold(std::chrono::milliseconds lasts,
                          std::chrono::milliseconds open_for) override {
    if (store_.renewal_fails()) return lost(Errc::kUnavailable);
    return inner_->hold(lasts, open_for);
  }
  Status release() override { return inner_->release(); }

 private:
  FaultyStore& store_;
  std::unique_ptr<Leases> inner_;
};

}  // namespace

FaultyStore::FaultyStore(World& world, MemoryStore& inner)
    : world_(world), inner_(inner), writer_(inner.writer()), chance_(world.plan.seed, "store") {}

std::unique_ptr<Writer> FaultyStore::writer() {
  return std::make_unique<Port>(*this);
}
std::unique_ptr<Reader> FaultyStore::reader() {
  return std::make_unique<FaultyReader>(*this, inner_.reader());
}
std::unique_ptr<Leases> FaultyStore::leases() {
  return std::make_unique<FaultyLeases>(*this, inner_.leases());
}

bool FaultyStore::read_fails() {
  return cut_ || chance_.happens(world_.rates.read_failed);
}
bool FaultyStore::renewal_fails() {
  return cut_ || renewals_blocked_ || chance_.happens(world_.rates.renewal_failed);
}

Result<BatchAnswer> FaultyStore::commit(const Batch& batch) {
  if (cut_) return lost(Errc::kUnavailable);
  if (opener_ == nullptr) return writer_->commit(batch);
  world_.witness->begins(batch.appends);
  if (world_.plan.planted == Planted::kNothing) return meet_fate(batch);
  auto changed = batch;
  plant(changed);
  if (world_.plan.planted == Planted::kReplyBeforeCommit && !changed.appends.empty())
    return commit_after_telling(std::move(changed));
  return meet_fate(changed);
}

Result<BatchAnswer> FaultyStore::meet_fate(const Batch& batch) {
  const auto& rates = world_.rates;
  const auto fate = chance_.below(10'000);
  if (fate >= rates.commit_lost + rates.answer_lost + rates.commit_late) return write(batch, true);
  for (const auto& turn : batch.appends) world_.witness->doubted(turn);
  if (fate < rates.commit_lost) {
    world_.say("store", "lost", std::to_string(batch.size()), " rows, not written");
    return lost(Errc::kUnavailable);
  }
  if (fate < rates.commit_lost + rates.answer_lost) {
    world_.say("store", "lost", std::to_string(batch.size()), " rows, written all the same");
    (void)write(batch, false);
    return lost(Errc::kUnavailable);
  }
  const auto late = chance_.between(1ms, kLateMax);
  world_.say("store", "lost", std::to_string(batch.size()), " rows, written ",
             std::to_string(late.count()), " ms later");
  world_.timeline.after(late, [this, batch] { (void)write(batch, false); });
  return lost(Errc::kUnavailable);
}

Result<BatchAnswer> FaultyStore::write(const Batch& batch, bool told) {
  std::vector<std::pair<const OutboxMark*, std::optional<OutboxState>>> before;
  for (const auto& mark : batch.marks) {
    if (mark.ref) before.emplace_back(&mark, inner_.state_of(mark.tenant, *mark.ref));
  }
  auto answer = writer_->commit(batch);
  if (!answer) return answer;
  if (phone_stays()) {
    for (auto& claimed : answer->claims) claimed.loser.reset();
  }
  show(batch, *answer, told);
  for (const auto& [mark, state] : before) {
    const auto after = inner_.state_of(mark->tenant, *mark->ref);
    if (state && after && *state != *after) world_.witness->moved(*mark->ref, *state, *after);
  }
  return answer;
}

void FaultyStore::show(const Batch& batch, const BatchAnswer& answer, bool told) {
  for (std::size_t i = 0; i < batch.claims.size(); ++i)
    opener_->learn(batch.claims[i].tenant, answer.claims[i]);
  for (std::size_t i = 0; i < batch.appends.size(); ++i)
    show_turn(batch.appends[i], answer.appends[i], told);
}

void FaultyStore::show_turn(const Append& turn, AppendVerdict verdict, bool told) {
  auto& witness = *world_.witness;
  auto opened = opener_->open(turn);
  if (!opened) return;
  if (world_.trace.on() && !opened->record.message.empty())
    world_.trace.name(turn.conversation, world_.trace.label(opened->record.message.reveal()));
  const auto& who = world_.trace.label(turn.conversation);
  const auto seq = "#" + std::to_string(turn.seq);
  switch (verdict) {
    case AppendVerdict::kCommitted:
      opened->told = told;
      if (world_.trace.on())
        world_.say(who, "stored", seq, " ", cause_of(opened->record), told ? "" : ", nobody told");
      return witness.stored(*opened);
    case AppendVerdict::kDuplicate:
      world_.say(who, "repeated", seq, " not written");
      return witness.repeated();
    case AppendVerdict::kFenced:
      world_.say(who, "fenced", seq, " not written");
      // A late write that comes too late is refused, and nobody hears of it.
      if (told) witness.fenced(turn, turn.epoch != inner_.epoch_of(turn.conversation));
      return;
  }
}

// -- bugs on purpose ----

void FaultyStore::plant(Batch& batch) {
  if (world_.plan.planted == Planted::kMissingDedup) {
    for (auto& turn : batch.appends) {
      ++salt_;
      std::memcpy(turn.message.bytes.data(), &salt_, sizeof salt_);
    }
  }
  if (world_.plan.planted == Planted::kForgetfulTimer) {
    for (auto& turn : batch.appends) forget_timer(turn);
    batch.timers.clear();
  }
}

Result<BatchAnswer> FaultyStore::commit_after_telling(Batch batch) {
  Batch later;
  later.appends = std::exchange(batch.appends, {});
  auto answer = write(batch, true);
  if (answer) answer->appends.assign(later.appends.size(), AppendVerdict::kCommitted);
  world_.timeline.after(2ms, [this, later] { (void)write(later, true); });
  return answer;
}

void FaultyStore::forget_timer(Append& turn) {
  auto opened = opener_->open(turn);
  if (!opened || !std::holds_alternative<TimerFired>(opened->record.input)) return;
  turn.timer.reset();
  turn.snapshot = false;
  std::memcpy(turn.message.bytes.data(), &++salt_, sizeof salt_);
  opened->record.snapshot.reset();
  std::erase_if(opened->record.events,
                [](const Event& event) { return std::holds_alternative<TimerSet>(event); });
  turn.body = opener_->seal_again(turn, opened->record);
}

}  // namespace mitr::simulate
