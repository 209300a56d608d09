// A pack's flows as a drawing (Mermaid), for its author to see what follows what.
#pragma once

#include <string>

#include "nlu/dialogue/pack.h"

namespace mitr {

/// One flowchart, one box a step; the same pack, the same text.
std::string pack_graph(const Pack& pack);

}  // namespace mitr
