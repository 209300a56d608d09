// `templates` of a pack: the messages that the provider lets out at any hour. Private to
// pack_structure.cpp.
#pragma once

#include "config/pack_node.h"
#include "nlu/dialogue/pack.h"

namespace mitr {

/// Adds the templates to the parts; a template that is not whole, or whose places have a gap, is a
/// mistake.
void read_templates(const YAML::Node& root, PackParts& parts, PackMistakes& mistakes);

}  // namespace mitr
