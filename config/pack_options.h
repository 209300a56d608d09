// What only some kinds of slots have: options, shapes, bounds in the kind's own measure. Private to
// pack_*.cpp.
#pragma once

#include <cstdint>
#include <string_view>

#include "config/pack_node.h"
#include "nlu/dialogue/pack.h"

namespace mitr {

void read_options(const YAML::Node& node, Slot& slot, PackMistakes& mistakes);
/// What a reference looks like: letters, digits, separators and the marks of slots/reference.h.
void read_shapes(const YAML::Node& node, Slot& slot, PackMistakes& mistakes);
/// A bound of `between` and the like, in what the slot's kind is compared by; see Check.
std::int64_t read_bound(const YAML::Node& node, std::string_view key, const Slot& slot,
                        std::int64_t least, PackMistakes& mistakes);

}  // namespace mitr
