// The one door of understanding. Today patterns from the pack; trained models will stand behind the
// same door.
#pragma once

#include <string_view>

#include "nlu/understanding.h"

namespace mitr {

/// Immutable, shared between conversations, microseconds a call, no I/O.
class Understander {
 public:
  virtual ~Understander() = default;
  virtual Understanding understand(std::string_view text, const Expectation& expectation) const = 0;
};

}  // namespace mitr
