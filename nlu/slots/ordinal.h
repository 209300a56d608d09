// Places in a list: "the second one", "2nd", "doosra", "पहला", "last". Not days of the month ("the
// 5th", date.h), though the same words may be one.
#pragma once

#include <vector>

#include "nlu/slots/found.h"

namespace mitr {

/// 1 is the first; -1 the last, -2 the one before it.
struct Ordinal {
  int position = 0;
  bool operator==(const Ordinal&) const = default;
};

struct OrdinalContext {
  bool asked = false;  ///< One of a list is what we asked for: "pehle" alone is the first.
};

std::vector<Found<Ordinal>> find_ordinals(const Tokens& tokens, const OrdinalContext& context);

}  // namespace mitr
