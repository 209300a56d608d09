// phrases.<language>.yaml → the wordings of a pack. Private to pack_file.cpp.
#pragma once

#include <string>

#include "config/pack_node.h"
#include "nlu/dialogue/pack.h"

namespace mitr {

/// Adds one language to every phrase of the parts; a phrase that is missing or too many is a
/// mistake.
void read_phrases(const YAML::Node& root, const std::string& language, PackParts& parts,
                  PackMistakes& mistakes);

}  // namespace mitr
