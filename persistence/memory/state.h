// What the in-memory store holds: ordered maps under one mutex. Private to memory/.
#pragma once

#include <array>
#include <map>
#include <mutex>
#include <set>
#include <utility>

#include "persistence/identity_rules.h"
#include "persistence/memory/store.h"

namespace mitr {
namespace memory {

struct Contact {
  Sealed wrapped_key;
  Sealed details;
  bool phone_lost = false;
  std::uint8_t withdrawn = 0;
};

/// Of a name that somebody went by who was erased.
struct ErasedName {
  std::chrono::sys_seconds at{};
  std::uint8_t withdrawn = 0;
};

struct KeptRecord {
  TenantRecord row;
  std::chrono::sys_seconds confirmed{};  ///< By the last import that had it.
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

struct KeptModel {
  ModelRow row;
  std::chrono::sys_seconds at{};
};

struct Instructed {
  InstructionRow row;
  std::uint64_t arrival = 0;
};

/// What one tenant owns; nothing reaches over to another's.
struct Shelf {
  std::map<ContactId, Contact> contacts;
  AliasTable aliases;
  std::vector<LineageRow> kin;
  std::map<KeyedHash, ErasedName> erased_names;
  std::set<ContactId> erased;
  std::map<std::pair<ContactId, std::uint64_t>, Turn> journal;
  std::set<KeyedHash> messages;
  std::map<OutboxRef, Outgoing> outbox;
  std::map<KeyedHash, OutboxRef> providers;
  std::map<RequestId, Filed> requests;
  std::vector<RosterRow> roster;
  std::map<std::string, std::map<KeyedHash, KeptRecord>> records;  ///< By kind.
  std::uint32_t imports = 0;
  std::vector<KeptWebhook> kept;
  std::map<ContactId, TimerMove> timers;
  std::map<InstructionId, Instructed> instructions;
  std::map<TurnName, std::string> reviews;  ///< Labels.
  std::map<std::uint32_t, KeptModel> models;
  /// By account, subject, name and aspect.
  std::map<std::array<std::string, 4>, Standing> standings;

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

inline Error made_up(Errc code) {
  return Error{code, "the memory store was told to fail"};
}

}  // namespace memory

struct MemoryStore::State {
  explicit State(Clock given) : clock(std::move(given)) {}

  mutable std::mutex mutex;
  Clock clock;
  std::map<TenantId, memory::Shelf> shelves;
  std::map<TenantId, TenantRow> tenants;
  std::map<PackHash, PackRow> packs;
  std::map<TenantId, std::vector<PackHash>> deployed;
  std::map<TenantId, std::vector<std::uint32_t>> promoted;
  std::vector<ErasedContact> erasures;
  std::vector<memory::Failure> commit_failures;
  std::vector<Errc> read_failures;
  std::uint64_t arrivals = 0;
  std::size_t commits = 0;
  std::array<memory::Lease, kShards> leases;

  AppendVerdict append(const Append& turn);
  ClaimedContact claim(const Claim& claim);
  bool mark(const OutboxMark& mark);
  void reset(const TimerReset& reset);
  Status erase(const TenantId& tenant, const Erasure& erasure);
  BatchAnswer apply(const Batch& batch);
};

}  // namespace mitr
