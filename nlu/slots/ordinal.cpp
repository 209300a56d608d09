// Finding ordinals; see ordinal.h.
#include "nlu/slots/ordinal.h"

#include <optional>

#include "nlu/slots/surroundings.h"

namespace mitr {
namespace {

constexpr std::uint32_t kOrdinalDigitsMax = 2;

bool hindi_suffix(const Token& token) {
  return token.is("वां") || token.is("वीं") || token.is("वा") || token.is("वी") || token.is("va") ||
         token.is("vi") || token.is("wa") || token.is("wi");
}

/// "the second one", "doosra wala": what follows says that a thing is picked.
bool picks(const Token& behind) {
  return behind.is("one") || behind.is("wala") || behind.is("wali") || behind.is("vala") ||
         behind.is("vali") || behind.is("option") || behind.is("choice") || behind.is("slot") ||
         behind.is("number") || behind.is("वाला") || behind.is("वाली") || behind.is("विकल्प");
}

/// Words with another everyday meaning: "last week", "30 second", "5 baje se pehle", "first pay".
bool weak_is_meant(const Tokens& t, std::size_t at, std::size_t last, bool asked) {
  const Token& before = token_before(t, at);
  const Token& behind = t[last];
  if (picks(behind)) return true;
  const bool counted = before.is_number() || before.sense.role == NumberRole::kCardinal;
  if (counted || before.is(kIsFrom) || before.is("ke") || before.is("se") || before.is("at")) {
    return false;
  }
  const Meaning meaning = behind.sense.meaning;
  if (is_length_of_time(meaning) || is_part_of_day(meaning) || behind.is(kIsWeekday) ||
      behind.is(kIsMonth) || behind.is("time") || behind.is("baar")) {
    return false;
  }
  return asked || before.is("the");
}

}  // namespace

std::vector<Found<Ordinal>> find_ordinals(const Tokens& tokens, const OrdinalContext& context) {
  std::vector<Found<Ordinal>> all;
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    const Token& token = tokens[at];
    if (token.is_number()) {
      const Token& suffix = tokens[at + 1];
      const bool ordinal = suffix.glued && (suffix.is(kIsOrdinal) || hindi_suffix(suffix));
      if (!ordinal || token.digits() > kOrdinalDigitsMax || token.number == 0) continue;
      if (token.glued && at > 0) continue;
      if (tokens[at + 2].is(kIsMonth) || tokens[at + 2].is(kIsClassWord)) continue;
      all.push_back(found_at(tokens, {at, at + 2}, Ordinal{static_cast<int>(token.number)}));
      ++at;
      continue;
    }
    if (token.sense.role != NumberRole::kOrdinal) continue;
    const bool last = token.sense.number == kLastOrdinal;
    std::size_t behind = at + 1;
    int position = last ? -1 : static_cast<int>(token.sense.number);
    if (!last && tokens[behind].sense.number == kLastOrdinal &&
        tokens[behind].sense.role == NumberRole::kOrdinal) {
      position = -position;  // "second last"
      ++behind;
    }
    if (behind == at + 1 && token.is(kIsWeakNumber) &&
        !weak_is_meant(tokens, at, behind, context.asked)) {
      continue;
    }
    if (tokens[behind].is(kIsMonth) || tokens[behind].is(kIsClassWord)) continue;
    all.push_back(found_at(tokens, {at, behind}, Ordinal{position}));
    at = behind - 1;
  }
  return all;
}

}  // namespace mitr
