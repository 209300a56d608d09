// Spans of days: "from Monday to Wednesday", "5th to 7th", "5 se 7", "10-12 tak", "for 3 days from
// tomorrow", "tomorrow and day after", "next week". A lone date is a span of one day unless "from"
// or "till" says it is only one end.
#pragma once

#include <optional>

#include "nlu/slots/date.h"

namespace mitr {

struct DateEnd {
  std::chrono::local_days day{};
  TokenSpan typed;
  std::optional<std::chrono::local_days> other{};  ///< As DateMatch::other.
};

struct DateRangeMatch {
  TokenSpan span;  ///< With its "from", "on", "for".
  std::optional<DateEnd> from;
  std::optional<DateEnd> to;
  bool single = false;  ///< One date stood for both ends.
};

/// The first span of days in the text.
std::optional<DateRangeMatch> find_date_range(const Tokens& tokens, const DateContext& context);

}  // namespace mitr
