// Finding lengths of time; see duration.h.
#include "nlu/slots/duration.h"

#include <algorithm>
#include <optional>

#include "nlu/slots/number_reading.h"
#include "nlu/slots/surroundings.h"

namespace mitr {
namespace {

/// No length that people mean is longer; keeps the arithmetic far from overflow.
constexpr std::int64_t kThousandthsMax = 100'000'000;

Meaning unit_of(const Token& token) {
  return token.is_word() && is_length_of_time(token.sense.meaning) ? token.sense.meaning
                                                                   : Meaning::kNone;
}

/// "1h", "30m": letters that are units only when glued to digits.
Meaning letter_unit(const Token& token) {
  if (!token.is_word() || !token.glued) return Meaning::kNone;
  if (token.is("h")) return Meaning::kHour;
  if (token.is("m")) return Meaning::kMinute;
  return Meaning::kNone;
}

void add_days(Duration& sum, std::int64_t thousandths) {
  sum.days += static_cast<int>(thousandths / 1000);
  sum.time += std::chrono::seconds{thousandths % 1000 * 86'400 / 1000};
}

void add(Duration& sum, std::int64_t thousandths, Meaning unit) {
  switch (unit) {
    case Meaning::kSecond:
      sum.time += std::chrono::seconds{thousandths / 1000};
      break;
    case Meaning::kMinute:
      sum.time += std::chrono::seconds{thousandths * 60 / 1000};
      break;
    case Meaning::kHour:
      sum.time += std::chrono::seconds{thousandths * 3600 / 1000};
      break;
    case Meaning::kDay:
      add_days(sum, thousandths);
      break;
    case Meaning::kWeek:
      add_days(sum, thousandths * 7);
      break;
    case Meaning::kFortnight:
      add_days(sum, thousandths * 14);
      break;
    case Meaning::kMonth:
      sum.months += static_cast<int>(thousandths / 1000);
      add_days(sum, thousandths % 1000 * 30);
      break;
    default:
      sum.months += static_cast<int>(thousandths * 12 / 1000);
      break;
  }
}

struct Part {
  std::int64_t thousandths = 0;
  std::optional<std::int64_t> upper;  ///< "2-3 days"
  Meaning unit = Meaning::kNone;
  std::size_t last = 0;
};

/// "a week", "a couple of days".
std::optional<Part> article_part(const Tokens& t, std::size_t at) {
  const bool article = t[at].is(kIsArticle);
  std::size_t next = article ? at + 1 : at;
  if (t[next].is("couple")) {
    next += t[next + 1].is("of") ? 2 : 1;
    if (unit_of(t[next]) == Meaning::kNone) return std::nullopt;
    return Part{2000, {}, unit_of(t[next]), next + 1};
  }
  if (!article || unit_of(t[next]) == Meaning::kNone) return std::nullopt;
  // "twice a day", "5 a day" is how often, not how long.
  const Token& before = token_before(t, at);
  const bool rate = before.is_number() || before.sense.role == NumberRole::kCardinal ||
                    before.is("twice") || before.is("once") || before.is("times");
  if (rate) return std::nullopt;
  return Part{1000, {}, unit_of(t[next]), next + 1};
}

std::optional<Part> part_at(const Tokens& t, std::size_t at) {
  if (auto part = article_part(t, at)) return part;
  auto number = number_at(t, at, {.letter_lakh = false, .fractions = true});
  if (!number || number->thousandths > kThousandthsMax) return std::nullopt;
  Part part{number->thousandths, {}, Meaning::kNone, number->last};
  if (t[part.last].is_mark('-') && t[part.last + 1].is_number()) {
    const auto upper = number_at(t, part.last + 1);
    if (!upper || upper->thousandths > kThousandthsMax) return std::nullopt;
    if (upper->thousandths <= part.thousandths) return std::nullopt;
    part.upper = upper->thousandths;
    part.last = upper->last;
  }
  if (part.thousandths == 500 && t[part.last].is(kIsArticle)) ++part.last;  // "half an hour"
  part.unit = unit_of(t[part.last]);
  if (part.unit == Meaning::kNone && !number->spelled) part.unit = letter_unit(t[part.last]);
  if (part.unit == Meaning::kNone) return std::nullopt;
  ++part.last;
  return part;
}

/// A point counted from today ("2 din baad", "in 3 days", "5 saal pehle"), or an age.
bool is_no_length(const Tokens& t, TokenSpan span) {
  const Token& before = token_before(t, span.first);
  const Token& behind = t[span.last];
  const Token& further = behind.is("ke") || behind.is("se") ? t[span.last + 1] : behind;
  return before.is("in") || before.is("after") || further.sense.meaning == Meaning::kAfter ||
         further.sense.meaning == Meaning::kAgo || further.sense.meaning == Meaning::kBefore ||
         behind.is("from") || behind.is("old");
}

bool begins_inside(const Tokens& t, std::size_t at) {
  if (!t[at].is_number() || at == 0 || !t[at].glued) return false;
  return !t[at - 1].is_mark(',') && !t[at - 1].is_mark('(');
}

}  // namespace

std::vector<Found<Duration>> find_durations(const Tokens& tokens, const DurationContext& context) {
  std::vector<Found<Duration>> all;
  for (std::size_t at = 0; at < tokens.size();) {
    auto part = begins_inside(tokens, at) ? std::nullopt : part_at(tokens, at);
    if (!part) {
      ++at;
      continue;
    }
    Duration sum;
    Duration upper;
    const bool open = part->upper.has_value();
    add(sum, part->thousandths, part->unit);
    add(upper, part->upper.value_or(part->thousandths), part->unit);
    std::size_t last = part->last;
    // Smaller units may follow: "1 hour (and) 30 min"; "an hour and a half".
    while (true) {
      std::size_t next = last;
      if (tokens[next].is(kIsAnd) || tokens[next].is_mark(',')) ++next;
      if (tokens[next].is(kIsArticle) && tokens[next + 1].is("half")) {
        add(sum, 500, part->unit);
        add(upper, 500, part->unit);
        last = next + 2;
        break;
      }
      const auto more = part_at(tokens, next);
      if (!more || more->upper || more->unit >= part->unit) break;
      add(sum, more->thousandths, more->unit);
      add(upper, more->thousandths, more->unit);
      last = more->last;
      part = more;
    }
    const TokenSpan span{at, last};
    at = last;
    if (!context.asked && is_no_length(tokens, span)) continue;
    std::vector<Duration> others;
    if (open) others.push_back(upper);
    all.push_back(found_at(tokens, span, sum, std::move(others)));
  }
  return all;
}

std::string duration_text(const Duration& duration) {
  std::string text = "P";
  const auto add = [&text](std::int64_t count, char unit) {
    if (count != 0) text += std::to_string(count) + unit;
  };
  add(duration.months, 'M');
  add(duration.days, 'D');
  const std::int64_t seconds = duration.time.count();
  if (seconds != 0) text += 'T';
  add(seconds / 3600, 'H');
  add(seconds / 60 % 60, 'M');
  add(seconds % 60, 'S');
  return text == "P" ? "PT0S" : text;
}

std::optional<Duration> parse_duration(std::string_view text) {
  if (!text.starts_with('P')) return std::nullopt;
  Duration duration;
  std::int64_t count = -1;
  bool time = false;
  for (const char c : text.substr(1)) {
    if (c >= '0' && c <= '9') {
      count = std::max<std::int64_t>(count, 0) * 10 + (c - '0');
      if (count > kThousandthsMax) return std::nullopt;
      continue;
    }
    if (c == 'T' && !time && count < 0) {
      time = true;
      continue;
    }
    if (count < 0) return std::nullopt;
    if (c == 'M' && !time) {
      duration.months += static_cast<int>(count);
    } else if (c == 'D' && !time) {
      duration.days += static_cast<int>(count);
    } else if (time && (c == 'H' || c == 'M' || c == 'S')) {
      duration.time += std::chrono::seconds{count * (c == 'H' ? 3600 : (c == 'M' ? 60 : 1))};
    } else {
      return std::nullopt;
    }
    count = -1;
  }
  if (duration_text(duration) != text) return std::nullopt;
  return duration;
}

std::int64_t seconds_of(const Duration& duration) {
  constexpr std::int64_t kDaySeconds = 86'400;
  return (std::int64_t{duration.months} * 30 + duration.days) * kDaySeconds + duration.time.count();
}

}  // namespace mitr
