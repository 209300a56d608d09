// How words and digits combine to one number, wherever it stands: "1,25,000", "dedh lakh", "sava do
// sau", "two hundred and five", "half a dozen". What the number counts is for the caller to see.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "nlu/text/tokens.h"

namespace mitr {

struct NumberStyle {
  bool letter_lakh = false;  ///< "2L" is two lakh, not two litres.
  bool fractions = false;    ///< "1/2" is a half, not the first of February.
};

struct NumberReading {
  std::int64_t thousandths = 0;
  std::size_t last = 0;  ///< The token behind it.
  bool weak = false;     ///< Words that are as often no number: "do", "one", "lakhs of".
  bool spelled = false;  ///< Begins with a word, not with digits.
};

/// The longest number that starts exactly at the token. None beyond a lakh crore, or with a part
/// smaller than a thousandth.
std::optional<NumberReading> number_at(const Tokens& tokens, std::size_t at,
                                       NumberStyle style = {});

/// Whether words that may be a number are one here, by the words around: `counted` says that what
/// follows can be counted, `asked` that a number was asked.
bool weak_number_is_meant(const Tokens& tokens, TokenSpan span, bool counted, bool asked);

/// A whole number of at most four digits at the token, as counts of days and hours are written.
struct CountReading {
  int count = 0;
  std::size_t last = 0;
};
std::optional<CountReading> count_at(const Tokens& tokens, std::size_t at);

}  // namespace mitr
