// `checks` of a slot: what an answer must keep to. Private to pack_structure.cpp.
#pragma once

#include <optional>
#include <string>

#include "config/pack_node.h"
#include "nlu/dialogue/pack.h"

namespace mitr {

/// One check of `slot`, which comes after the flow's slots so far; none, with a mistake, if it is
/// none.
std::optional<Check> read_check(const YAML::Node& node, const Flow& flow, const Slot& slot,
                                PackMistakes& mistakes);

/// The named slot must come before the one at hand in the flow and be a date.
void expect_earlier_date(const Flow& flow, const std::string& name, const YAML::Node& at,
                         PackMistakes& mistakes);

}  // namespace mitr
