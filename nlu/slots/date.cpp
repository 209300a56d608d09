// Reading one day; see date.h.
#include "nlu/slots/date.h"

#include <array>
#include <cstdio>
#include <utility>

#include "nlu/slots/number_reading.h"

namespace mitr {
namespace {

using std::chrono::day;
using std::chrono::days;
using std::chrono::local_days;
using std::chrono::month;
using std::chrono::year;
using std::chrono::year_month_day;

constexpr int kYearMin = 1900;
constexpr int kYearMax = 2199;

std::optional<local_days> make_day(int y, unsigned m, unsigned d) {
  if (y < kYearMin || y > kYearMax) return std::nullopt;
  const year_month_day date{year{y}, month{m}, day{d}};
  if (!date.ok()) return std::nullopt;
  return local_days{date};
}

days distance(local_days a, local_days b) {
  return a < b ? b - a : a - b;
}

/// A date just gone by is meant as it stands, so that a check can say it is over: nobody who writes
/// "20 Nov" on the 23rd speaks of next year.
constexpr days kJustPast{31};

/// A day and month without a year: the first that is not past (or only just), or the nearest where
/// past dates are accepted or the date relates to another. Eight years reach the next 29 February
/// even across 2100.
std::optional<local_days> without_year(unsigned m, unsigned d, const DateContext& context) {
  const local_days base = context.anchor.value_or(context.today);
  const int this_year = static_cast<int>(year_month_day{base}.year());
  std::optional<local_days> best;
  const bool nearest = context.past_dates || context.anchor.has_value();
  for (int y = this_year - 1; y <= this_year + 8; ++y) {
    const auto candidate = make_day(y, m, d);
    if (!candidate) continue;
    if (!nearest) {
      if (*candidate >= base - kJustPast) return candidate;
    } else if (!best || distance(*candidate, base) < distance(*best, base)) {
      best = candidate;
    }
  }
  return best;
}

/// 26 → 2026, 2026 → 2026.
int full_year(const Token& token) {
  const int number = static_cast<int>(token.number);
  return token.digits() == 2 ? 2000 + number : number;
}

bool is_date_separator(const Token& token) {
  return token.is_mark('-') || token.is_mark('/') || token.is_mark('.');
}

std::optional<DateMatch> match(std::size_t first, std::size_t last, std::optional<local_days> when,
                               bool has_month) {
  if (!when) return std::nullopt;
  return DateMatch{.span = {first, last}, .day = *when, .has_month = has_month};
}

/// 2026-11-30, 30/11/2026, 30.11.26, 30/11.
std::optional<DateMatch> numeric_date(const Tokens& t, std::size_t at, const DateContext& context) {
  const Token& a = t[at];
  const Token& sep = t[at + 1];
  const Token& b = t[at + 2];
  if (!is_date_separator(sep) || !sep.glued || !b.is_number() || !b.glued) return std::nullopt;
  const Token& c = t[at + 4];
  const bool three = t[at + 3].is_mark(sep.mark) && t[at + 3].glued && c.is_number() && c.glued;
  if (three && a.digits() == 4 && b.digits() <= 2 && c.digits() <= 2) {
    return match(at, at + 5, make_day(static_cast<int>(a.number), b.number, c.number), true);
  }
  if (a.digits() > 2 || b.digits() > 2) return std::nullopt;
  if (three && (c.digits() == 4 || c.digits() == 2)) {
    auto when = make_day(full_year(c), b.number, a.number);
    // Month first only where day first cannot be meant.
    if (!when) when = make_day(full_year(c), a.number, b.number);
    return match(at, at + 5, when, true);
  }
  if (!three && sep.mark == '/') {
    return match(at, at + 3, without_year(b.number, a.number, context), true);
  }
  return std::nullopt;
}

/// A year after a day and month: ", 2026", "2026", "-26", "'26". Moves `last` behind it.
std::optional<int> year_after(const Tokens& t, std::size_t& last) {
  std::size_t at = last;
  bool marked = false;
  while (t[at].is_mark(',') || t[at].is_mark('-') || t[at].is_mark('\'')) {
    marked = marked || t[at].mark != ',';
    ++at;
    if (at > last + 2) return std::nullopt;
  }
  if (!t[at].is_number()) return std::nullopt;
  if (t[at].digits() == 4 || (t[at].digits() == 2 && marked)) {
    last = at + 1;
    return full_year(t[at]);
  }
  return std::nullopt;
}

std::optional<local_days> with_or_without_year(const Tokens& t, std::size_t& last, unsigned m,
                                               unsigned d, const DateContext& context) {
  if (const auto y = year_after(t, last)) return make_day(*y, m, d);
  return without_year(m, d, context);
}

bool single_letter(const Token& token) {
  return token.is_word() && token.norm.size() == 1;
}

/// "next month", "agle mahine (ki)": months ahead, and the token behind.
std::optional<std::pair<int, std::size_t>> month_word(const Tokens& t, std::size_t at) {
  const bool next = t[at].sense.meaning == Meaning::kNext;
  const bool current = t[at].sense.meaning == Meaning::kThis;
  if ((!next && !current) || t[at + 1].sense.meaning != Meaning::kMonth) return std::nullopt;
  const bool of = t[at + 2].is("ki") || t[at + 2].is("ke") || t[at + 2].is("की");
  return std::pair{next ? 1 : 0, at + (of ? 3 : 2)};
}

std::optional<local_days> day_in_month(unsigned d, int ahead, const DateContext& context) {
  const year_month_day today{context.today};
  const auto ym = today.year() / today.month() + std::chrono::months{ahead};
  return make_day(static_cast<int>(ym.year()), static_cast<unsigned>(ym.month()), d);
}

/// A day of the month at the token, with its suffix and "tareekh".
struct DayNumber {
  unsigned day = 0;
  std::size_t last = 0;
};
std::optional<DayNumber> day_number(const Tokens& t, std::size_t at) {
  if (!t[at].is_number() || t[at].digits() > 2 || t[at].number < 1 || t[at].number > 31) {
    return std::nullopt;
  }
  std::size_t last = at + 1;
  if (t[last].is(kIsOrdinal) && t[last].glued) ++last;
  if (t[last].sense.meaning == Meaning::kDateWord) ++last;
  return DayNumber{t[at].number, last};
}

/// "30 Nov 2026", "5th of march", "30-Nov", "the 5th", "on the 5"; "5" alone when a date was asked.
std::optional<DateMatch> day_first(const Tokens& t, std::size_t at, const DateContext& context) {
  const unsigned d = t[at].number;
  if (d < 1 || d > 31 || t[at].digits() > 2) return std::nullopt;
  std::size_t next = at + 1;
  const bool ordinal = t[next].is(kIsOrdinal) && t[next].glued;
  if (ordinal) ++next;
  std::size_t m = next;
  if (t[m].is("of") || t[m].is_mark('-') || t[m].is_mark(',')) ++m;
  // "class 5 may come": the month of May has no verb after it.
  const bool verb =
      t[m].is("may") && (t[m + 1].is("not") || t[m + 1].is("come") || t[m + 1].is("be"));
  if (t[m].is(kIsMonth) && !verb) {
    std::size_t last = m + 1;
    const auto when = with_or_without_year(t, last, t[m].sense.value, d, context);
    return match(at, last, when, true);
  }
  const bool of_a_class =
      (at > 0 && t[at - 1].is(kIsClassWord)) || t[next].is(kIsClassWord) || single_letter(t[next]);
  if (of_a_class) return std::nullopt;
  if (t[next].sense.meaning == Meaning::kDateWord) {  // "5 tareekh ko"
    ++next;
    if (t[next].is("ko") || t[next].is("को")) ++next;
    return match(at, next, day_of_month(d, context), false);
  }
  if (const auto month = month_word(t, t[next].is("of") ? next + 1 : next)) {
    return match(at, month->second, day_in_month(d, month->first, context), true);
  }
  if (ordinal) return match(at, next, day_of_month(d, context), false);
  const bool led = at > 0 && (t[at - 1].is("the") || t[at - 1].is("on"));
  // "5", "5 ko", "5 se", "5 tak".
  const bool alone =
      context.asked && (t.size() == 1 || t[next].is("ko") || t[next].is("को") || t[next].is("se") ||
                        t[next].is("से") || t[next].is("tak") || t[next].is("तक"));
  if ((led && !t[next].is_word() && !t[next].is_mark('/')) || alone) {
    return match(at, next, day_of_month(d, context), false);
  }
  return std::nullopt;
}

/// "March 4", "nov 30th, 2026".
std::optional<DateMatch> month_first(const Tokens& t, std::size_t at, const DateContext& context) {
  const Token& number = t[at + 1];
  if (!number.is_number() || number.digits() > 2) return std::nullopt;
  std::size_t last = at + 2;
  if (t[last].is(kIsOrdinal) && t[last].glued) ++last;
  const auto when = with_or_without_year(t, last, t[at].sense.value, number.number, context);
  return match(at, last, when, true);
}

/// Days from Monday of the week, as std::chrono counts (Monday 1 … Sunday 7).
int weekday_number(local_days d) {
  return static_cast<int>(std::chrono::weekday{d}.iso_encoding());
}

local_days coming_weekday(unsigned value, const DateContext& context) {
  const local_days base = context.anchor.value_or(context.today);
  const int ahead = (static_cast<int>(value) - weekday_number(base) + 7) % 7;
  // The end of "Monday to Monday" may be the start itself; a lone weekday is never today.
  if (ahead == 0 && !context.anchor) return base + days{7};
  return base + days{ahead};
}

local_days weekday_of_next_week(unsigned value, local_days today) {
  const local_days monday = today - days{weekday_number(today) - 1};
  return monday + days{7 + static_cast<int>(value) - 1};
}

/// Counted from the anchor: "same day", "next day", "day after", "one day", "3 days".
std::optional<DateMatch> from_anchor(const Tokens& t, std::size_t at, const DateContext& context) {
  const local_days anchor = *context.anchor;
  const bool day_follows = t[at + 1].is("day") || t[at + 1].is("date");
  if (day_follows && (t[at].is("same") || t[at].is("that")))
    return match(at, at + 2, anchor, false);
  if (day_follows && t[at].is("next")) return match(at, at + 2, anchor + days{1}, false);
  if (t[at].is("day") && t[at + 1].is("after")) return match(at, at + 2, anchor + days{1}, false);
  if (const auto n = count_of_days(t, at)) {
    return match(at, n->last, anchor + days{n->count - 1}, false);
  }
  return std::nullopt;
}

/// A short weekday that is also a word ("sat", "sun") counts only where a day is plainly meant.
bool plainly_a_day(const Tokens& t, std::size_t at, const DateContext& context) {
  if (!t[at].is(kIsShortDay) || context.asked || context.anchor || at == 0) return true;
  const Token& before = t[at - 1];
  return before.is(kIsDateLead) || before.is(kIsFrom) || before.is(kIsUntil) ||
         t[at + 1].is(kIsUntil);
}

/// "kal" is tomorrow and yesterday, "parso" a day further either way. Where past dates are taken
/// the verb behind decides; without one both are told.
std::optional<DateMatch> either_way(const Tokens& t, std::size_t at, const DateContext& context) {
  const days ahead{static_cast<int>(t[at].sense.value) - 1};
  auto found = match(at, at + 1, context.today + ahead, false);
  const bool hindi = t[at].is("kal") || t[at].is("kl") || t[at].is("कल") || ahead == days{2};
  if (!hindi || !context.past_dates || context.anchor) return found;
  bool past = false;
  for (std::size_t behind = at + 1; behind < t.size(); ++behind) {
    if (t[behind].is(kIsFutureHint)) return found;
    past = past || t[behind].is(kIsPastHint);
  }
  const local_days before = context.today - ahead;
  if (past) {
    found->day = before;
  } else {
    found->other = before;
  }
  return found;
}

/// "3 days later", "3 din baad", "2 days ago", "do din pehle", from a token that counts.
std::optional<DateMatch> days_from_today(const Tokens& t, std::size_t at,
                                         const DateContext& context) {
  const auto n = count_at(t, at);
  if (!n || n->count < 1 || n->count > kDaysCountedMax) return std::nullopt;
  const Meaning unit = t[n->last].sense.meaning;
  if (unit != Meaning::kDay && unit != Meaning::kWeek) return std::nullopt;
  std::size_t last = n->last + 1;
  if (t[last].is("ke") || t[last].is("के")) ++last;
  const Meaning way = t[last].sense.meaning;
  const bool later = way == Meaning::kAfter && !t[last].is("after");
  const bool ago = way == Meaning::kAgo || (way == Meaning::kBefore && !t[last].is("before"));
  if (!later && !ago) return std::nullopt;
  const days distance_in_days{n->count * (unit == Meaning::kWeek ? 7 : 1)};
  return match(at, last + 1, context.today + (later ? distance_in_days : -distance_in_days), false);
}

std::optional<DateMatch> word_date(const Tokens& t, std::size_t at, const DateContext& context) {
  const Token& token = t[at];
  if (const auto found = days_from_today(t, at, context)) return found;
  if (const auto month = month_word(t, at)) {
    const auto day = day_number(t, month->second);
    if (!day) return std::nullopt;
    return match(at, day->last, day_in_month(day->day, month->first, context), true);
  }
  if (token.sense.meaning == Meaning::kDateWord) {
    const auto day = day_number(t, at + 1);
    if (day && !t[day->last].is(kIsMonth)) {
      return match(at, day->last, day_of_month(day->day, context), false);
    }
  }
  if (token.is("day") && t[at + 1].is("after") && t[at + 2].is("tomorrow")) {
    return match(at, at + 3, context.today + days{2}, false);
  }
  if (token.is(kIsRelativeDay)) return either_way(t, at, context);
  if (token.is("in") || token.is("after")) {
    if (const auto n = count_of_days(t, at + 1)) {
      return match(at, n->last, context.today + days{n->count}, false);
    }
  }
  if (t[at + 1].is(kIsWeekday)) {
    const unsigned value = t[at + 1].sense.value;
    if (token.sense.meaning == Meaning::kNext) {
      return match(at, at + 2, weekday_of_next_week(value, context.today), false);
    }
    if (token.sense.meaning == Meaning::kThis) {
      return match(at, at + 2, coming_weekday(value, context), false);
    }
    if (token.sense.meaning == Meaning::kLast) {
      const local_days coming = coming_weekday(value, {.today = context.today, .anchor = {}});
      const bool today = coming - days{7} == context.today;
      return match(at, at + 2, coming - days{today ? 14 : 7}, false);
    }
  }
  if (token.is(kIsWeekday) && plainly_a_day(t, at, context)) {
    return match(at, at + 1, coming_weekday(token.sense.value, context), false);
  }
  if (token.is(kIsMonth)) return month_first(t, at, context);
  return std::nullopt;
}

}  // namespace

std::optional<local_days> day_of_month(unsigned d, const DateContext& context) {
  const local_days base = context.anchor.value_or(context.today);
  const bool nearest = context.past_dates && !context.anchor;
  const year_month_day start{base};
  std::optional<local_days> best;
  for (int ahead = nearest ? -1 : 0; ahead <= 2; ++ahead) {
    const auto ym = start.year() / start.month() + std::chrono::months{ahead};
    const auto candidate =
        make_day(static_cast<int>(ym.year()), static_cast<unsigned>(ym.month()), d);
    if (!candidate) continue;
    if (!nearest) {
      if (*candidate >= base) return candidate;
    } else if (!best || distance(*candidate, base) < distance(*best, base)) {
      best = candidate;
    }
  }
  return best;
}

std::optional<DateMatch> date_at(const Tokens& tokens, std::size_t at, const DateContext& context) {
  if (context.anchor) {
    if (auto found = from_anchor(tokens, at, context)) return found;
  }
  if (tokens[at].is_number()) {
    // The tail of something longer ("1.30/11") is no date.
    if (at > 0 && tokens[at].glued && tokens[at - 1].kind == TokenKind::kMark &&
        is_date_separator(tokens[at - 1]) && at > 1 && tokens[at - 2].is_number()) {
      return std::nullopt;
    }
    if (auto found = numeric_date(tokens, at, context)) return found;
    if (auto found = days_from_today(tokens, at, context)) return found;
    return day_first(tokens, at, context);
  }
  if (tokens[at].is_word()) return word_date(tokens, at, context);
  return std::nullopt;
}

std::optional<DateMatch> find_date(const Tokens& tokens, const DateContext& context,
                                   std::size_t from) {
  for (std::size_t at = from; at < tokens.size(); ++at) {
    if (auto found = date_at(tokens, at, context)) return found;
  }
  return std::nullopt;
}

std::optional<CountReading> count_of_days(const Tokens& tokens, std::size_t at) {
  auto count = count_at(tokens, at);
  if (!count || count->count < 1 || count->count > kDaysCountedMax) return std::nullopt;
  if (!tokens[count->last].is(kIsDays)) return std::nullopt;
  ++count->last;
  return count;
}

std::string iso_date(local_days when) {
  const year_month_day date{when};
  std::array<char, 32> text{};
  const int size =
      std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                    static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return {text.data(), static_cast<std::size_t>(size)};
}

std::optional<local_days> parse_iso_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  unsigned numbers[3] = {0, 0, 0};
  std::size_t part = 0;
  for (const char c : text) {
    if (c == '-') {
      ++part;
      if (part > 2) return std::nullopt;
    } else if (c >= '0' && c <= '9') {
      numbers[part] = numbers[part] * 10 + static_cast<unsigned>(c - '0');
    } else {
      return std::nullopt;
    }
  }
  return make_day(static_cast<int>(numbers[0]), numbers[1], numbers[2]);
}

}  // namespace mitr
