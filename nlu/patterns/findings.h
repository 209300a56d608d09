// What one message could say to one slot whose kind has a shape: the recognisers of nlu/slots, each
// turned to canonical text. Which words belong to which slot is decided by who calls (reading.h).
#pragma once

#include <string>
#include <vector>

#include "nlu/patterns/reading.h"

namespace mitr {

struct Finding {
  TokenSpan span;
  std::string value;
  std::vector<std::string> others;  ///< Further readings of the same words.
};

/// True for the kinds that are found this way.
bool has_findings(SlotKind kind);
/// In the order of the words. `asked`: the slot is what we asked for, or is named.
std::vector<Finding> findings(const Tokens& tokens, const SlotPatterns& patterns,
                              const Expectation& expectation, bool asked);

}  // namespace mitr
