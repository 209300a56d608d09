// pack.yaml → the parts of a pack, without wording. Private to pack_file.cpp.
#pragma once

#include "config/pack_node.h"
#include "nlu/dialogue/pack.h"

namespace mitr {

/// Reads what is right and reports what is not.
PackParts read_structure(const YAML::Node& root, PackMistakes& mistakes);

}  // namespace mitr
