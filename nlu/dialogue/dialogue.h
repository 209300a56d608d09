// The conversation as values: what is in hand, what came in, what happened, what to do.
// Rule: no clock, no socket, no thread, no logger anywhere under nlu/. State is the fold of events.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "nlu/understanding.h"
#include "protocols/envelope.h"
#include "protocols/moment.h"
#include "protocols/outbound.h"
#include "protocols/personal.h"

namespace mitr {

class Pack;

/// What one tenant may choose about a pack.
struct DialogueSettings {
  std::string language = "en";
  /// Dates before today are accepted (schools that file leave afterwards).
  bool past_dates = false;
  /// Summaries repeat values as the contact typed them, instead of the normal form ("Mon 30 Nov
  /// 2026").
  bool echo_typed = false;
  bool operator==(const DialogueSettings&) const = default;
};

/// A slot's value: what was typed and what it means.
struct SlotValue {
  Personal typed;
  Personal value;  ///< Canonical: dates ISO (2026-11-30), classes upper case ("5B"), text trimmed.
  bool operator==(const SlotValue&) const = default;
};

/// What a conversation has in hand. Empty flow: nothing.
struct DialogueState {
  std::string flow;         ///< Name of the running flow in the pack.
  std::string asking;       ///< Slot we asked last, or kConfirmStep.
  std::uint8_t misses = 0;  ///< Answers in a row that did not fit what was asked.
  std::vector<std::pair<std::string, SlotValue>> slots;  ///< In order of filling.
  /// When the machine wants TimerFired, in seconds since the epoch; 0: never.
  std::int64_t wake_at = 0;
  bool reminded = false;  ///< The contact left the flow half filled, and was reminded once.
  bool operator==(const DialogueState&) const = default;
  bool at_rest() const { return flow.empty(); }
  const SlotValue* slot(std::string_view name) const;
};
inline constexpr std::string_view kConfirmStep = "(confirm)";

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
using Input = std::variant<HeardWords, Choice, Unreadable, TimerFired>;

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

using Event = std::variant<FlowStarted, SlotFilled, SlotRejected, SlotMissed, SlotCleared, Asked,
                           FlowCompleted, FlowCancelled, NotUnderstood, TimerSet, FlowLapsed>;

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
using Effect = std::variant<Notify, FileRequest>;

struct Outcome {
  std::vector<Event> events;
  std::vector<Effect> effects;
  std::optional<TextMessage>
      reply;  ///< One coalesced reply a turn: service replies cost money. None: stay silent.
  bool operator==(const Outcome&) const = default;
};

/// What the running flow would like to hear; narrows understanding.
Expectation expectation(const Pack& pack, const DialogueSettings& settings,
                        const DialogueState& state, const Moment& now);
/// Decides one turn. Pure: same arguments, same outcome.
Outcome step(const Pack& pack, const DialogueSettings& settings, const DialogueState& state,
             const Input& input, const Moment& now);
/// Folds one event into the state.
void apply(DialogueState& state, const Event& event);

}  // namespace mitr
