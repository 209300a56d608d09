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
  kIsFiller = 1u << 21,      ///< Carries no meaning beside a move ("please", "sir", "it").
  kIsQuestion = 1u << 22,    ///< what, why, how …
  kIsDateLead = 1u << 23,    ///< on, by, the: belongs to the date after it.
  kIsWeakNumber = 1u << 24,  ///< A number only where the words around agree ("do", "one", "saath").
  kIsEnglish = 1u << 25,     ///< A number word that combines the English way ("twenty five").
  kIsArticle = 1u << 26,     ///< a, an: one of what follows.
  kIsPastHint = 1u << 27,    ///< A verb in the past: yesterday, where "kal" could be either.
  kIsFutureHint = 1u << 28,
};

/// How a word takes part in a number; see slots/number.h for how they combine.
enum class NumberRole : std::uint8_t {
  kNone = 0,
  kCardinal,      ///< number: 0 … 99.
  kScale,         ///< number: the power of ten (2 hundred, 3 thousand, 5 lakh, 7 crore …).
  kLetterScale,   ///< The same, but only glued to digits: "5k", "2L".
  kQuarters,      ///< number: quarters it stands for by itself: half 2, dedh 6, dhai 10.
  kMoreQuarters,  ///< number: quarters above the number behind it: sava 1, saade 2.
  kLessQuarter,   ///< A quarter below the number behind it: paune.
  kDozen,
  kOrdinal,  ///< number: 1 … 31, or kLastOrdinal.
};
inline constexpr std::uint8_t kLastOrdinal = 255;

/// What else a word may name. One word has one; what has two ("second") has the other as its role.
enum class Meaning : std::uint8_t {
  kNone = 0,
  // -- lengths of time ----
  kSecond,
  kMinute,
  kHour,
  kDay,
  kWeek,
  kFortnight,
  kMonth,
  kYear,
  // -- measures ----
  kKilogram,
  kGram,
  kQuintal,
  kQuarterKilogram,
  kLitre,
  kMillilitre,
  kPiece,
  kPair,
  kPacket,
  kBottle,
  kBox,
  kBag,
  kPlate,
  kBunch,
  kStrip,
  // -- money ----
  kRupee,
  kPaisa,
  // -- parts of the day ----
  kMorning,
  kAfternoon,
  kEvening,
  kNight,
  kNoon,
  kMidnight,
  kAm,
  kPm,
  // -- words about times and days ----
  kOclock,
  kQuarter,
  kPast,
  kAfter,
  kBefore,
  kBetween,
  kNext,
  kThis,
  kLast,
  kAgo,
  kDateWord,  ///< "tareekh": the number beside it is a day of the month.
};

struct Sense {
  std::uint32_t flags = 0;
  std::uint8_t value = 0;
  NumberRole role = NumberRole::kNone;
  std::uint8_t number = 0;
  Meaning meaning = Meaning::kNone;
};

/// What a normalised word (Token::norm) is; nothing for a word not in the lexicon. A Hindi number
/// in Roman letters is known by its sound too: "pachees", "pachis" and "pacchees" are one.
Sense sense_of(std::string_view norm);

}  // namespace mitr
