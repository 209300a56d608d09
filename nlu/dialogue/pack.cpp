// Looking things up in a pack; see pack.h.
#include "nlu/dialogue/pack.h"

#include <algorithm>

#include "nlu/patterns/pattern_understander.h"

namespace mitr {

const Slot* Flow::slot(std::string_view slot_name) const {
  for (const Slot& slot : slots) {
    if (slot.name == slot_name) return &slot;
  }
  return nullptr;
}

bool Slot::looked_up() const {
  const bool outcome =
      kind == SlotKind::kChoice &&
      std::all_of(options.begin(), options.end(), [](const Option& o) { return o.words.empty(); });
  return kind == SlotKind::kRecords || outcome;
}

namespace {

/// What a flow does that lists slots and no steps.
std::vector<Step> usual_steps(const Flow& flow) {
  std::vector<Step> steps;
  for (const Slot& slot : flow.slots) {
    Step collect;
    collect.kind = Step::Kind::kCollect;
    collect.slot = slot.name;
    steps.push_back(std::move(collect));
  }
  Step last;
  if (flow.confirm) {
    last.kind = Step::Kind::kConfirm;
    steps.push_back(last);
  }
  last.kind = Step::Kind::kDo;
  last.id = "do";
  last.file = flow.file;
  last.notify = flow.notify;
  steps.push_back(std::move(last));
  return steps;
}

PackParts with_steps(PackParts parts) {
  for (Flow& flow : parts.flows) {
    if (flow.steps.empty()) flow.steps = usual_steps(flow);
  }
  return parts;
}

}  // namespace

Pack::Pack(PackParts parts)
    : parts_(with_steps(std::move(parts))),
      understander_(std::make_unique<PatternUnderstander>(parts_)) {}

Pack::~Pack() = default;

const Flow* Pack::flow(std::string_view name) const {
  for (const Flow& flow : parts_.flows) {
    if (flow.name == name) return &flow;
  }
  return nullptr;
}

const MessageTemplate* Pack::message_template(std::string_view name,
                                              std::string_view language) const {
  const MessageTemplate* any = nullptr;
  for (const MessageTemplate& message : parts_.templates) {
    if (message.name != name) continue;
    if (message.language == language) return &message;
    if (any == nullptr) any = &message;
  }
  return any;
}

}  // namespace mitr
