// How much of something: "2 kg aata", "do packet doodh", "a dozen eggs", "doodh 2 packet". What the
// thing is stays words, for whoever knows the products.
#pragma once

#include <vector>

#include "nlu/slots/number.h"

namespace mitr {

struct Quantity {
  Number amount;
  Meaning measure = Meaning::kNone;  ///< A measure; kNone: by the piece. "paav" becomes kilograms.
  TokenSpan product;                 ///< Words that name the thing; empty if there are none.
  bool operator==(const Quantity&) const = default;
};

struct QuantityContext {
  bool asked = false;  ///< A quantity is what we asked for: "2" alone is two pieces.
};

/// `tokens` of what is found is the amount with its measure; the product stands apart. "2-3 kg" is
/// the first, or else the second.
std::vector<Found<Quantity>> find_quantities(const Tokens& tokens, const QuantityContext& context);

}  // namespace mitr
