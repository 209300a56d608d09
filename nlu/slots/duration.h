// Lengths of time: "2 days", "do din", "half an hour", "aadha ghanta", "1 hour 30 min", "a week".
// Not points in time: "2 din baad" and "3 days ago" are dates.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "nlu/slots/found.h"

namespace mitr {

/// Months and days have no fixed length, so they stay apart. Half a day is 12 hours, half a month
/// 15 days; a week is 7 days, a year 12 months.
struct Duration {
  int months = 0;
  int days = 0;
  std::chrono::seconds time{0};
  bool operator==(const Duration&) const = default;
};

struct DurationContext {
  bool asked = false;  ///< A length is what we asked for: "in 2 days" is two days.
};

/// "2-3 days" is two, or else three.
std::vector<Found<Duration>> find_durations(const Tokens& tokens, const DurationContext& context);

/// ISO 8601: "P2D", "PT1H30M", "P1M".
std::string duration_text(const Duration& duration);
/// Only what duration_text writes.
std::optional<Duration> parse_duration(std::string_view text);
/// For comparing: a month counts 30 days.
std::int64_t seconds_of(const Duration& duration);

}  // namespace mitr
