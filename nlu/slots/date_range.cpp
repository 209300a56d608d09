// Reading spans of days; see date_range.h.
#include "nlu/slots/date_range.h"

#include "nlu/slots/number_reading.h"
#include "nlu/slots/surroundings.h"

namespace mitr {
namespace {

using std::chrono::days;

bool joins(const Token& token) {
  return token.is(kIsUntil) || token.is(kIsAnd) || token.is_mark('-') || token.is_mark('&');
}

/// Hindi's "from" and "until" stand behind their day.
bool says_se(const Token& token) {
  return token.is("se") || token.is("से");
}
bool says_tak(const Token& token) {
  return token.is("tak") || token.is("तक");
}

DateContext anchored(DateContext context, std::chrono::local_days day) {
  context.anchor = day;
  return context;
}

/// A day of the month with its suffix, as "4" or "4th"; `next` is behind it.
struct BareDay {
  unsigned day = 0;
  bool ordinal = false;
  std::size_t next = 0;
};
std::optional<BareDay> bare_day(const Tokens& t, std::size_t at) {
  if (!t[at].is_number() || t[at].digits() > 2 || t[at].number < 1 || t[at].number > 31) {
    return std::nullopt;
  }
  BareDay bare{.day = t[at].number, .ordinal = false, .next = at + 1};
  if (t[bare.next].is(kIsOrdinal) && t[bare.next].glued) {
    bare.ordinal = true;
    ++bare.next;
  }
  return bare;
}

DateRangeMatch range(TokenSpan span, DateEnd from, DateEnd to) {
  return {.span = span, .from = from, .to = to, .single = false};
}

/// "4 to 6 March", "5th to 7th", "10-12 tak", and "5 to 7" when a date was asked.
std::optional<DateRangeMatch> bare_range(const Tokens& t, std::size_t at,
                                         const DateContext& context) {
  const auto first = bare_day(t, at);
  if (!first || !(joins(t[first->next]) || says_se(t[first->next]))) return std::nullopt;
  std::size_t second_at = first->next + 1;
  if (t[second_at].is("the")) ++second_at;
  const TokenSpan first_typed{at, first->next};
  if (const auto second = date_at(t, second_at, context); second && second->has_month) {
    using std::chrono::year_month_day;
    auto ym = year_month_day{second->day}.year() / year_month_day{second->day}.month();
    if (first->day > static_cast<unsigned>(year_month_day{second->day}.day())) {
      ym = ym - std::chrono::months{1};
    }
    const auto start = ym / std::chrono::day{first->day};
    if (!start.ok()) return std::nullopt;
    return range({at, second->span.last}, {std::chrono::local_days{start}, first_typed},
                 {second->day, second->span});
  }
  const auto second = bare_day(t, second_at);
  const bool until = second && says_tak(t[second->next]);
  if (!second || !(first->ordinal || second->ordinal || context.asked || until)) {
    return std::nullopt;
  }
  const Token& behind = t[second->next];
  if (behind.sense.meaning == Meaning::kOclock || is_part_of_day(behind.sense.meaning)) {
    return std::nullopt;
  }
  if (!second->ordinal && behind.is_word() && !context.asked && !until) return std::nullopt;
  const auto start = day_of_month(first->day, context);
  if (!start) return std::nullopt;
  const auto end = day_of_month(second->day, anchored(context, *start));
  if (!end) return std::nullopt;
  return range({at, second->next}, {*start, first_typed}, {*end, {second_at, second->next}});
}

/// "for 3 days from tomorrow", "3 days starting monday".
std::optional<DateRangeMatch> days_then_date(const Tokens& t, std::size_t at,
                                             const DateContext& context) {
  const auto n = count_of_days(t, at);
  if (!n) return std::nullopt;
  std::size_t next = n->last;
  if (t[next].is("leave")) ++next;
  if (!t[next].is(kIsFrom)) return std::nullopt;
  ++next;
  if (t[next].is(kIsFrom) || t[next].is("the")) ++next;
  const auto start = date_at(t, next, context);
  if (!start) return std::nullopt;
  return range({at, start->span.last}, {start->day, start->span},
               {start->day + days{n->count - 1}, {at, start->span.last}});
}

/// What may follow a first date: "to Wednesday", "- 6", "and day after", "for 3 days".
std::optional<DateRangeMatch> date_then_end(const Tokens& t, const DateMatch& start,
                                            const DateContext& context) {
  std::size_t next = start.span.last;
  if (t[next].is("for")) ++next;
  if (const auto n = count_of_days(t, next)) {
    return range({start.span.first, n->last}, {start.day, start.span},
                 {start.day + days{n->count - 1}, {start.span.first, n->last}});
  }
  next = start.span.last;
  // "Monday se Wednesday tak": the from-word stands behind its day.
  if (!joins(t[next]) && !t[next].is(kIsFrom)) return std::nullopt;
  ++next;
  if (t[next].is("the") || t[next].is("on") || t[next].is(kIsUntil)) ++next;
  const DateContext after = anchored(context, start.day);
  auto end = date_at(t, next, after);
  if (!end && start.has_month) {
    if (const auto bare = bare_day(t, next)) {
      if (const auto day = day_of_month(bare->day, after)) {
        end = DateMatch{.span = {next, bare->next}, .day = *day, .has_month = false};
      }
    }
  }
  if (!end) return std::nullopt;
  return range({start.span.first, end->span.last}, {start.day, start.span}, {end->day, end->span});
}

/// "Next week", "is hafte": its days from Monday, or what is left of this one.
std::optional<DateRangeMatch> week(const Tokens& t, std::size_t at, const DateContext& context) {
  const Meaning which = t[at].sense.meaning;
  // "is" is "this" in Hindi only.
  const bool current = which == Meaning::kThis && !(t[at].is("is") && t[at + 1].is("week"));
  if ((which != Meaning::kNext && !current) || t[at + 1].sense.meaning != Meaning::kWeek ||
      t[at + 2].is(kIsWeekday)) {
    return std::nullopt;
  }
  const auto weekday = static_cast<int>(std::chrono::weekday{context.today}.iso_encoding());
  const std::chrono::local_days sunday = context.today + days{7 - weekday};
  const TokenSpan typed{at, at + 2};
  if (current) return range(typed, {context.today, typed}, {sunday, typed});
  return range(typed, {sunday + days{1}, typed}, {sunday + days{7}, typed});
}

/// One date: both ends, unless the word before (or "onwards" behind) makes it one.
DateRangeMatch lone(const Tokens& t, const DateMatch& date) {
  std::size_t before = date.span.first;
  // "start date is 5 Dec": the word that decides may stand a little before.
  const auto between = [](const Token& token) {
    return token.is("the") || token.is("next") || token.is("is") || token.is("date") ||
           token.is("day") || token.is("on") || token.is_mark(':');
  };
  while (before > 0 && between(t[before - 1])) --before;
  const Token none;
  const Token& word = before > 0 ? t[before - 1] : none;
  DateRangeMatch match{.span = date.span, .from = {}, .to = {}, .single = false};
  const Token& behind = t[date.span.last];
  const DateEnd end{date.day, date.span, date.other};
  if (word.is(kIsUntil) || says_tak(behind)) {
    match.to = end;
  } else if (word.is(kIsFrom) || behind.is(kIsFrom) || behind.is("onwards") ||
             behind.is("onward")) {
    match.from = end;
  } else {
    match.from = end;
    match.to = end;
    match.single = true;
  }
  return match;
}

/// Takes in the small words that lead to the date, so that they do not stay behind in a reason.
TokenSpan with_leads(const Tokens& t, TokenSpan span) {
  while (span.first > 0) {
    const Token& before = t[span.first - 1];
    if (!before.is(kIsFrom) && !before.is(kIsUntil) && !before.is(kIsDateLead)) break;
    --span.first;
  }
  return span;
}

}  // namespace

std::optional<DateRangeMatch> find_date_range(const Tokens& tokens, const DateContext& context) {
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    auto found = days_then_date(tokens, at, context);
    if (!found) found = bare_range(tokens, at, context);
    if (!found) found = week(tokens, at, context);
    if (!found) {
      const auto start = date_at(tokens, at, context);
      if (!start) continue;
      found = date_then_end(tokens, *start, context);
      if (!found) found = lone(tokens, *start);
    }
    found->span = with_leads(tokens, found->span);
    if (says_tak(tokens[found->span.last])) ++found->span.last;
    return found;
  }
  return std::nullopt;
}

}  // namespace mitr
