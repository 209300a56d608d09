// Every message and every typed actor interface, with the promise each message makes. Read this and
// you know the system. Replies are named types with an Errc: caf::unit_t replies never reach their
// handler, and a dropped promise is silent.
#pragma once

#include <caf/replies_to.hpp>
#include <caf/type_id.hpp>
#include <caf/typed_actor.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <caf/typed_response_promise.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "actors/inspect.h"
#include "persistence/rows.h"
#include "protocols/envelope.h"
#include "protocols/result.h"
#include "protocols/whatsapp/filed_item.h"
#include "protocols/whatsapp/identity.h"
#include "protocols/whatsapp/send.h"

namespace mitr {

/// How one item of a webhook ended.
enum class Settlement : std::uint8_t {
  kDone = 1,  ///< Its outcome is durable (now, or since an earlier delivery): 200.
  kBusy,      ///< Too much in hand; nothing was written: 503, Meta sends it again.
  kFailed,    ///< Not committed, or not known to be: 503, Meta sends it again and dedup decides.
};

// -- gateway ----

/// A signed webhook was read. Its HTTP request gets exactly one answer, after every item is
/// settled.
struct WebhookArrived {
  std::uint64_t request = 0;
  std::vector<Envelope> messages;
  std::vector<DeliveryStatus> statuses;
  Personal raw;              ///< The body as received: kept if nobody can be found for it.
  std::optional<Errc> keep;  ///< Why the body must be kept, whatever it holds; none: only if nobody
                             ///< is found for an item.
  std::vector<whatsapp::FiledItem> filed{};  ///< Items kept each for itself.
  std::vector<whatsapp::IdentityChange> identity_changes{};
  std::vector<Standing> standings{};
};
/// One item ended. Sent once per item by whoever ended it.
struct TurnSettled {
  std::uint64_t request = 0;
  Settlement settlement = Settlement::kDone;
};
using GatewayActor = caf::typed_actor<caf::reacts_to<WebhookArrived>, caf::reacts_to<TurnSettled>>;

// -- timekeeper ----

/// Look for timers that fell due. The timekeeper sends it to itself.
struct TimerTick {};
/// The conversation is done with its timer, or cannot be: it may be woken again.
struct TimerSettled {
  ContactId contact;
};
using TimekeeperActor = caf::typed_actor<caf::reacts_to<TimerTick>, caf::reacts_to<TimerSettled>>;

// -- instruction keeper ----

/// Look for instructions. The keeper sends it to itself.
struct LookForInstructions {};
/// An instruction was carried out, or cannot be now. kDone: it may go.
struct InstructionSettled {
  InstructionName name;
  Settlement settlement = Settlement::kDone;
};
using InstructionKeeperActor =
    caf::typed_actor<caf::reacts_to<LookForInstructions>, caf::reacts_to<InstructionSettled>>;

// -- tenant ----

/// A contact wrote to this tenant. Answered with TurnSettled to `gateway`, when durable.
struct Inbound {
  GatewayActor gateway;
  std::uint64_t request = 0;
  Envelope envelope;
};
/// The provider says that somebody goes by other names. Answered with TurnSettled to `gateway`,
/// when durable.
struct IdentityTold {
  GatewayActor gateway;
  std::uint64_t request = 0;
  whatsapp::IdentityChange change;
};
/// The provider reported on one of our messages. Answered with TurnSettled to `gateway`, when
/// durable.
struct DeliveryNews {
  GatewayActor gateway;
  std::uint64_t request = 0;
  DeliveryStatus status;
};
/// Time to park conversations that have nothing in hand. The tenant sends it to itself.
struct ParkTick {};
/// A conversation has nothing in hand: this is its record; its actor may go.
/// `refused`: its state is not to be trusted (lost, or not yet read), so there is no record.
struct ConversationParked {
  ContactId contact;
  bool refused = false;
  std::uint64_t last_seq = 0;
  std::int64_t timer_at =
      0;                ///< Where the timer stands, as far as the conversation knows; 0: none.
  std::string state;    ///< Encoded DialogueState, empty at rest; personal: stays in memory.
  std::string details;  ///< Encoded ContactDetails.
};
/// A conversation's timer is due. Answered with TimerSettled to `timekeeper`, when nothing is left
/// to do for it.
struct TimerFell {
  TimekeeperActor timekeeper;
  DueTimer timer;
};
/// The tenant tells us to do something in a conversation. Answered with InstructionSettled to
/// `keeper`.
struct InstructionFound {
  InstructionKeeperActor keeper;
  InstructionRow row;
};
/// A conversation's state may be stale (fenced, or a commit nobody can vouch for): drop it, wake
/// the next from the journal.
struct ConversationLost {
  ContactId contact;
  std::uint64_t incarnation = 0;
  bool gone = false;  ///< There is no such contact any more: who comes by their names is another.
};
/// A contact of the tenant was erased: nothing of them is kept in memory.
struct ForgetContact {
  ContactId contact;
};
using TenantActor = caf::typed_actor<
    caf::reacts_to<Inbound>, caf::reacts_to<DeliveryNews>, caf::reacts_to<ParkTick>,
    caf::reacts_to<ConversationParked>, caf::reacts_to<ConversationLost>, caf::reacts_to<TimerFell>,
    caf::reacts_to<InstructionFound>, caf::reacts_to<IdentityTold>, caf::reacts_to<ForgetContact>>;

// -- conversation ----

/// The contact wrote. The turn is decided, committed, released, and settled; the next waits until
/// then.
struct TakeTurn {
  GatewayActor gateway;
  std::uint64_t request = 0;
  Envelope envelope;
  KeyedHash message;  ///< Of the inbound message id.
};
/// The conversation's timer is due: the same as a turn if there is something to say, else the timer
/// goes or moves.
struct TakeTimer {
  TimekeeperActor timekeeper;
  DueTimer timer;
  KeyedHash message;  ///< Of the timer: it has one outcome, as a message has.
};
/// Do what the tenant says: the same as a turn if something comes of it.
struct TakeInstruction {
  InstructionKeeperActor keeper;
  InstructionRow row;
  KeyedHash message;  ///< Of the instruction: it has one outcome, as a message has.
};
/// Give up the actor if nothing is in hand. Answered with ConversationParked to the tenant.
struct Park {};
using ConversationActor = caf::typed_actor<caf::reacts_to<TakeTurn>, caf::reacts_to<TakeTimer>,
                                           caf::reacts_to<TakeInstruction>, caf::reacts_to<Park>>;

// -- journal ----

/// Commit one turn. Always answered, within kCommitPatience of its batch's start; durable when
/// `error` is none.
struct AppendTurn {
  Append append;
};
struct TurnAppended {
  std::optional<Errc>
      error;  ///< Set: not committed, or not known to be. Reload before trying again.
  AppendVerdict verdict = AppendVerdict::kCommitted;
};
/// Find or make a contact. Always answered.
struct ClaimContact {
  Claim claim;
};
struct ContactClaimed {
  std::optional<Errc> error;
  ClaimedContact claimed;
};
/// Note how far an outbound message got. Always answered.
struct MarkOutbox {
  OutboxMark mark;
};
struct OutboxMarked {
  std::optional<Errc> error;
  bool claimed = false;  ///< Of a mark of kClaimed: the message is the asker's to post.
};
/// Move or end a timer that had nothing to say. Always answered.
struct MoveTimer {
  TimerReset reset;
};
struct TimerMoved {
  std::optional<Errc> error;
};
/// Let go of an instruction that had its outcome. Always answered.
struct EndInstruction {
  InstructionName name;
};
struct InstructionEnded {
  std::optional<Errc> error;
};
/// Keep a webhook nobody could read. Always answered.
struct KeepWebhook {
  KeptWebhook kept;
};
struct WebhookKept {
  std::optional<Errc> error;
};
/// Note what the provider says of businesses. Always answered.
struct NoteStandings {
  std::vector<StandingRow> rows;
};
struct StandingsNoted {
  std::optional<Errc> error;
};
/// Commit what queued. The journal sends it to itself behind what is already in its mailbox: that
/// is the batch. `lingered`: the marks have waited long enough.
struct FlushBatch {
  bool lingered = false;
};
using JournalActor = caf::typed_actor<
    caf::replies_to<AppendTurn>::with<TurnAppended>,
    caf::replies_to<ClaimContact>::with<ContactClaimed>,
    caf::replies_to<MarkOutbox>::with<OutboxMarked>,
    caf::replies_to<KeepWebhook>::with<WebhookKept>, caf::replies_to<MoveTimer>::with<TimerMoved>,
    caf::replies_to<EndInstruction>::with<InstructionEnded>,
    caf::replies_to<NoteStandings>::with<StandingsNoted>, caf::reacts_to<FlushBatch>>;

// -- archive ----

/// Read what a conversation needs to go on. Always answered.
struct WakeConversation {
  TenantId tenant;
  ContactId contact;
};
struct ConversationWoken {
  std::optional<Errc> error;
  StoredConversation stored;
};
/// Find committed messages that have not left; with `replies` also replies committed in that time.
/// Always answered.
struct SweepDue {
  TenantId tenant;
  std::optional<TimeSpan> replies;
};
struct DueSwept {
  std::optional<Errc> error;
  std::vector<DueRow> rows;
  bool more = false;  ///< There are others behind these.
};
/// Find timers that are due, earliest first, at most `limit`. Always answered.
struct FindTimers {
  std::vector<Shard> shards;
  std::uint64_t limit = 0;
};
struct TimersFound {
  std::optional<Errc> error;
  std::vector<DueTimer> timers;
};
/// Find instructions that wait in these shards, in the order they were filed, at most `limit`.
/// Always answered.
struct FindInstructions {
  std::vector<Shard> shards;
  std::uint64_t limit = 0;
};
struct InstructionsFound {
  std::optional<Errc> error;
  std::vector<InstructionRow> rows;
};
/// Find records of the tenant's own data. Always answered.
struct FindRecords {
  TenantId tenant;
  std::string kind;
  KeyedHash finder;
  std::optional<KeyedHash> phone;  ///< See Reader::records.
};
struct RecordsFound {
  std::optional<Errc> error;
  std::vector<Sealed> bodies;
  std::vector<KeyedHash> keys;  ///< Of the bodies, in their order.
};
/// Read for those who wait to wake. The archive sends it to itself behind what is already in its
/// mailbox.
struct ReadWakes {};
using ArchiveActor =
    caf::typed_actor<caf::replies_to<WakeConversation>::with<ConversationWoken>,
                     caf::replies_to<SweepDue>::with<DueSwept>,
                     caf::replies_to<FindTimers>::with<TimersFound>,
                     caf::replies_to<FindInstructions>::with<InstructionsFound>,
                     caf::replies_to<FindRecords>::with<RecordsFound>, caf::reacts_to<ReadWakes>>;

// -- outbox ----

/// One committed message, ready to leave.
struct Released {
  TenantId tenant;
  OutboxRef ref;
  ContactId recipient;
  std::string number;
  Lane lane = Lane::kReply;
  std::chrono::sys_seconds not_before{};
  std::chrono::sys_seconds expires{};
  Personal body;  ///< The finished provider request.
  /// The store may hold an outbox row of it; a reply that comes straight from its turn has none.
  bool has_row = false;
};
/// The turn that caused these is committed: let them leave, in order per recipient.
struct ReleaseOutbox {
  std::vector<Released> messages;
};
/// The provider answered a send (or did not).
struct SendEnded {
  OutboxRef ref;
  whatsapp::SendVerdict verdict = whatsapp::SendVerdict::kUnknown;
  Personal message;  ///< wamid when accepted.
  int error_code = 0;
};
/// A status webhook proves that the message left: do not send it again.
struct DeliveryProven {
  OutboxRef ref;
};
/// Shards became ours. Replies that their last holder committed in this time, and of which nothing
/// is known, are ours to send.
struct LeasesTaken {
  TimeSpan unsettled;
  std::uint64_t term = 0;  ///< See Holding::term.
};
/// A turn of this tenant may be committed without our knowing: its messages must be looked for.
struct TurnInDoubt {
  TenantId tenant;
};
/// Pauses end, pacing refills, sweeps fall due. The outbox sends it to itself.
struct OutboxTick {
  enum class Work : std::uint8_t {
    kPace = 1,  ///< Look at those who wait for a pause or the pace.
    kSweep,     ///< Look in the store for some tenants' due rows.
    kSweepAll,  ///< For all tenants', and for replies nothing is known of.
  };
  Work work = Work::kPace;
};
using OutboxActor = caf::typed_actor<caf::reacts_to<ReleaseOutbox>, caf::reacts_to<SendEnded>,
                                     caf::reacts_to<DeliveryProven>, caf::reacts_to<LeasesTaken>,
                                     caf::reacts_to<TurnInDoubt>, caf::reacts_to<OutboxTick>>;

// -- lease keeper ----

/// Renew what is ours, take what is nobody's. The keeper sends it to itself.
struct HoldLeases {};
using LeaseKeeperActor = caf::typed_actor<caf::reacts_to<HoldLeases>>;

// -- pack watch ----

/// Look whether a pack was deployed. The watch sends it to itself.
struct LookForPacks {};
using PackWatchActor = caf::typed_actor<caf::reacts_to<LookForPacks>>;

// -- sender ----

/// Post one message to the provider. Answered with SendEnded to `outbox`, within kSendTimeout.
struct SendOut {
  OutboxActor outbox;
  OutboxRef ref;
  std::string number;
  Personal body;
};
using SenderActor = caf::typed_actor<caf::reacts_to<SendOut>>;

}  // namespace mitr

#include "actors/messages_wire.h"

// Ids are local to a build; the wire carries the names. Append only.
CAF_BEGIN_TYPE_ID_BLOCK(mitr, caf::first_custom_type_id)
CAF_ADD_TYPE_ID(mitr, (mitr::WebhookArrived))
CAF_ADD_TYPE_ID(mitr, (mitr::TurnSettled))
CAF_ADD_TYPE_ID(mitr, (mitr::Inbound))
CAF_ADD_TYPE_ID(mitr, (mitr::DeliveryNews))
CAF_ADD_TYPE_ID(mitr, (mitr::ParkTick))
CAF_ADD_TYPE_ID(mitr, (mitr::ConversationParked))
CAF_ADD_TYPE_ID(mitr, (mitr::ConversationLost))
CAF_ADD_TYPE_ID(mitr, (mitr::ForgetContact))
CAF_ADD_TYPE_ID(mitr, (mitr::TakeTurn))
CAF_ADD_TYPE_ID(mitr, (mitr::Park))
CAF_ADD_TYPE_ID(mitr, (mitr::AppendTurn))
CAF_ADD_TYPE_ID(mitr, (mitr::TurnAppended))
CAF_ADD_TYPE_ID(mitr, (mitr::ClaimContact))
CAF_ADD_TYPE_ID(mitr, (mitr::ContactClaimed))
CAF_ADD_TYPE_ID(mitr, (mitr::MarkOutbox))
CAF_ADD_TYPE_ID(mitr, (mitr::OutboxMarked))
CAF_ADD_TYPE_ID(mitr, (mitr::KeepWebhook))
CAF_ADD_TYPE_ID(mitr, (mitr::WebhookKept))
CAF_ADD_TYPE_ID(mitr, (mitr::FlushBatch))
CAF_ADD_TYPE_ID(mitr, (mitr::WakeConversation))
CAF_ADD_TYPE_ID(mitr, (mitr::ConversationWoken))
CAF_ADD_TYPE_ID(mitr, (mitr::SweepDue))
CAF_ADD_TYPE_ID(mitr, (mitr::DueSwept))
CAF_ADD_TYPE_ID(mitr, (mitr::ReleaseOutbox))
CAF_ADD_TYPE_ID(mitr, (mitr::SendEnded))
CAF_ADD_TYPE_ID(mitr, (mitr::DeliveryProven))
CAF_ADD_TYPE_ID(mitr, (mitr::OutboxTick))
CAF_ADD_TYPE_ID(mitr, (mitr::SendOut))
CAF_ADD_TYPE_ID(mitr, (mitr::MoveTimer))
CAF_ADD_TYPE_ID(mitr, (mitr::TimerMoved))
CAF_ADD_TYPE_ID(mitr, (mitr::TimerTick))
CAF_ADD_TYPE_ID(mitr, (mitr::TimerSettled))
CAF_ADD_TYPE_ID(mitr, (mitr::TimerFell))
CAF_ADD_TYPE_ID(mitr, (mitr::TakeTimer))
CAF_ADD_TYPE_ID(mitr, (mitr::FindTimers))
CAF_ADD_TYPE_ID(mitr, (mitr::TimersFound))
CAF_ADD_TYPE_ID(mitr, (mitr::FindRecords))
CAF_ADD_TYPE_ID(mitr, (mitr::RecordsFound))
CAF_ADD_TYPE_ID(mitr, (mitr::LeasesTaken))
CAF_ADD_TYPE_ID(mitr, (mitr::TurnInDoubt))
CAF_ADD_TYPE_ID(mitr, (mitr::HoldLeases))
CAF_ADD_TYPE_ID(mitr, (mitr::ReadWakes))
CAF_ADD_TYPE_ID(mitr, (mitr::LookForPacks))
CAF_ADD_TYPE_ID(mitr, (mitr::LookForInstructions))
CAF_ADD_TYPE_ID(mitr, (mitr::InstructionSettled))
CAF_ADD_TYPE_ID(mitr, (mitr::InstructionFound))
CAF_ADD_TYPE_ID(mitr, (mitr::TakeInstruction))
CAF_ADD_TYPE_ID(mitr, (mitr::EndInstruction))
CAF_ADD_TYPE_ID(mitr, (mitr::InstructionEnded))
CAF_ADD_TYPE_ID(mitr, (mitr::FindInstructions))
CAF_ADD_TYPE_ID(mitr, (mitr::InstructionsFound))
CAF_ADD_TYPE_ID(mitr, (mitr::IdentityTold))
CAF_ADD_TYPE_ID(mitr, (mitr::NoteStandings))
CAF_ADD_TYPE_ID(mitr, (mitr::StandingsNoted))
CAF_END_TYPE_ID_BLOCK(mitr)
