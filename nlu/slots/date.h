// Days as people write them: "2026-11-30", "30/11" (day first), "25th december", "tomorrow", "next
// monday", "5 tareekh", "3 din baad". One day only; see date_range.h for "from … to …". Knows no
// clock: today is an argument.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "nlu/text/tokens.h"

namespace mitr {

struct DateContext {
  std::chrono::local_days today{};
  /// The day the answer relates to, if any (the start, when the end is asked): "Friday", "the 6th",
  /// "same day" and "3 days" are counted from it.
  std::optional<std::chrono::local_days> anchor;
  bool past_dates = false;  ///< A date without a year may lie before today.
  bool asked = false;       ///< A date is what we asked for: "5" alone is a day of the month.
};

struct DateMatch {
  TokenSpan span;
  std::chrono::local_days day{};
  bool has_month = false;  ///< Month given: "4 to 6 March" lends it to the 4.
  /// "kal" where past dates are taken and no verb tells: yesterday, or else tomorrow.
  std::optional<std::chrono::local_days> other{};
};

/// The date that starts exactly at the token, longest form first. A weekday means the next such
/// day, never today; "next monday" the one of the coming calendar week.
std::optional<DateMatch> date_at(const Tokens& tokens, std::size_t at, const DateContext& context);
/// The first date at or after the token.
std::optional<DateMatch> find_date(const Tokens& tokens, const DateContext& context,
                                   std::size_t from = 0);
/// A day of the month without a month; none if there is no such day soon.
std::optional<std::chrono::local_days> day_of_month(unsigned day, const DateContext& context);

/// Longer spans are no days that people count.
inline constexpr int kDaysCountedMax = 366;
struct CountReading;
/// "3 days", "do din", "pandrah din" from the token on; the reading's end is behind the word.
std::optional<CountReading> count_of_days(const Tokens& tokens, std::size_t at);

/// "2026-11-30".
std::string iso_date(std::chrono::local_days day);
/// Only the form iso_date writes.
std::optional<std::chrono::local_days> parse_iso_date(std::string_view text);

}  // namespace mitr
