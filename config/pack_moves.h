// `moves` and `human` of a pack. Private to pack_*.cpp.
#pragma once

#include "config/pack_node.h"
#include "nlu/dialogue/pack.h"

namespace mitr {

/// The patterns of repair moves under `moves`, added to what is there.
void read_moves(const YAML::Node& root, PackParts& parts, PackMistakes& mistakes);
/// Who takes over. Needs the templates.
void read_human(const YAML::Node& root, PackParts& parts, PackMistakes& mistakes);

}  // namespace mitr
