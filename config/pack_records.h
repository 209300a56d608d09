// Slots that hold what was looked up (`records`, `record`), and the calls that look it up. Private
// to pack_*.cpp.
#pragma once

#include "config/pack_node.h"
#include "nlu/dialogue/pack.h"

namespace mitr {

/// `of`, `from` and `gives`. Slots a record gives to are checked by check_records.
void read_record_keys(const YAML::Node& node, const Flow& flow, Slot& slot, PackMistakes& mistakes);
/// When every slot of the flow is known: records give to slots of the right kind.
void check_records(const YAML::Node& flow_node, const Flow& flow, PackMistakes& mistakes);
/// A step `call` of one of our own questions: its arguments and where the answer goes.
void check_query(const YAML::Node& item, const Flow& flow, const Step& step,
                 PackMistakes& mistakes);

}  // namespace mitr
