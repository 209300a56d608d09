// Sums of money: "₹1,25,000", "Rs. 500/-", "dedh lakh rupaye", "2k", "50 paise". In whole paise; a
// sum with a smaller part is no sum.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "nlu/slots/found.h"

namespace mitr {

struct Money {
  std::int64_t paise = 0;
  bool operator==(const Money&) const = default;
};

struct MoneyContext {
  bool asked = false;  ///< A sum is what we asked for: "5 hazaar" alone means rupees.
};

/// "₹500-600" is the first, or else the second.
std::vector<Found<Money>> find_money(const Tokens& tokens, const MoneyContext& context);

/// Rupees: "125000", "99.5".
std::string money_text(Money money);
/// Rupees with at most two decimals; none for anything else.
std::optional<Money> parse_money(std::string_view text);

}  // namespace mitr
