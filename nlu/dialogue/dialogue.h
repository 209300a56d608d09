// The conversation as values: what is in hand, what came in, what happened, what to do.
// Rule: no clock, no socket, no thread, no logger anywhere under nlu/. State is the fold of events.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "nlu/dialogue/pack_version.h"
#include "nlu/records/record_kinds.h"
#include "nlu/understanding.h"
#include "protocols/envelope.h"
#include "protocols/moment.h"
#include "protocols/outbound.h"
#include "protocols/personal.h"

namespace mitr {

class OpeningModel;
namespace apce {
class KnownValues;
}
class Pack;

/// What one tenant may choose about a pack.
struct DialogueSettings {
  std::string language = "en";
  /// Dates before today are accepted (schools that file leave afterwards).
  bool past_dates = false;
  /// Summaries repeat values as the contact typed them, instead of the normal form ("Mon 30 Nov
  /// 2026").
  bool echo_typed = false;
  /// Kinds of records the tenant has imported. Where there are none nothing is looked up.
  RecordKinds records{};
  /// Region (ISO 3166, "IN") of phone numbers that name no country.
  std::string country = "IN";
  /// What the tenant's own examples taught; null: the pack's own decide. Held, so that a turn ends
  /// with the model it began with.
  std::shared_ptr<const OpeningModel> openings{};
  /// Values that the tenant's records hold; null: none are known.
  std::shared_ptr<const apce::KnownValues> known{};
  bool operator==(const DialogueSettings&) const = default;
};

/// A slot's value: what was typed and what it means. The canonical form by kind:
///   text, name   trimmed             date      "2026-11-30"
///   class        "5B"                number    "2.5", "2.5 kg"
///   choice       the option's id     money     rupees: "125000", "99.5"
///   reference    as its shape        yes_no    "yes", "no"
///   time         "17:30"             phone     "+919876543210"
///   email        "a.b@example.com"   duration  ISO 8601: "P2D", "PT1H30M"
///   product      ids and amounts, in the order said: "atta:2 kg; maggi:3; soap"
struct SlotValue {
  Personal typed;
  Personal value;
  bool operator==(const SlotValue&) const = default;
};

using SlotValues = std::vector<std::pair<std::string, SlotValue>>;

/// A flow that was interrupted, or asked for and not begun. Where it stands is not stored: that
/// follows from its slots and marks (see flow_walk.h).
struct WaitingFlow {
  std::string flow;
  SlotValues slots;
  std::vector<std::string> marks{};
  bool queued = false;  ///< Asked for beside another: begins by itself, without "shall we go on?".
  bool operator==(const WaitingFlow&) const = default;
};

/// What the contact lets us do of ourselves. Stored: new ones go to the end.
enum class Consent : std::uint8_t {
  kMessages,   ///< Write first: notices and reminders.
  kMarketing,  ///< Write first to sell.
  kRecording,  ///< Keep a call's sound.
  kTheLast,    ///< The count. Never stored.
};

/// What a conversation has in hand. Empty flow: nothing.
struct DialogueState {
  std::string flow;         ///< Name of the running flow in the pack.
  std::string asking;       ///< Slot we asked last, or kConfirmStep and the like.
  std::uint8_t misses = 0;  ///< Answers in a row that did not fit what was asked.
  SlotValues slots;         ///< In order of filling. Skipped: held, with an empty value.
  /// When the machine wants TimerFired, in seconds since the epoch; 0: never.
  std::int64_t wake_at = 0;
  bool reminded = false;  ///< The contact left the flow half filled, and was reminded once.
  std::vector<std::string> marks{};    ///< Steps of the flow that were done and are not done twice.
  std::vector<WaitingFlow> waiting{};  ///< The last resumes first. Not empty: a flow is running.
  /// With kWhichStep: what the words could have meant. Flows: the value is empty.
  std::vector<SlotCandidate> doubt{};
  std::string closed{};          ///< Flow that was dropped while the contact was away.
  std::int64_t human_until = 0;  ///< A person answers until then, in seconds; 0: we do.
  /// Version of the pack that what is in hand was begun under, or taken over by. Nothing in hand:
  /// not known, and the newest decides.
  PackVersion pack{};
  std::uint8_t withdrawn = 0;  ///< A bit for each Consent that was withdrawn.
  bool operator==(const DialogueState&) const = default;
  bool at_rest() const { return flow.empty(); }
  bool allows(Consent consent) const {
    return (withdrawn & (1U << static_cast<unsigned>(consent))) == 0;
  }
  /// Null: not asked yet, or cleared. A skipped slot is held, with an empty value.
  const SlotValue* slot(std::string_view name) const;
  bool marked(std::string_view step) const;
};
inline constexpr std::string_view kConfirmStep = "(confirm)";
inline constexpr std::string_view kResumeStep = "(resume)";  ///< "Shall we go on with …?"
inline constexpr std::string_view kWhichStep = "(which)";    ///< "Which do you mean?"
inline constexpr std::string_view kWaitStep = "(wait)";      ///< A result or a moment is awaited.

// -- what comes in ----

/// The contact wrote, and this is what was understood. Stored with the turn: plain replay needs no
/// model.
struct HeardWords {
  Personal text;
  Understanding understanding;
  bool operator==(const HeardWords&) const = default;
};
/// The moment the machine asked for may have come. It may come early, late, or when nothing waits.
struct TimerFired {
  bool operator==(const TimerFired&) const = default;
};
/// What came of a call (see CallOut): values by name, or that it failed.
struct CallResult {
  std::string step;  ///< Of the call, as CallOut named it.
  bool ok = false;
  std::vector<std::pair<std::string, Personal>> values;
  bool operator==(const CallResult&) const = default;
};
/// The person who had the conversation gives it back.
struct HandBack {
  bool operator==(const HandBack&) const = default;
};
/// A file came, and this is what its caption was understood to mean.
struct HeardAttachment {
  Attachment attachment;
  Understanding understanding;
  bool operator==(const HeardAttachment&) const = default;
};
/// Keys pressed on a phone, and what they would mean as words.
struct Digits {
  Personal digits;  ///< '0' to '9' only.
  Understanding understanding;
  bool operator==(const Digits&) const = default;
};
/// The contact said nothing for as long as one waits for an answer, on a call.
struct Silence {
  bool operator==(const Silence&) const = default;
};
/// The contact spoke into our words: of them so much was played. What they said comes by itself.
struct Interrupted {
  std::uint32_t played_ms = 0;
  bool operator==(const Interrupted&) const = default;
};
/// The business has something to say of itself. Whoever makes it knows that the channel takes it.
struct Proactive {
  Personal notice;
  bool marketing = false;
  bool operator==(const Proactive&) const = default;
};
/// A person of the business writes to the contact.
struct HumanMessage {
  Personal text;
  bool left = false;  ///< It went by another way and is only kept; false: it is this turn's reply.
  bool operator==(const HumanMessage&) const = default;
};
struct ConsentChange {
  Consent consent = Consent::kMessages;
  bool granted = false;
  bool operator==(const ConsentChange&) const = default;
};
/// Stored by their place in this list: new ones go to the end.
using Input = std::variant<HeardWords, Choice, Unreadable, TimerFired, CallResult, HandBack,
                           HeardAttachment, Location, Order, Digits, Silence, Interrupted,
                           Proactive, HumanMessage, ConsentChange>;

// -- what happened (events: stored, folded) ----

struct FlowStarted {
  std::string flow;
  bool operator==(const FlowStarted&) const = default;
};
struct SlotFilled {
  std::string slot;
  SlotValue value;
  bool operator==(const SlotFilled&) const = default;
};
/// A value failed its check; `reason` is the check's name in the pack.
struct SlotRejected {
  std::string slot;
  std::string reason;
  bool operator==(const SlotRejected&) const = default;
};
/// The answer did not fit what was asked.
struct SlotMissed {
  std::string slot;
  bool operator==(const SlotMissed&) const = default;
};
struct SlotCleared {
  std::string slot;
  bool operator==(const SlotCleared&) const = default;
};
struct Asked {
  std::string slot;
  bool operator==(const Asked&) const = default;
};  ///< Slot name or kConfirmStep.
struct FlowCompleted {
  std::string flow;
  bool operator==(const FlowCompleted&) const = default;
};
struct FlowCancelled {
  std::string flow;
  bool operator==(const FlowCancelled&) const = default;
};
/// Nothing in hand and the words start nothing.
struct NotUnderstood {
  bool operator==(const NotUnderstood&) const = default;
};

/// The machine wants to be woken at `at` (seconds since the epoch); `reminded`: for the last time.
struct TimerSet {
  std::int64_t at = 0;
  bool reminded = false;
  bool operator==(const TimerSet&) const = default;
};
/// The contact did not come back to the flow.
struct FlowLapsed {
  std::string flow;
  bool operator==(const FlowLapsed&) const = default;
};

/// A repair move was made and answered: for whoever asks later why the bot said what it said.
struct Moved {
  Move move = Move::kNone;
  bool operator==(const Moved&) const = default;
};
/// The running flow steps aside; another begins or goes on.
struct FlowSuspended {
  std::string flow;
  bool operator==(const FlowSuspended&) const = default;
};
/// A waiting flow is running again.
struct FlowResumed {
  std::string flow;
  bool operator==(const FlowResumed&) const = default;
};
/// A further flow was asked for and begins when its turn comes.
struct FlowQueued {
  std::string flow;
  bool operator==(const FlowQueued&) const = default;
};
struct SlotSkipped {
  std::string slot;
  bool operator==(const SlotSkipped&) const = default;
};
/// A step that is done once was done, or is to be done again because what it rested on changed.
struct StepDone {
  std::string step;
  bool operator==(const StepDone&) const = default;
};
struct StepUndone {
  std::string step;
  bool operator==(const StepUndone&) const = default;
};
/// The words could mean any of these; kWhichStep is asked.
struct Doubted {
  std::vector<SlotCandidate> choices;
  bool operator==(const Doubted&) const = default;
};
/// A person answers until `until` (seconds since the epoch); `reason`: as "asked", "misses".
struct HandedOver {
  std::string reason;
  std::int64_t until = 0;
  bool operator==(const HandedOver&) const = default;
};
struct HandedBack {
  bool operator==(const HandedBack&) const = default;
};
/// What was begun is decided by this version of the pack from now on.
struct Pinned {
  PackVersion pack;
  bool operator==(const Pinned&) const = default;
};
/// A newer version took over what was in hand; what it does not know is cleared by events behind.
struct Migrated {
  PackVersion from;
  PackVersion to;
  bool operator==(const Migrated&) const = default;
};
struct ConsentSet {
  Consent consent = Consent::kMessages;
  bool granted = false;
  bool operator==(const ConsentSet&) const = default;
};

/// Stored by their place in this list: new ones go to the end.
using Event =
    std::variant<FlowStarted, SlotFilled, SlotRejected, SlotMissed, SlotCleared, Asked,
                 FlowCompleted, FlowCancelled, NotUnderstood, TimerSet, FlowLapsed, Moved,
                 FlowSuspended, FlowResumed, FlowQueued, SlotSkipped, StepDone, StepUndone, Doubted,
                 HandedOver, HandedBack, Pinned, Migrated, ConsentSet>;

// -- what to do (effects: rows before anything leaves) ----

/// Message someone of the tenant's by role; `key` picks which (the class). Nobody by that role:
/// nothing is sent.
struct Notify {
  std::string role;
  Personal key;
  TemplateMessage message;
  bool operator==(const Notify&) const = default;
};
/// Store a completed request.
struct FileRequest {
  std::string kind;
  std::vector<std::pair<std::string, Personal>> fields;  ///< Slot name → canonical value.
  bool operator==(const FileRequest&) const = default;
};
/// Ask another system; its answer comes back as CallResult, or does not.
struct CallOut {
  std::string flow;
  std::string step;
  std::string name;  ///< What is called, as the pack names it.
  std::vector<std::pair<std::string, Personal>> arguments;
  bool operator==(const CallOut&) const = default;
};
using Effect = std::variant<Notify, FileRequest, CallOut>;

struct Outcome {
  std::vector<Event> events;
  std::vector<Effect> effects;
  std::optional<TextMessage>
      reply;  ///< One coalesced reply a turn: service replies cost money. None: stay silent.
  bool operator==(const Outcome&) const = default;
};

/// The call the flow in hand waits for, as it left; none: it waits for none.
std::optional<CallOut> call_in_hand(const Pack& pack, const DialogueSettings& settings,
                                    const DialogueState& state, const Moment& now);
/// What the running flow would like to hear; narrows understanding.
Expectation expectation(const Pack& pack, const DialogueSettings& settings,
                        const DialogueState& state, const Moment& now);
/// What words mean here; nothing for no words.
Understanding understand(const Pack& pack, const DialogueSettings& settings,
                         const DialogueState& state, const Personal& words, const Moment& now);
/// Decides one turn. Pure: same arguments, same outcome.
Outcome step(const Pack& pack, const DialogueSettings& settings, const DialogueState& state,
             const Input& input, const Moment& now);
/// Folds one event into the state.
void apply(DialogueState& state, const Event& event);

}  // namespace mitr
