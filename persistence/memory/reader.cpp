#include "persistence/memory/reader.h"

#include <algorithm>
#include <tuple>

#include "persistence/media_store.h"
#include "persistence/memory/held.h"
#include "persistence/outbox_rank.h"

namespace mitr::memory {
namespace {

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
    StoredConversation stored{known->second.wrapped_key, known->second.details,
                              shelf.last_seq(contact),   known->second.phone_lost,
                              known->second.withdrawn,   {}};
    auto row = shelf.journal.lower_bound({contact, 0});
    for (; row != shelf.journal.end() && row->first.first == contact; ++row) {
      if (row->second.row.snapshot) stored.rows.clear();
      stored.rows.push_back(row->second.row);
    }
    return stored;
  }

  Result<std::vector<Result<StoredConversation>>> conversations(
      const std::vector<ConversationName>& wanted) override {
    std::vector<Result<StoredConversation>> all;
    all.reserve(wanted.size());
    for (const auto& [tenant, contact] : wanted)
      all.push_back(MemoryReader::conversation(tenant, contact));
    return all;
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

  Result<std::vector<InstructionRow>> instructions(const std::vector<Shard>& shards,
                                                   std::size_t limit) override {
    const std::lock_guard lock(state_->mutex);
    if (auto failure = next_failure()) return *failure;
    std::vector<const Instructed*> waiting;
    for (const auto& [tenant, shelf] : state_->shelves) {
      for (const auto& [id, instructed] : shelf.instructions) {
        if (std::find(shards.begin(), shards.end(), shard_of(instructed.row.contact)) !=
            shards.end())
          waiting.push_back(&instructed);
      }
    }
    std::sort(waiting.begin(), waiting.end(),
              [](const Instructed* a, const Instructed* b) { return a->arrival < b->arrival; });
    std::vector<InstructionRow> rows;
    for (const Instructed* instructed : waiting) {
      if (rows.size() == limit) break;
      rows.push_back(instructed->row);
    }
    return rows;
  }

  Result<KnownContact> contact_of(const TenantId& tenant, const KeyedHash& alias) override {
    const std::lock_guard lock(state_->mutex);
    if (auto failure = next_failure()) return *failure;
    const Shelf& shelf = state_->shelves[tenant];
    const auto known = shelf.aliases.find(alias);
    if (known == shelf.aliases.end()) return Error{Errc::kNotFound, "no such contact"};
    return KnownContact{known->second.contact, key_of(shelf, known->second.contact)};
  }

  Result<ContactLineage> lineage(const TenantId& tenant, const ContactId& contact) override {
    const std::lock_guard lock(state_->mutex);
    if (auto failure = next_failure()) return *failure;
    const Shelf& shelf = state_->shelves[tenant];
    const auto person = shelf.contacts.find(contact);
    if (person == shelf.contacts.end()) return Error{Errc::kNotFound, "no such contact"};
    ContactLineage lineage;
    lineage.phone_lost = person->second.phone_lost;
    for (const auto& [hash, standing] : shelf.aliases)
      if (standing.contact == contact) lineage.aliases.push_back(standing);
    std::stable_sort(lineage.aliases.begin(), lineage.aliases.end(),
                     [](const AliasStanding& a, const AliasStanding& b) {
                       return std::tie(a.since, a.kind) < std::tie(b.since, b.kind);
                     });
    for (const auto& row : shelf.kin)
      if (row.later == contact || row.earlier == contact) lineage.kin.push_back(row);
    return lineage;
  }

  Result<std::vector<StandingRow>> standings() override {
    const std::lock_guard lock(state_->mutex);
    if (auto failure = next_failure()) return *failure;
    std::vector<StandingRow> rows;
    for (const auto& [tenant, shelf] : state_->shelves) {
      for (const auto& [place, standing] : shelf.standings) rows.push_back({tenant, standing});
    }
    return rows;
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

  Result<std::vector<StoredTurn>> turns_since(const TenantId& tenant,
                                              std::chrono::sys_seconds since, const TurnName& after,
                                              std::size_t limit) override {
    auto all = turns(tenant, after.contact, after.seq, SIZE_MAX);
    if (!all) return all;
    std::erase_if(*all, [since](const StoredTurn& turn) { return turn.row.at < since; });
    if (all->size() > limit) all->resize(limit);
    return all;
  }

  Result<std::vector<StoredTurn>> turns_at(const TenantId& tenant,
                                           const std::vector<TurnName>& wanted) override {
    const std::lock_guard lock(state_->mutex);
    if (auto failure = next_failure()) return *failure;
    const Shelf& shelf = state_->shelves[tenant];
    std::vector<StoredTurn> turns;
    for (const TurnName& name : wanted) {
      const auto row = shelf.journal.find({name.contact, name.seq});
      if (row != shelf.journal.end())
        turns.push_back({row->second.row, key_of(shelf, name.contact)});
    }
    return turns;
  }

  Result<std::vector<ReviewRow>> reviews(const TenantId& tenant, std::size_t limit) override {
    const std::lock_guard lock(state_->mutex);
    if (auto failure = next_failure()) return *failure;
    std::vector<ReviewRow> rows;
    for (const auto& [turn, label] : state_->shelves[tenant].reviews) {
      if (rows.size() < limit) rows.push_back({turn, label});
    }
    return rows;
  }

  Result<std::vector<StoredModel>> models(const TenantId& tenant) override {
    const std::lock_guard lock(state_->mutex);
    if (auto failure = next_failure()) return *failure;
    std::vector<StoredModel> all;
    for (const auto& [number, kept] : state_->shelves[tenant].models)
      all.push_back({{number, kept.row.manifest, {}}, kept.at, kept.row.body.size()});
    std::reverse(all.begin(), all.end());
    return all;
  }

  Result<ModelRow> model(const TenantId& tenant, std::uint32_t number) override {
    const std::lock_guard lock(state_->mutex);
    if (auto failure = next_failure()) return *failure;
    const auto& models = state_->shelves[tenant].models;
    const auto found = models.find(number);
    if (found == models.end()) return Error{Errc::kNotFound, "the tenant has no such model"};
    return found->second.row;
  }

  Result<std::vector<PromotedModels>> promoted_models() override {
    const std::lock_guard lock(state_->mutex);
    if (auto failure = next_failure()) return *failure;
    std::vector<PromotedModels> all;
    for (const auto& [tenant, numbers] : state_->promoted) {
      if (!numbers.empty()) all.push_back({tenant, numbers});
    }
    return all;
  }

  Result<std::vector<StoredRequest>> requests(const TenantId& tenant, std::size_t limit) override {
    const std::lock_guard lock(state_->mutex);
    if (auto failure = next_failure()) return *failure;
    const Shelf& shelf = state_->shelves[tenant];
    std::vector<const Filed*> filed;
    // Files are fetched, not handed to an office.
    for (const auto& [id, entry] : shelf.requests)
      if (entry.request.row.kind != kMediaRequest) filed.push_back(&entry);
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

  Result<std::vector<FoundRecord>> records(const TenantId& tenant, const std::string& kind,
                                           const KeyedHash& finder,
                                           const std::optional<KeyedHash>& phone,
                                           std::size_t limit) override {
    const std::lock_guard lock(state_->mutex);
    if (auto failure = next_failure()) return *failure;
    auto& shelf = state_->shelves[tenant];
    const auto alias = phone ? shelf.aliases.find(*phone) : shelf.aliases.end();
    std::optional<std::chrono::sys_seconds> passed;
    if (alias != shelf.aliases.end()) passed = alias->second.passed;
    std::vector<FoundRecord> found;
    for (const auto& [key, record] : shelf.records[kind]) {
      const auto& finders = record.row.finders;
      if (found.size() >= limit || (passed && record.confirmed <= *passed)) continue;
      if (std::find(finders.begin(), finders.end(), finder) != finders.end())
        found.push_back({key, record.row.body});
    }
    return found;
  }

  Result<std::vector<TenantKinds>> record_kinds() override {
    const std::lock_guard lock(state_->mutex);
    if (auto failure = next_failure()) return *failure;
    std::vector<TenantKinds> all;
    for (const auto& [tenant, shelf] : state_->shelves) {
      TenantKinds each{tenant, {}, shelf.imports};
      for (const auto& [kind, records] : shelf.records) {
        if (!records.empty()) each.kinds.push_back(kind);
      }
      if (!each.kinds.empty()) all.push_back(std::move(each));
    }
    return all;
  }

  Result<std::vector<RosterRow>> roster(const TenantId& tenant) override {
    const std::lock_guard lock(state_->mutex);
    if (auto failure = next_failure()) return *failure;
    return state_->shelves[tenant].roster;
  }

  Result<std::vector<DeployedPacks>> deployed_packs() override {
    const std::lock_guard lock(state_->mutex);
    if (auto failure = next_failure()) return *failure;
    std::vector<DeployedPacks> deployed;
    for (const auto& [tenant, versions] : state_->deployed) deployed.push_back({tenant, versions});
    return deployed;
  }

  Result<PackRow> pack(const PackHash& version) override {
    const std::lock_guard lock(state_->mutex);
    if (auto failure = next_failure()) return *failure;
    const auto found = state_->packs.find(version);
    if (found == state_->packs.end()) return Error{Errc::kNotFound, "no such version of a pack"};
    return found->second;
  }

  Result<std::vector<ContactId>> contacts(const TenantId& tenant, const ContactId& after,
                                          std::size_t limit) override {
    const std::lock_guard lock(state_->mutex);
    if (auto failure = next_failure()) return *failure;
    const auto& known = state_->shelves[tenant].contacts;
    std::vector<ContactId> found;
    for (auto it = known.upper_bound(after); it != known.end() && found.size() < limit; ++it)
      found.push_back(it->first);
    return found;
  }

  Result<HeldOfContact> held(const TenantId& tenant, const ContactId& contact,
                             std::size_t limit) override {
    const std::lock_guard lock(state_->mutex);
    if (auto failure = next_failure()) return *failure;
    return held_of(state_->shelves[tenant], contact, limit);
  }

  Result<std::vector<ErasedContact>> erasures(std::uint64_t after, std::size_t limit) override {
    const std::lock_guard lock(state_->mutex);
    if (auto failure = next_failure()) return *failure;
    const auto& all = state_->erasures;  // Places count from 1 without gaps.
    const auto from = std::min<std::size_t>(after, all.size());
    const auto to = from + std::min(limit, all.size() - from);
    return std::vector<ErasedContact>(all.begin() + static_cast<std::ptrdiff_t>(from),
                                      all.begin() + static_cast<std::ptrdiff_t>(to));
  }

  Result<OutboxRef> sent_message(const TenantId& tenant, const KeyedHash& provider) override {
    const std::lock_guard lock(state_->mutex);
    if (auto failure = next_failure()) return *failure;
    const auto& providers = state_->shelves[tenant].providers;
    const auto found = providers.find(provider);
    if (found == providers.end()) return Error{Errc::kNotFound, "no such message"};
    return found->second;
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

  std::shared_ptr<MemoryStore::State> state_;
};

}  // namespace

std::unique_ptr<Reader> make_reader(std::shared_ptr<MemoryStore::State> state) {
  return std::make_unique<MemoryReader>(std::move(state));
}

}  // namespace mitr::memory
