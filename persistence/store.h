// The ports to what must survive a crash. Two implementations, one contract test: postgres/ for
// users, memory/ for tests and simulation. Calls block; each Writer and Reader serves one thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "persistence/erasure.h"
#include "persistence/rows.h"
#include "protocols/result.h"

namespace mitr {

/// Writes batches, each one transaction.
class Writer {
 public:
  virtual ~Writer() = default;

  /// Durable when it returns a value: each append with its outbox rows and requests, each claim,
  /// each mark. An append that is a duplicate or fenced writes nothing and does not hold the others
  /// back; an append with an epoch is fenced unless its shard's lease still has that epoch when the
  /// transaction commits. A lost connection is retried, and an ambiguous commit resolved by reading
  /// back, until kCommitPatience; then kUnavailable, and nothing is known.
  virtual Result<BatchAnswer> commit(const Batch& batch) = 0;
};

/// Reads, never writes.
class Reader {
 public:
  virtual ~Reader() = default;

  /// kNotFound if the contact does not exist. kUnavailable: retry.
  virtual Result<StoredConversation> conversation(const TenantId&, const ContactId&) = 0;
  /// The same for many at once, in their order: one trip to the store. kUnavailable for all, or an
  /// answer each.
  virtual Result<std::vector<Result<StoredConversation>>> conversations(
      const std::vector<ConversationName>& wanted) = 0;
  /// Rows in kDue or kClaimed that may leave by `now`, oldest first, at most `limit`.
  virtual Result<std::vector<DueRow>> due(const TenantId&, std::chrono::sys_seconds now,
                                          std::size_t limit) = 0;
  /// Replies committed in this time of whose fate nothing is known, oldest first, at most
  /// `limit`; as due rows of place 0.
  virtual Result<std::vector<DueRow>> unanswered(const TenantId&, const TimeSpan&,
                                                 std::size_t limit) = 0;
  /// Timers of these shards that are due by `now`, earliest first, at most `limit`, of all tenants.
  virtual Result<std::vector<DueTimer>> timers(const std::vector<Shard>&,
                                               std::chrono::sys_seconds now, std::size_t limit) = 0;
  /// Instructions that wait in these shards, of all tenants, in the order they were filed, at most
  /// `limit`.
  virtual Result<std::vector<InstructionRow>> instructions(const std::vector<Shard>&,
                                                           std::size_t limit) = 0;
  /// Messages in kFailed or kUnknown, newest first, at most `limit`.
  virtual Result<std::vector<DeadLetter>> dead_letters(const TenantId&, std::size_t limit) = 0;
  /// Turns of a tenant in (conversation, seq) order after the given place, at most `limit`.
  virtual Result<std::vector<StoredTurn>> turns(const TenantId&,
                                                const ContactId& after_conversation,
                                                std::uint64_t after_seq, std::size_t limit) = 0;
  /// The same of those committed at `since` or later.
  virtual Result<std::vector<StoredTurn>> turns_since(const TenantId&,
                                                      std::chrono::sys_seconds since,
                                                      const TurnName& after, std::size_t limit) = 0;
  /// Those of the turns that are there, in the order wanted.
  virtual Result<std::vector<StoredTurn>> turns_at(const TenantId&,
                                                   const std::vector<TurnName>& wanted) = 0;
  /// Filed requests, oldest first, at most `limit`.
  virtual Result<std::vector<StoredRequest>> requests(const TenantId&, std::size_t limit) = 0;
  virtual Result<std::vector<TenantRow>> tenants() = 0;
  virtual Result<std::vector<RosterRow>> roster(const TenantId&) = 0;
  /// The records of a kind that are filed under `finder`, in the order of their keys, at most
  /// `limit`. `phone`, as the alias it is: whose they are said to be. If it came to its holder from
  /// another person, only what was imported after that is found.
  virtual Result<std::vector<FoundRecord>> records(const TenantId&, const std::string& kind,
                                                   const KeyedHash& finder,
                                                   const std::optional<KeyedHash>& phone,
                                                   std::size_t limit) = 0;
  /// The latest that providers said of all tenants' businesses.
  virtual Result<std::vector<StandingRow>> standings() = 0;
  /// Of the tenants that have records.
  virtual Result<std::vector<TenantKinds>> record_kinds() = 0;
  /// Of the tenants to whom a pack was deployed.
  virtual Result<std::vector<DeployedPacks>> deployed_packs() = 0;
  /// kNotFound: no such version was stored.
  virtual Result<PackRow> pack(const PackHash&) = 0;
  /// What was reviewed, in the order of the turns, at most `limit`.
  virtual Result<std::vector<ReviewRow>> reviews(const TenantId&, std::size_t limit) = 0;
  /// The tenant's models, the newest first.
  virtual Result<std::vector<StoredModel>> models(const TenantId&) = 0;
  /// kNotFound: the tenant has no model of that number.
  virtual Result<ModelRow> model(const TenantId&, std::uint32_t number) = 0;
  /// Of the tenants that promoted one.
  virtual Result<std::vector<PromotedModels>> promoted_models() = 0;
  /// Contacts of a tenant in the order of their ids after the given one, at most `limit`.
  virtual Result<std::vector<ContactId>> contacts(const TenantId&, const ContactId& after,
                                                  std::size_t limit) = 0;
  /// The contact who goes by this alias, with the wrapped key. kNotFound: nobody does.
  virtual Result<KnownContact> contact_of(const TenantId&, const KeyedHash& alias) = 0;
  /// The names a contact goes and went by, and who they are kin to. kNotFound: no such contact.
  virtual Result<ContactLineage> lineage(const TenantId&, const ContactId&) = 0;
  /// All that is kept of a contact besides details, names and turns; at most `limit` rows of each.
  virtual Result<HeldOfContact> held(const TenantId&, const ContactId&, std::size_t limit) = 0;
  /// Who was erased after the given place, of all tenants, in the order in which they were, at most
  /// `limit`.
  virtual Result<std::vector<ErasedContact>> erasures(std::uint64_t after, std::size_t limit) = 0;
  /// Which message of ours the provider calls so, by keyed hash. kNotFound: none that is known.
  virtual Result<OutboxRef> sent_message(const TenantId&, const KeyedHash& provider) = 0;
  /// Answers when the store can be reached: readiness.
  virtual Status ping() = 0;
};

/// One node's hold on the shards. Calls block; serves one thread.
class Leases {
 public:
  virtual ~Leases() = default;
  /// Renews what this node holds for another `lasts`, takes what nobody holds, and tells who holds
  /// what. `open_for`: how long the oldest reply on its way here has been under way; settled moves
  /// up to that moment. kUnavailable: nothing is known.
  virtual Result<LeaseTable> hold(std::chrono::milliseconds lasts,
                                  std::chrono::milliseconds open_for) = 0;
  /// Lets go of all, so that another node need not wait.
  virtual Status release() = 0;
};

/// A store: hands out writers and readers, and seeds tenants.
class Store {
 public:
  virtual ~Store() = default;
  virtual std::unique_ptr<Writer> writer() = 0;
  virtual std::unique_ptr<Reader> reader() = 0;
  /// For one life of one node: a new one is a new holder.
  virtual std::unique_ptr<Leases> leases() = 0;
  /// Inserts or updates by slug; an existing tenant keeps its id and wrapped key, and the row as
  /// stored is returned. Its numbers become exactly those given; a number another tenant holds:
  /// kRefused.
  virtual Result<TenantRow> put_tenant(const TenantRow&) = 0;
  /// Makes a dead letter due again, not to be sent after `expires`. kNotFound if it is none.
  virtual Status revive(const TenantId&, const OutboxRef&, std::chrono::sys_seconds expires) = 0;
  /// Adds the records, all of one kind, or puts them in the place of those with their keys; with
  /// `whole` the tenant's other records of that kind go. All or nothing; the same twice changes
  /// nothing but the time they were confirmed. Keys are distinct.
  virtual Result<ImportCounts> put_records(const TenantId&, const std::string& kind,
                                           const std::vector<TenantRecord>&, bool whole) = 0;
  /// Stores a version of a pack; what is stored already stays. True: it is new.
  virtual Result<bool> put_pack(const PackRow&) = 0;
  /// Makes a stored version the tenant's newest; again changes nothing. kNotFound: there is no such
  /// tenant or version.
  virtual Status deploy_pack(const TenantId&, const PackHash&) = 0;
  /// Files an instruction; again changes nothing. kNotFound: the tenant has no such contact.
  virtual Status put_instruction(const InstructionRow&) = 0;
  /// Notes what a turn's words are, in place of what was noted before. kNotFound: no such turn.
  virtual Status put_review(const TenantId&, const ReviewRow&) = 0;
  /// Stores a model; again changes nothing. Of those never promoted, the last kModelsKept stay.
  /// kRefused: another model has its number.
  virtual Status put_model(const TenantId&, const ModelRow&) = 0;
  /// Makes a stored model the tenant's live one; again changes nothing. kNotFound: there is none.
  virtual Status promote_model(const TenantId&, std::uint32_t number) = 0;
  /// The model promoted before `number` is live again, or none. kNotFound: `number` is not live.
  virtual Status roll_back_model(const TenantId&, std::uint32_t number) = 0;
  /// Removes all that is kept of a contact, key first, in one transaction; again changes nothing.
  /// kNotFound: there is no such contact. kFenced: the conversation went on; read it anew.
  virtual Status erase_contact(const TenantId&, const Erasure&) = 0;
  /// Replaces the tenant's roster.
  virtual Status put_roster(const TenantId&, const std::vector<RosterRow>&) = 0;
};

}  // namespace mitr
