// What words were taken to mean. Values only; see understand.h for the one door.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "protocols/moment.h"
#include "protocols/personal.h"

namespace mitr {

class OpeningModel;
namespace apce {
class KnownValues;
}

/// A piece of the text that could fill a slot. An empty value means: the contact named the slot
/// ("the class is wrong") without saying what it should be.
struct SlotCandidate {
  std::string slot;
  Personal typed;  ///< As written.
  Personal value;  ///< Canonical form (see SlotValue).
  bool operator==(const SlotCandidate&) const = default;
};

/// What we asked last, and what may be heard now.
struct Expectation {
  std::string flow;    ///< Running flow; empty: none.
  std::string asking;  ///< Slot asked, or "(confirm)" and the like; empty: nothing.
  Moment now;          ///< "tomorrow" needs a today.
  std::string language = "en";
  std::string country = "IN";  ///< Where a phone number without a country code belongs.
  bool past_dates = false;     ///< A date without a year may lie before today.
  /// The day the asked date relates to (the start, when the end is asked).
  std::optional<std::chrono::local_days> anchor;
  /// Slots that have a value, in the order of filling: "not the 10th" names one by what it holds.
  std::vector<std::pair<std::string, Personal>> held;
  /// What was offered with "which do you mean?": "in the evening" picks one of two times.
  std::vector<SlotCandidate> doubt{};
  /// What the tenant's own examples taught, asked in the place of the pack's; null: the tenant has
  /// none.
  const OpeningModel* openings = nullptr;
  /// Values that the tenant's records hold; null: none are known.
  const apce::KnownValues* known = nullptr;
};

/// Whole-conversation moves, understood in every state. Stored: new ones go to the end.
enum class Move : std::uint8_t {
  kNone = 0,
  kYes,
  kNo,
  kCancel,
  kGreet,
  kThanks,
  kSkip,       ///< "skip this question"
  kRepeat,     ///< "what did you say?"
  kWhy,        ///< "why do you ask?"
  kHuman,      ///< "I want to talk to a person"
  kStartOver,  ///< "let us begin again"
  kHoldOn,     ///< "one moment"
  kRefuse,     ///< "I will not tell you that"
  kBye,
  kAbuse,
  kMenu,     ///< "what can you do?"
  kKeep,     ///< "leave it as it was"
  kOther,    ///< "not that one, the other"
  kStop,     ///< "send me nothing more"
  kStart,    ///< "write to me again"
  kTheLast,  ///< As kNone; the count of moves. Never stored.
};

inline constexpr std::uint8_t kPickLast = 255;

struct Understanding {
  std::string intent;                     ///< Flow the words would start; empty: none.
  std::uint16_t confidence_permille = 0;  ///< Integer: the same on every machine.
  Move move = Move::kNone;
  std::vector<SlotCandidate> slots;  ///< At most one per slot.
  /// Further flows the same words ask for, in the order of the words.
  std::vector<std::string> also;
  /// Flows the words point to as much as to each other: the machine asks which. With them `intent`
  /// is empty.
  std::vector<std::string> rivals;
  /// A value that could fill any of these slots: the machine asks which. At most one such value.
  std::vector<SlotCandidate> doubt;
  std::uint8_t pick = 0;  ///< "The second": place among what was offered, from 1; kPickLast: last.
  bool operator==(const Understanding&) const = default;
};

}  // namespace mitr
