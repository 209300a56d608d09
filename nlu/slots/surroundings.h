// What stands right beside a token, for recognisers that must not take a part of something longer:
// a number inside a date, a phone, a reference.
#pragma once

#include "nlu/text/tokens.h"

namespace mitr {

inline bool is_measure(Meaning meaning) {
  return meaning >= Meaning::kKilogram && meaning <= Meaning::kStrip;
}
inline bool is_length_of_time(Meaning meaning) {
  return meaning >= Meaning::kSecond && meaning <= Meaning::kYear;
}
inline bool is_money_word(Meaning meaning) {
  return meaning == Meaning::kRupee || meaning == Meaning::kPaisa;
}
inline bool is_part_of_day(Meaning meaning) {
  return meaning >= Meaning::kMorning && meaning <= Meaning::kPm;
}
/// A word that can be counted: kilograms, hours, rupees.
inline bool is_counted(Meaning meaning) {
  return is_measure(meaning) || is_length_of_time(meaning) || is_money_word(meaning);
}

/// The token before; an empty mark at the start.
const Token& token_before(const Tokens& tokens, std::size_t at);

/// The digits at the token belong to a chain like "12/3/2026", "5:30", "1.2.3", "A-12": something
/// glued on by a mark. A decimal point or a grouping comma is no chain.
bool in_chain(const Tokens& tokens, TokenSpan span);
/// Letters are glued to the digits: "5B", "A12"; words of measure, money and length are allowed.
bool in_mixture(const Tokens& tokens, TokenSpan span);
/// Digits as long or as grouped as those of phones and ids are, or behind "#" or "+".
bool looks_like_id(const Tokens& tokens, std::size_t at);

}  // namespace mitr
