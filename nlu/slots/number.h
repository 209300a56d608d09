// Numbers and amounts: "2", "1,25,000", "two", "dedh sau", "1.5 kg", "a dozen". Canonical text:
// "2", "1.5 kg". How words combine to a number is number_reading.h; ordinals are ordinal.h.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "nlu/slots/found.h"

namespace mitr {

struct Number {
  std::int64_t thousandths = 0;
  bool whole() const { return thousandths % 1000 == 0; }
  bool operator==(const Number&) const = default;
};

struct NumberContext {
  bool asked = false;                    ///< A number is what we asked for: "do" alone is two.
  std::span<const std::string> units{};  ///< Words in normal form that may be counted besides.
};

/// Every number of the text that is no part of something longer: dates, times, phones, references
/// and mixtures with letters ("5B", "A-12") are left alone. "2-3" is 2, or else 3.
std::vector<Found<Number>> find_numbers(const Tokens& tokens, const NumberContext& context);
/// "1.5", without zeros at the end.
std::string number_text(Number number);

/// Thousandths of a canonical number, so that limits compare without floating point.
std::int64_t thousandths(std::string_view value);

}  // namespace mitr
