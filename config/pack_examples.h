// examples.tsv of a pack: what people write first. A line is language, words and what they begin,
// parted by tabs: a flow's name, "-" (nothing), "(human)" (a person is called), "a+b" (both) or
// "a|b" (asked which). Lines that begin with '#' say nothing.
#pragma once

#include <string_view>

#include "config/pack_node.h"
#include "nlu/dialogue/pack.h"

namespace mitr {

void read_examples(std::string_view text, PackParts& parts, PackMistakes& mistakes);

}  // namespace mitr
