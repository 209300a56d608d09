// Reading times of the day; see clock_time.h. First the dial (hour and minute), then what says that
// it is a time at all, then which half of the day.
#include "nlu/slots/clock_time.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "nlu/slots/number_reading.h"
#include "nlu/slots/surroundings.h"

namespace mitr {
namespace {

constexpr int kHalfDay = 12 * 60;
constexpr int kDay = 24 * 60;

/// What stands on the clock's face.
struct Dial {
  int minutes = 0;
  std::size_t last = 0;
  bool sure = false;  ///< "17:30" can be nothing else; "5" can.
};

bool in_hour(const Token& token) {
  return token.is_number() && token.digits() == 2 && token.number < 60;
}

/// "17:30", "5.30", "5", "1730 hrs"; `asked` also "5 30" and "1730".
std::optional<Dial> digits_at(const Tokens& t, std::size_t at, bool asked) {
  const Token& hour = t[at];
  const bool tail = at > 1 && hour.glued && t[at - 1].kind == TokenKind::kMark &&
                    !t[at - 1].is_mark('(') && t[at - 2].is_number() && !t[at - 1].is_mark('-');
  if (tail || (at > 0 && hour.glued && t[at - 1].is_word())) return std::nullopt;
  if (hour.digits() == 4 && (t[at + 1].sense.meaning == Meaning::kHour || asked)) {
    const int minutes = static_cast<int>(hour.number / 100 * 60 + hour.number % 100);
    if (hour.number % 100 >= 60 || minutes >= kDay) return std::nullopt;
    const bool hours = t[at + 1].sense.meaning == Meaning::kHour;
    return Dial{minutes, at + (hours ? 2 : 1), hours};
  }
  if (hour.digits() > 2 || hour.number > 24) return std::nullopt;
  const int minutes = static_cast<int>(hour.number) * 60;
  const bool parted = t[at + 1].glued && t[at + 2].glued && in_hour(t[at + 2]);
  const bool colon = parted && t[at + 1].is_mark(':');
  if (colon || (parted && t[at + 1].is_mark('.'))) {
    const int all = minutes + static_cast<int>(t[at + 2].number);
    if (all > kDay || in_chain(t, {at, at + 3})) return std::nullopt;
    return Dial{all, at + 3, colon};
  }
  if (asked && in_hour(t[at + 1]) && !t[at + 1].glued && t.size() == at + 2) {
    return Dial{minutes + static_cast<int>(t[at + 1].number), at + 2, false};
  }
  return Dial{minutes, at + 1, false};
}

/// "saade paanch", "dhai", "five", "paune 6".
std::optional<Dial> words_at(const Tokens& t, std::size_t at) {
  const auto number = number_at(t, at);
  if (!number || number->thousandths % 250 != 0 || number->thousandths > 24'000) {
    return std::nullopt;
  }
  return Dial{static_cast<int>(number->thousandths * 60 / 1000), number->last, false};
}

/// "half past five", "quarter to 6", "ten past five".
std::optional<Dial> around_hour(const Tokens& t, std::size_t at) {
  int minutes = 0;
  std::size_t next = t[at].is(kIsArticle) ? at + 1 : at;
  if (t[next].is("half")) {
    minutes = 30;
    ++next;
  } else if (t[next].sense.meaning == Meaning::kQuarter) {
    minutes = 15;
    ++next;
  } else {
    const auto count = count_at(t, next);
    if (!count || count->count < 1 || count->count > 59) return std::nullopt;
    minutes = count->count;
    next = count->last;
    if (t[next].sense.meaning == Meaning::kMinute) ++next;
  }
  const bool past = t[next].sense.meaning == Meaning::kPast;
  if (!past && !(t[next].is("to") && minutes != 30)) return std::nullopt;
  const auto hour = count_at(t, next + 1);
  if (!hour || hour->count < 1 || hour->count > 12) return std::nullopt;
  // "10 to 12" is a range; "ten to five" and "10 minutes to 5" are a time.
  const bool told = t[at].is(kIsArticle) || !t[at].is_number() || t[at + 1].is_word();
  if (!past && (!told || t[at + 1].is("to"))) {
    if (t[at].is_number() || t[at].sense.meaning != Meaning::kQuarter) return std::nullopt;
  }
  const int whole = hour->count * 60;
  return Dial{past ? whole + minutes : whole - minutes, hour->last, true};
}

std::optional<Dial> dial_at(const Tokens& t, std::size_t at, bool asked) {
  if (auto dial = around_hour(t, at)) return dial;
  return t[at].is_number() ? digits_at(t, at, asked) : words_at(t, at);
}

// -- which half of the day ----

struct Half {
  Meaning part = Meaning::kNone;
  std::size_t last = 0;
};

bool joins_part(const Token& token) {
  static constexpr std::array<std::string_view, 14> words = {
      "in", "the", "at", "of", "ko", "ke", "ki", "me", "mein", "this", "को", "के", "की", "में"};
  return std::find(words.begin(), words.end(), token.norm) != words.end();
}

/// "pm", "p.m.", "in the evening", "shaam ko" behind the hour.
Half half_behind(const Tokens& t, std::size_t at) {
  if ((t[at].is("a") || t[at].is("p")) && t[at + 1].is_mark('.') && t[at + 2].is("m")) {
    const std::size_t last = t[at + 3].is_mark('.') && t[at + 3].glued ? at + 4 : at + 3;
    return {t[at].is("a") ? Meaning::kAm : Meaning::kPm, last};
  }
  std::size_t next = at;
  while (next < at + 2 && joins_part(t[next])) ++next;
  if (!t[next].is_word() || !is_part_of_day(t[next].sense.meaning)) return {Meaning::kNone, at};
  const Meaning part = t[next].sense.meaning;
  ++next;
  if (t[next].is("ko") || t[next].is("को") || t[next].is("me") || t[next].is("mein")) ++next;
  return {part, next};
}

/// "shaam (ko) 6", "tonight at 8": the part before; `last` is where it begins.
Half half_before(const Tokens& t, std::size_t at) {
  std::size_t first = at;
  const auto between = [](const Token& token) {
    return joins_part(token) || token.is("around") || token.is("about") || token.is("lagbhag") ||
           token.is("karib") || token.is("kareeb") || token.is("लगभग") || token.is("करीब");
  };
  while (first > 0 && at - first < 3 && between(t[first - 1])) --first;
  if (first == 0 || !t[first - 1].is_word()) return {Meaning::kNone, at};
  const Meaning part = t[first - 1].sense.meaning;
  if (!is_part_of_day(part) || part == Meaning::kAm || part == Meaning::kPm) {
    return {Meaning::kNone, at};
  }
  return {part, first - 1};
}

/// What the dial can mean, the likelier half of the day where the words leave it open.
std::vector<ClockTime> meanings(int minutes, Meaning part) {
  if (minutes >= kHalfDay + 60 || minutes < 60) return {{minutes % kDay}};
  const int am = minutes % kHalfDay;
  const int pm = am + kHalfDay;
  const std::vector<ClockTime> open =
      am < 60 ? std::vector<ClockTime>{{pm}, {am}} : std::vector<ClockTime>{{am}, {pm}};
  if (part == Meaning::kNone) return open;
  const bool first = part == Meaning::kAm || (part != Meaning::kPm && lies_in({am}, part));
  const bool second = part == Meaning::kPm || (part != Meaning::kAm && lies_in({pm}, part));
  if (first == second) return open;
  return {{first ? am : pm}};
}

// -- one time with its surroundings ----

struct Reading {
  TokenSpan span;
  int minutes = 0;
  Meaning part = Meaning::kNone;
  bool meant = false;  ///< Something says that it is a time.
};

/// "baje", and "20 minute" behind it.
bool take_oclock(const Tokens& t, Reading& reading) {
  if (t[reading.span.last].sense.meaning != Meaning::kOclock) return false;
  ++reading.span.last;
  std::size_t next = reading.span.last;
  if (t[next].is("ke") || t[next].is("kar") || t[next].is("के") || t[next].is("कर")) ++next;
  const auto more = count_at(t, next);
  if (more && more->count < 60 && t[more->last].sense.meaning == Meaning::kMinute &&
      reading.minutes % 60 == 0) {
    reading.minutes += more->count;
    reading.span.last = more->last + 1;
  }
  return true;
}

bool says_at(const Tokens& t, std::size_t at) {
  const Token& before = token_before(t, at);
  return before.is("at") || before.is_mark('@') || before.is("around") || before.is("time");
}

/// Digits that a mark glues to others: "30/11", "A-12". One dash between two hours is a range.
bool chained(const Tokens& t, TokenSpan span) {
  if (!in_chain(t, span)) return false;
  const auto hour = [&t](std::size_t at) {
    return t[at].is_number() && t[at].digits() <= 2 && t[at].number < 60;
  };
  const bool before = span.first > 1 && t[span.first].glued && t[span.first - 1].is_mark('-');
  const bool behind = t[span.last].is_mark('-');
  const bool first_of_two = !before && behind && hour(span.last + 1) && hour(span.first) &&
                            !t[span.last + 2].is_mark('-');
  const bool second_of_two = before && !behind && hour(span.first - 2) &&
                             !(span.first > 2 && t[span.first - 3].is_mark('-'));
  return !first_of_two && !second_of_two;
}

/// "5 kg", "5th", "5 March", "5/12", "5%" count something else.
bool counts_otherwise(const Tokens& t, TokenSpan span) {
  const Token& behind = t[span.last];
  const bool mixed = in_mixture(t, span) && !is_part_of_day(behind.sense.meaning) &&
                     behind.sense.meaning != Meaning::kOclock;
  return is_counted(behind.sense.meaning) || behind.is(kIsOrdinal) || behind.is(kIsMonth) ||
         behind.is(kIsClassWord) || behind.sense.meaning == Meaning::kDateWord ||
         behind.is_mark('/') || behind.is_mark('%') || chained(t, span) || mixed ||
         is_money_word(token_before(t, span.first).sense.meaning) ||
         token_before(t, span.first).is(kIsClassWord) || token_before(t, span.first).is(kIsMonth);
}

std::optional<Reading> reading_at(const Tokens& t, std::size_t at, bool asked) {
  const auto dial = dial_at(t, at, asked);
  if (!dial || dial->minutes > kDay) return std::nullopt;
  Reading reading{{at, dial->last}, dial->minutes, Meaning::kNone, dial->sure};
  const bool bare = t[at].is_number() && dial->last == at + 1;
  const bool lone = !counts_otherwise(t, reading.span);
  if (take_oclock(t, reading)) reading.meant = true;
  Half half = half_behind(t, reading.span.last);
  if (half.part != Meaning::kNone) {
    reading.span.last = half.last;
  } else {
    half = half_before(t, at);
    if (half.part != Meaning::kNone) reading.span.first = half.last;
  }
  reading.part = half.part;
  if (half.part != Meaning::kNone) reading.meant = lone || reading.meant;
  if (take_oclock(t, reading)) reading.meant = true;  // "5 pm baje"
  const bool loose = asked || (bare && says_at(t, at));
  if (!reading.meant) reading.meant = loose && lone;
  return reading;
}

bool ranges(const Token& token) {
  return token.is_mark('-') || token.is("to") || token.is("se") || token.is("and") ||
         token.is("aur") || token.is("or") || token.is("ya") || token.is("से");
}

/// "5-6 pm", "5 se 6 baje": the second dial lends what it says to the first.
std::optional<Found<ClockTime>> range_at(const Tokens& t, const Reading& first, bool asked) {
  if (!ranges(t[first.span.last])) return std::nullopt;
  auto second = reading_at(t, first.span.last + 1, asked && first.meant);
  if (!second || !second->meant || second->minutes == first.minutes) return std::nullopt;
  Meaning part = first.part == Meaning::kNone ? second->part : first.part;
  // "11-1 pm" begins before noon.
  const bool across = first.part == Meaning::kNone && first.minutes % kHalfDay > second->minutes;
  if (across) part = Meaning::kNone;
  std::vector<ClockTime> all = meanings(first.minutes, part);
  const Meaning last_part = second->part == Meaning::kNone ? first.part : second->part;
  for (const ClockTime each : meanings(second->minutes, last_part)) all.push_back(each);
  const ClockTime best = all.front();
  all.erase(all.begin());
  return found_at(t, {first.span.first, second->span.last}, best, std::move(all));
}

std::optional<int> named_time(const Token& token) {
  if (!token.is_word()) return std::nullopt;
  if (token.sense.meaning == Meaning::kNoon) return kHalfDay;
  if (token.sense.meaning == Meaning::kMidnight) return 0;
  return std::nullopt;
}

}  // namespace

std::vector<Found<ClockTime>> find_clock_times(const Tokens& tokens, const ClockContext& context) {
  std::vector<Found<ClockTime>> all;
  for (std::size_t at = 0; at < tokens.size();) {
    if (const auto named = named_time(tokens[at])) {
      all.push_back(found_at(tokens, {at, at + 1}, ClockTime{*named}));
      ++at;
      continue;
    }
    const auto reading = reading_at(tokens, at, context.asked);
    if (!reading) {
      ++at;
      continue;
    }
    if (auto range = range_at(tokens, *reading, context.asked)) {
      at = range->tokens.last;
      all.push_back(std::move(*range));
      continue;
    }
    if (!reading->meant) {
      ++at;
      continue;
    }
    std::vector<ClockTime> others = meanings(reading->minutes, reading->part);
    const ClockTime best = others.front();
    others.erase(others.begin());
    all.push_back(found_at(tokens, reading->span, best, std::move(others)));
    at = reading->span.last;
  }
  return all;
}

Meaning part_of_day(const Tokens& tokens) {
  Meaning part = Meaning::kNone;
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    const bool names = tokens[at].is_word() && is_part_of_day(tokens[at].sense.meaning);
    // "I am free": only beside a number is it the first half of the day, unless it stands alone.
    if (!names || (tokens[at].is("am") && tokens.size() > 1)) continue;
    if (part != Meaning::kNone && part != tokens[at].sense.meaning) return Meaning::kNone;
    part = tokens[at].sense.meaning;
  }
  return part;
}

bool lies_in(ClockTime time, Meaning part) {
  const int hour = time.minutes / 60;
  switch (part) {
    case Meaning::kMorning:
      return hour >= 1 && hour < 12;
    case Meaning::kNoon:
    case Meaning::kAfternoon:
      return hour >= 11 && hour < 17;
    case Meaning::kEvening:
      return hour >= 15;
    case Meaning::kNight:
    case Meaning::kMidnight:
      return hour >= 18 || hour < 5;
    case Meaning::kAm:
      return hour < 12;
    case Meaning::kPm:
      return hour >= 12;
    default:
      return false;
  }
}

std::string clock_text(ClockTime time) {
  std::array<char, 32> text{};
  const int size =
      std::snprintf(text.data(), text.size(), "%02d:%02d", time.minutes / 60, time.minutes % 60);
  return {text.data(), static_cast<std::size_t>(size)};
}

std::optional<ClockTime> parse_clock(std::string_view text) {
  const std::size_t colon = text.find(':');
  if ((colon != 1 && colon != 2) || text.size() != colon + 3) return std::nullopt;
  int parts[2] = {0, 0};
  std::size_t part = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (at == colon) {
      part = 1;
    } else if (text[at] >= '0' && text[at] <= '9') {
      parts[part] = parts[part] * 10 + (text[at] - '0');
    } else {
      return std::nullopt;
    }
  }
  if (parts[0] > 23 || parts[1] > 59) return std::nullopt;
  return ClockTime{parts[0] * 60 + parts[1]};
}

}  // namespace mitr
