// Reading spans of days; see date_range.h.
#include "nlu/slots/date_range.h"

namespace mitr {
namespace {

using std::chrono::days;

bool joins(const Token& token) {
  return token.is(kIsUntil) || token.is(kIsAnd) || token.is_mark('-') || token.is_mark('&');
}

std::optional<int> count_of(const Token& token) {
  if (token.is_number() && token.number >= 1 && token.number <= 366) {
    return static_cast<int>(token.number);
  }
  if (token.is(kIsNumberWord)) return token.sense.value;
  return std::nullopt;
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

/// "4 to 6 March", "5th to 7th", and "5 to 7" when a date was asked.
std::optional<DateRangeMatch> bare_range(const Tokens& t, std::size_t at,
                                         const DateContext& context) {
  const auto first = bare_day(t, at);
  if (!first || !joins(t[first->next])) return std::nullopt;
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
  if (!second || !(first->ordinal || second->ordinal || context.asked)) return std::nullopt;
  if (!second->ordinal && t[second->next].is_word() && !context.asked) return std::nullopt;
  const auto start = day_of_month(first->day, context);
  if (!start) return std::nullopt;
  const auto end = day_of_month(second->day, anchored(context, *start));
  if (!end) return std::nullopt;
  return range({at, second->next}, {*start, first_typed}, {*end, {second_at, second->next}});
}

/// "for 3 days from tomorrow", "3 days starting monday".
std::optional<DateRangeMatch> days_then_date(const Tokens& t, std::size_t at,
                                             const DateContext& context) {
  const auto n = count_of(t[at]);
  if (!n || !t[at + 1].is(kIsDays)) return std::nullopt;
  std::size_t next = at + 2;
  if (t[next].is("leave")) ++next;
  if (!t[next].is(kIsFrom)) return std::nullopt;
  ++next;
  if (t[next].is(kIsFrom) || t[next].is("the")) ++next;
  const auto start = date_at(t, next, context);
  if (!start) return std::nullopt;
  return range({at, start->span.last}, {start->day, start->span},
               {start->day + days{*n - 1}, {at, start->span.last}});
}

/// What may follow a first date: "to Wednesday", "- 6", "and day after", "for 3 days".
std::optional<DateRangeMatch> date_then_end(const Tokens& t, const DateMatch& start,
                                            const DateContext& context) {
  std::size_t next = start.span.last;
  if (t[next].is("for")) ++next;
  if (const auto n = count_of(t[next]); n && t[next + 1].is(kIsDays)) {
    return range({start.span.first, next + 2}, {start.day, start.span},
                 {start.day + days{*n - 1}, {start.span.first, next + 2}});
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
  const DateEnd end{date.day, date.span};
  if (word.is(kIsUntil) || behind.is("tak")) {
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
    if (!found) {
      const auto start = date_at(tokens, at, context);
      if (!start) continue;
      found = date_then_end(tokens, *start, context);
      if (!found) found = lone(tokens, *start);
    }
    found->span = with_leads(tokens, found->span);
    return found;
  }
  return std::nullopt;
}

}  // namespace mitr
