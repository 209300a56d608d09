// Times of the day: "5 baje", "shaam 6 baje", "saade paanch", "17:30", "5.30 pm", "half past five".
// Twelve hours stand on a clock and twenty-four in a day: what the words leave open is told, not
// guessed. Lengths of time are duration.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "nlu/slots/found.h"

namespace mitr {

struct ClockTime {
  int minutes = 0;  ///< After midnight, 0 … 1439.
  bool operator==(const ClockTime&) const = default;
};

struct ClockContext {
  bool asked = false;  ///< A time is what we asked for: "5" alone is an hour.
};

/// "5 baje" is five in the morning, or else in the evening; "5-6 pm" the first, or else the second.
std::vector<Found<ClockTime>> find_clock_times(const Tokens& tokens, const ClockContext& context);
/// The part of the day the words name and nothing more precise ("in the evening"), for choosing
/// between times that are known.
Meaning part_of_day(const Tokens& tokens);
/// True if the time lies in that part of the day, as people use the word.
bool lies_in(ClockTime time, Meaning part);

/// "17:30".
std::string clock_text(ClockTime time);
/// Only the form clock_text writes, hours below ten with or without the zero.
std::optional<ClockTime> parse_clock(std::string_view text);

}  // namespace mitr
