// The small words that mean the same in every pack: days, months, numbers, yes and no, connectors.
// Looked up once per token; recognisers then compare bits. Words of one trade belong to its pack,
// not here.
#pragma once

#include <cstdint>
#include <string_view>

namespace mitr {

/// What kinds of thing a word can be; a word may be several.
enum WordFlag : std::uint32_t {
  kIsMonth = 1u << 0,    ///< value: 1 … 12.
  kIsWeekday = 1u << 1,  ///< value: 1 (Monday) … 7 (Sunday).
  kIsShortDay =
      1u << 2,  ///< A weekday's short form that is also an English word ("sat", "sun", "wed").
  kIsNumberWord = 1u << 3,  ///< value: the number.
  kIsRelativeDay =
      1u << 4,  ///< value: days from yesterday (0 yesterday, 1 today, 2 tomorrow, 3 after that).
  kIsOrdinal = 1u << 5,  ///< "th" in "5th".
  kIsUntil = 1u << 6,
  kIsFrom = 1u << 7,
  kIsAnd = 1u << 8,
  kIsDays = 1u << 9,
  kIsClassWord = 1u << 10,
  kIsRelation = 1u << 11,   ///< daughter, son, ward: a name may follow.
  kIsNameStop = 1u << 12,   ///< Never part of a person's name.
  kIsNameLead = 1u << 13,   ///< May stand before a name in an answer ("her name is").
  kIsRoman = 1u << 14,      ///< value: 1 … 12.
  kIsPreschool = 1u << 15,  ///< nursery, LKG, UKG.
  kIsYes = 1u << 16,
  kIsNo = 1u << 17,
  kIsCancel = 1u << 18,
  kIsGreet = 1u << 19,
  kIsThanks = 1u << 20,
  kIsFiller = 1u << 21,    ///< Carries no meaning beside a move ("please", "sir", "it").
  kIsQuestion = 1u << 22,  ///< what, why, how …
  kIsDateLead = 1u << 23,  ///< on, by, the: belongs to the date after it.
};

struct Sense {
  std::uint32_t flags = 0;
  std::uint8_t value = 0;
};

/// What a normalised word (Token::norm) is; nothing for a word not in the lexicon.
Sense sense_of(std::string_view norm);

}  // namespace mitr
