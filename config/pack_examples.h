// examples.tsv of a pack, what people write first, and values.tsv, more of it for the values alone.
// A line is language, words and what they begin, parted by tabs: a flow's name, "-" (nothing),
// "(human)" (a person is called), "a+b" (both) or "a|b" (asked which). Words may mark what is the
// value of a slot of the flow, a name or a text:
// "[Asha](student) has [fever](reason)". Lines that begin with '#' say nothing.
#pragma once

#include <string_view>

#include "config/pack_node.h"
#include "nlu/dialogue/pack.h"

namespace mitr {

/// Takes the marks out of words; a bracket that begins no mark stays. Of the example the flow is
/// not set.
PackExample unmarked(std::string_view words);

/// Adds to `examples`, which may be of `parts`.
void read_examples(std::string_view text, const PackParts& parts,
                   std::vector<PackExample>& examples, PackMistakes& mistakes);

}  // namespace mitr
