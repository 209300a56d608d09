// Answers to "which do you mean?": a place in the list, or words that only one of what was offered
// fits. Private to nlu/patterns.
#pragma once

#include <cstdint>

#include "nlu/patterns/reading.h"

namespace mitr {

/// Place among what was offered, from 1, kPickLast, or 0: the words pick nothing. `flow` may be
/// null: flows were offered, or none is in hand.
std::uint8_t picked(const Reading& reading, const FlowPatterns* flow);

}  // namespace mitr
