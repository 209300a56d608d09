// Numbers and amounts: "2", "two", "1.5 kg", "a dozen". Canonical: "2", "1.5 kg".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "nlu/text/tokens.h"

namespace mitr {

struct NumberMatch {
  TokenSpan span;
  std::string value;
};

/// The first number outside `taken`, with a unit of the list behind it, if any. Units are
/// normalised words.
std::optional<NumberMatch> find_number(const Tokens& tokens, const std::vector<std::string>& units,
                                       const std::vector<TokenSpan>& taken);
/// Thousandths of a canonical number, so that limits compare without floating point.
std::int64_t thousandths(std::string_view value);

}  // namespace mitr
