// `steps` and `guard` of a flow. Private to pack_*.cpp.
#pragma once

#include <functional>

#include "config/pack_node.h"
#include "nlu/dialogue/pack.h"

namespace mitr {

/// Reads what a step does beside talking: `file` and `notify` under `node`.
using ReadDoing = std::function<void(const YAML::Node& node, Step& step)>;

/// Needs the flow's slots. Links are checked later, when every flow is known.
void read_steps(const YAML::Node& flow_node, Flow& flow, const ReadDoing& doing,
                PackMistakes& mistakes);
/// Every `link` leads to a flow.
void check_links(const YAML::Node& root, const PackParts& parts, PackMistakes& mistakes);

}  // namespace mitr
