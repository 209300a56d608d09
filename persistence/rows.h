// What the store keeps, as values. Bytes are sealed before they come here: the store never sees a
// word of anyone.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "persistence/identity.h"
#include "protocols/ids.h"
#include "protocols/standing.h"

namespace mitr {

// -- the outbox ----

/// Lower leaves first. A person who waits for an answer goes before a notice, a notice before a
/// campaign.
enum class Lane : std::uint8_t { kReply = 0, kTransaction = 1, kCampaign = 2 };

/// From one moment to another, both included, by the store's clock.
struct TimeSpan {
  std::chrono::sys_seconds from{};
  std::chrono::sys_seconds to{};
  bool operator==(const TimeSpan&) const = default;
};

/// Where an outbound message stands. A mark never moves a row backwards: see outbox_rank.h. The
/// numbers are stored.
enum class OutboxState : std::uint8_t {
  kDue = 0,      ///< Committed, not known to have left.
  kClaimed = 6,  ///< A node said that it posts it now. Found after a crash: it may have left.
  kUnknown = 1,  ///< Posted, the answer was lost: it may have left.
  kSent = 2,     ///< The provider accepted it.
  kDelivered = 3,
  kRead = 4,
  kFailed = 5,  ///< Will not be tried again by itself.
};

struct OutboxRow {
  OutboxRef ref;
  ContactId recipient;  ///< Whom it goes to: orders the sends to one person.
  std::string number;   ///< The tenant's phone_number_id it leaves by.
  Lane lane = Lane::kReply;
  std::chrono::sys_seconds not_before{};
  std::chrono::sys_seconds expires{};  ///< Not sent after this; the epoch means never.
  Sealed body;  ///< The finished provider request body, under the key of `ref.contact`.
  bool operator==(const OutboxRow&) const = default;
};

/// A row to send that memory did not know, with what opens it.
struct DueRow {
  TenantId tenant;
  OutboxRow row;
  OutboxState state = OutboxState::kDue;
  std::chrono::sys_seconds created_at{};
  Sealed wrapped_key;  ///< Key of `row.ref.contact`, wrapped by the tenant's.
};

/// News about an outbound message. Applied only when it moves the row forward:
/// due → claimed → unknown → sent → delivered → read; failed from all up to sent;
/// sent/delivered/read also heal failed.
struct OutboxMark {
  TenantId tenant;
  std::optional<OutboxRef> ref;       ///< Names the row; else
  std::optional<KeyedHash> provider;  ///< the keyed hash of the provider's message id finds it (and
                                      ///< is stored when `ref` is set).
  OutboxState state = OutboxState::kSent;
  int error_code = 0;  ///< Provider's, when failed.
  /// The first news of a reply that has just left: the store holds no row of it, and needs none.
  bool first = false;
  bool operator==(const OutboxMark&) const = default;
};

/// A message that was refused, or of which nobody knows whether it left.
struct DeadLetter {
  OutboxRef ref;
  Lane lane = Lane::kReply;
  OutboxState state = OutboxState::kFailed;
  int error_code = 0;
  std::chrono::sys_seconds at{};  ///< When its turn was committed, or its fate was noted.
};

// -- the journal ----

/// A request filed for the back office (leave, order, appointment).
struct RequestRow {
  RequestId id;
  std::string kind;  ///< The flow's own name for it, as "leave". Not personal.
  Sealed body;
  bool operator==(const RequestRow&) const = default;
};

/// What the turn says to the contact who wrote. It leaves at once, as place 0 of the turn's outbox,
/// and has no outbox row before something is known of its fate.
struct ReplyRow {
  std::string number;                  ///< The tenant's phone_number_id it leaves by.
  std::chrono::sys_seconds expires{};  ///< Not sent after this; the epoch means never.
  Sealed body;                         ///< As OutboxRow::body, for place 0.
  bool operator==(const ReplyRow&) const = default;
};

/// When a conversation wants to be woken by itself; at most one such moment each.
struct TimerMove {
  std::optional<std::chrono::sys_seconds> at;  ///< None: no more.
  std::string number;  ///< The tenant's phone_number_id that what it then says leaves by.
  bool operator==(const TimerMove&) const = default;
};

/// One turn: everything one inbound message caused, committed or not as a whole.
struct Append {
  TenantId tenant;
  ContactId conversation;
  std::uint64_t seq =
      0;              ///< 1, 2, 3 … without gaps; (tenant, conversation, seq) is the last fence.
  KeyedHash message;  ///< Of the inbound message id: one inbound message has one outcome.
  /// Epoch of the shard's lease in which the state before this turn was read; 0: not fenced by it.
  std::uint32_t epoch = 0;
  bool snapshot =
      false;  ///< The body also holds the state after the turn: waking starts at the last such row.
  Sealed body;                    ///< The turn record, under the contact's key.
  std::optional<Sealed> details;  ///< New contact details, when the message brought some.
  /// The phone in `details`, as the alias it is. Another may have it by the time this is stored:
  /// then the contact's phone stays lost.
  std::optional<KeyedHash> phone;
  std::optional<ReplyRow> reply;
  std::vector<OutboxRow> outbox;  ///< With a reply, their places start at 1.
  std::vector<RequestRow> requests;
  std::optional<TimerMove> timer;  ///< None: as it was.
  bool operator==(const Append&) const = default;
};

enum class AppendVerdict : std::uint8_t {
  kCommitted = 1,  ///< Durable now.
  kDuplicate,      ///< This message had its outcome in an earlier turn; nothing was written.
  kFenced,  ///< Another message holds this seq, or another node the shard: the writer's state is
            ///< stale. Reload.
};

/// A signed webhook that could not be read or attributed, or one item of a webhook that nothing
/// acts on: kept as it came, under the system tenant.
struct KeptWebhook {
  TenantId tenant;
  RequestId id;
  std::string reason;  ///< An Errc name, or how the item was filed: "dead", "unknown", "unused".
  Sealed body;
  bool operator==(const KeptWebhook&) const = default;
};

/// A timer that woke its conversation and found nothing to say: it goes, or moves. Nothing happens
/// when it stands at another time by now.
struct TimerReset {
  TenantId tenant;
  ContactId contact;
  std::chrono::sys_seconds was{};
  std::optional<std::chrono::sys_seconds> at;
  bool operator==(const TimerReset&) const = default;
};

// -- instructions ----

/// Something a tenant tells us to do in one conversation, see mitr.instruction.
using InstructionId = Uuid<struct InstructionIdTag>;

struct InstructionName {
  TenantId tenant;
  InstructionId id;
  bool operator==(const InstructionName&) const = default;
};

struct InstructionRow {
  InstructionName name;
  ContactId contact;
  std::string number;  ///< The tenant's phone_number_id that what is then said leaves by.
  std::chrono::sys_seconds expires{};  ///< Dropped when it is not done by then.
  Sealed body;                         ///< Under the contact's key.
  bool operator==(const InstructionRow&) const = default;
};

/// Something a provider said of a tenant's business.
struct StandingRow {
  TenantId tenant;
  Standing standing;
  bool operator==(const StandingRow&) const = default;
};

/// What one transaction writes.
struct Batch {
  std::vector<Append> appends;
  std::vector<Claim> claims;
  std::vector<OutboxMark> marks;
  std::vector<KeptWebhook> kept;
  std::vector<TimerReset> timers;
  std::vector<InstructionName> done;   ///< Instructions that had their outcome: they go.
  std::vector<StandingRow> standings;  ///< Each in the place of what was told before it.
  std::size_t size() const {
    return appends.size() + claims.size() + marks.size() + kept.size() + timers.size() +
           done.size() + standings.size();
  }
  bool empty() const { return size() == 0; }
};

/// One answer per append, claim and mark, in their order.
struct BatchAnswer {
  std::vector<AppendVerdict> appends;
  std::vector<ClaimedContact> claims;
  /// Of kClaimed only: the row moved, so the message is this node's to post. Else false. A claim
  /// whose answer was lost stays false: then it may not be posted.
  std::vector<bool> claimed;
};

/// A conversation that wants to be woken.
struct DueTimer {
  TenantId tenant;
  ContactId contact;
  std::chrono::sys_seconds at{};
  std::string number;
};

// -- leases ----

/// Conversations are spread over this many shards; one node at a time writes to a shard.
inline constexpr std::size_t kShards = 16;
using Shard = std::uint8_t;
inline Shard shard_of(const ContactId& contact) {
  return static_cast<Shard>(contact.bytes.back() % kShards);
}

struct ShardLease {
  std::uint32_t epoch = 0;  ///< Of whoever holds it.
  bool mine = false;
  std::chrono::sys_seconds settled{};  ///< Replies committed before this have reached their end.
  std::chrono::sys_seconds at{};       ///< Now, by the store's clock.
};
using LeaseTable = std::array<ShardLease, kShards>;

struct JournalRow {
  ContactId conversation;
  std::uint64_t seq = 0;
  bool snapshot = false;
  std::chrono::sys_seconds at{};
  Sealed body;
};

struct ConversationName {
  TenantId tenant;
  ContactId contact;
};

/// What waking a conversation needs.
struct StoredConversation {
  Sealed wrapped_key;
  Sealed details;
  std::uint64_t last_seq = 0;
  bool phone_lost = false;  ///< The phone in the details is somebody else's by now.
  /// What the person withdrew before an erasure; a state without turns begins with it.
  std::uint8_t withdrawn = 0;
  std::vector<JournalRow>
      rows;  ///< From the last snapshot row on, in order; empty if the contact never wrote.
};

/// A stored turn with the key that opens it, for operators' tools.
struct StoredTurn {
  JournalRow row;
  Sealed wrapped_key;
};

/// A turn of the journal by its name.
struct TurnName {
  ContactId contact;
  std::uint64_t seq = 0;
  auto operator<=>(const TurnName&) const = default;
};

struct StoredRequest {
  RequestRow row;
  ContactId contact;
  std::chrono::sys_seconds at{};
  Sealed wrapped_key;
};

// -- the tenant's own data ----

/// A record of the tenant's back office as it was imported: a pupil, a fee, an order. It is found
/// by keyed hashes only.
struct TenantRecord {
  KeyedHash key;                   ///< Of what makes it one record, as the admission number.
  KeyedHash content;               ///< Of all its fields: equal, nothing changed.
  std::vector<KeyedHash> finders;  ///< Whatever it may be looked for by.
  Sealed body;                     ///< Its fields, under the tenant's key.
  bool operator==(const TenantRecord&) const = default;
};

struct FoundRecord {
  KeyedHash key;
  Sealed body;
};

/// Kinds of which a tenant has records, in order.
struct TenantKinds {
  TenantId tenant;
  std::vector<std::string> kinds;
  std::uint32_t imports = 0;  ///< So far: another number, other records.
};

/// What an import changed.
struct ImportCounts {
  std::size_t added = 0;
  std::size_t changed = 0;
  std::size_t same = 0;
  std::size_t removed = 0;
  bool operator==(const ImportCounts&) const = default;
};

// -- learning ----

/// What a tenant's people decided of one utterance. It names a turn and never repeats its words:
/// whose turns are erased is erased from all later training.
struct ReviewRow {
  TurnName turn;
  /// What it begins: a flow's name, "(human)", "-" (nothing). Empty: set aside, not to be offered
  /// again.
  std::string label;
  bool operator==(const ReviewRow&) const = default;
};

/// A trained model. Numbers count up from 1 within a tenant.
struct ModelRow {
  std::uint32_t number = 0;
  Sealed manifest;  ///< What it was trained from, under the tenant's key.
  Sealed body;      ///< The model itself, the same.
  bool operator==(const ModelRow&) const = default;
};

/// One of a tenant's models without its body.
struct StoredModel {
  ModelRow row;
  std::chrono::sys_seconds at{};
  std::size_t body_bytes = 0;
};

/// Models that a tenant promoted, the newest first, at most kModelsPromotedMax. The first is live.
struct PromotedModels {
  TenantId tenant;
  std::vector<std::uint32_t> numbers;
  bool operator==(const PromotedModels&) const = default;
};

// -- tenants ----

/// First bytes of a hash over a pack's files; see nlu/dialogue/pack_version.h.
using PackHash = std::array<std::uint8_t, 8>;

/// One version of a pack. Once stored it never changes.
struct PackRow {
  PackHash version{};
  std::string name;   ///< As "school".
  std::string files;  ///< See config/pack_files.h.
  bool operator==(const PackRow&) const = default;
};

/// Which versions were deployed to a tenant, the newest first, at most kPackVersionsMax.
struct DeployedPacks {
  TenantId tenant;
  std::vector<PackHash> versions;
  bool operator==(const DeployedPacks&) const = default;
};

struct TenantRow {
  TenantId id;
  std::string slug;  ///< Unique, as "demo-school".
  std::string name;
  std::string settings;  ///< JSON text; config/tenant_settings reads it. No personal data.
  Sealed wrapped_key;    ///< Under the root key.
  std::vector<std::string> numbers;  ///< phone_number_ids that belong to this tenant.
  bool operator==(const TenantRow&) const = default;
};

/// Someone a flow can address by role: the class teacher of 5B.
struct RosterRow {
  std::string role;  ///< As "class_teacher".
  ContactId contact;
  Sealed body;  ///< Key (class) and name and phone, under the tenant's key.
  bool operator==(const RosterRow&) const = default;
};

}  // namespace mitr
