// Finding numbers; see number.h.
#include "nlu/slots/number.h"

#include <algorithm>
#include <optional>

#include "nlu/slots/number_reading.h"
#include "nlu/slots/surroundings.h"

namespace mitr {
namespace {

constexpr std::size_t kRangeDigitsMax = 3;

/// "2-3": one of two whole numbers, as people leave it open.
std::optional<Found<Number>> open_range(const Tokens& t, std::size_t at) {
  const bool whole = t[at].is_number() && t[at].digits() <= kRangeDigitsMax &&
                     t[at + 1].is_mark('-') && t[at + 2].is_number() &&
                     t[at + 2].digits() <= kRangeDigitsMax;
  if (!whole || t[at].number >= t[at + 2].number) return std::nullopt;
  const TokenSpan span{at, at + 3};
  const bool alone = !(at > 0 && t[at].glued) && !in_mixture(t, {at + 2, at + 3}) &&
                     !in_chain(t, {at + 3, at + 3}) && !t[at + 3].is_mark('-');
  if (!alone) return std::nullopt;
  return found_at(t, span, Number{std::int64_t{t[at].number} * 1000},
                  {Number{std::int64_t{t[at + 2].number} * 1000}});
}

/// Behind the chain of marks and digits that starts here, so that its tail is not looked at.
std::size_t behind_chain(const Tokens& t, std::size_t at) {
  ++at;
  while (at < t.size() && t[at].glued && (t[at].is_number() || t[at].kind == TokenKind::kMark))
    ++at;
  return at;
}

}  // namespace

std::vector<Found<Number>> find_numbers(const Tokens& tokens, const NumberContext& context) {
  std::vector<Found<Number>> all;
  for (std::size_t at = 0; at < tokens.size();) {
    if (auto range = open_range(tokens, at)) {
      at = range->tokens.last;
      all.push_back(std::move(*range));
      continue;
    }
    if (!context.asked && looks_like_id(tokens, at)) {
      at = behind_chain(tokens, at);
      continue;
    }
    const auto reading = number_at(tokens, at);
    if (!reading) {
      ++at;
      continue;
    }
    const TokenSpan span{at, reading->last};
    const Token& behind = tokens[span.last];
    const bool unit = behind.is_word() && std::find(context.units.begin(), context.units.end(),
                                                    behind.norm) != context.units.end();
    if (in_chain(tokens, span) || (in_mixture(tokens, span) && !unit)) {
      at = std::max(behind_chain(tokens, at), span.last);
      continue;
    }
    const bool counted = unit || is_counted(behind.sense.meaning);
    if (!reading->weak || weak_number_is_meant(tokens, span, counted, context.asked)) {
      all.push_back(found_at(tokens, span, Number{reading->thousandths}));
    }
    at = span.last;
  }
  return all;
}

std::string number_text(Number number) {
  std::string text = std::to_string(number.thousandths / 1000);
  auto part = static_cast<int>(number.thousandths % 1000);
  if (part == 0) return text;
  text += '.';
  for (int place = 100; part > 0; place /= 10) {
    text += static_cast<char>('0' + part / place);
    part %= place;
  }
  return text;
}

std::int64_t thousandths(std::string_view value) {
  std::int64_t whole = 0;
  std::int64_t part = 0;
  std::int64_t scale = 0;
  for (const char c : value) {
    if (c == '.' && scale == 0) {
      scale = 1000;
    } else if (c < '0' || c > '9') {
      break;
    } else if (scale == 0) {
      whole = std::min<std::int64_t>(whole * 10 + (c - '0'), 1'000'000'000'000);
    } else {
      scale /= 10;
      part += (c - '0') * scale;
    }
  }
  return whole * 1000 + part;
}

}  // namespace mitr
