// Why a turn said what it said: what came in, which rules that met, where the flow stood, and the
// words behind each value. Made of the stored turns alone.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "nlu/dialogue/turn_record.h"

namespace mitr {

/// A value that was held when the turn was over, and the turn whose words gave it.
struct FilledSlot {
  std::string flow;
  std::string slot;
  std::uint64_t seq = 0;
  SlotValue value;
  bool operator==(const FilledSlot&) const = default;
};

struct Trail {
  std::uint64_t seq = 0;
  PackVersion pack;
  std::string heard;  ///< Kind of what came in, as "words".
  std::string flow;   ///< In hand after the turn, or ended by it; empty: none.
  std::string step;   ///< What was asked last: a slot, "(confirm)" and the like; empty: nothing.
  std::vector<std::string>
      rules;  ///< What happened, in order: "asked class", "check past of from".
  std::vector<FilledSlot> slots;
  bool operator==(const Trail&) const = default;
};

/// Of the last of `turns`, which are one conversation's from its beginning, or from any turn at
/// which nothing was in hand; their numbers begin at `first_seq`. Empty turns: an empty trail.
Trail trail_of(const std::vector<TurnRecord>& turns, std::uint64_t first_seq);

}  // namespace mitr
