// What words were taken to mean. Values only; see understand.h for the one door.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocols/moment.h"
#include "protocols/personal.h"

namespace mitr {

/// What we asked last, and what may be heard now.
struct Expectation {
  std::string flow;    ///< Running flow; empty: none.
  std::string asking;  ///< Slot asked, or "(confirm)"; empty: nothing.
  Moment now;          ///< "tomorrow" needs a today.
  std::string language = "en";
  bool past_dates = false;  ///< A date without a year may lie before today.
  /// The day the asked date relates to (the start, when the end is asked).
  std::optional<std::chrono::local_days> anchor;
};

/// A piece of the text that could fill a slot. At the confirmation an empty value means: the
/// contact named the slot ("the class is wrong") without saying what it should be.
struct SlotCandidate {
  std::string slot;
  Personal typed;  ///< As written.
  Personal value;  ///< Canonical form (see SlotValue).
  bool operator==(const SlotCandidate&) const = default;
};

/// Whole-conversation moves, understood in every state.
enum class Move : std::uint8_t { kNone = 0, kYes, kNo, kCancel, kGreet, kThanks };

struct Understanding {
  std::string intent;                     ///< Flow the words would start; empty: none.
  std::uint16_t confidence_permille = 0;  ///< Integer: the same on every machine.
  Move move = Move::kNone;
  std::vector<SlotCandidate> slots;  ///< At most one per slot.
  bool operator==(const Understanding&) const = default;
};

}  // namespace mitr
