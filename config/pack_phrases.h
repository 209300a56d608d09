// phrases.<language>.yaml → the wordings of a pack. Private to pack_file.cpp.
#pragma once

#include <string>

#include "config/pack_node.h"
#include "nlu/dialogue/pack.h"

namespace mitr {

/// Adds one language to every phrase of the parts; a phrase that is missing or too many is a
/// mistake.
/// Needs the base pack's words of that language, if it speaks it, to be there already: what a pack
/// does not say itself, the base says.
void read_phrases(const YAML::Node& root, const std::string& language, PackParts& parts,
                  PackMistakes& mistakes);

/// The base pack's wordings of one language.
void read_base_phrases(const YAML::Node& root, const std::string& language, CommonPhrases& common,
                       PackMistakes& mistakes);

}  // namespace mitr
