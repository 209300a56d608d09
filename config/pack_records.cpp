#include "config/pack_records.h"

#include <algorithm>

#include "nlu/records/record_query.h"

namespace mitr {
namespace {

std::vector<std::string> names_of_rows() {
  std::vector<std::string> names;
  for (const RecordQuery& query : record_queries()) {
    if (query.many) names.emplace_back(query.name);
  }
  return names;
}

std::vector<std::string> field_names(const RecordQuery& query) {
  std::vector<std::string> names;
  for (const RecordField& field : query.fields) names.emplace_back(field.name);
  return names;
}

/// A text takes anything, and a number of something is looked for by its text; else the kinds are
/// the same.
bool takes(SlotKind slot, SlotKind field) {
  const bool number = slot == SlotKind::kNumber || slot == SlotKind::kReference;
  return slot == field || slot == SlotKind::kText || (number && field == SlotKind::kText);
}

/// The query whose rows the slot is picked from; null: a mistake that is told elsewhere.
const RecordQuery* query_behind(const Flow& flow, const Slot& slot) {
  const Slot* list = flow.slot(slot.from);
  return list == nullptr ? nullptr : record_query(list->of);
}

}  // namespace

void read_record_keys(const YAML::Node& node, const Flow& flow, Slot& slot,
                      PackMistakes& mistakes) {
  const bool rows = slot.kind == SlotKind::kRecords;
  const bool row = slot.kind == SlotKind::kRecord;
  slot.of = read_name(node, "of", rows ? Need::kRequired : Need::kOptional, mistakes);
  slot.from = read_name(node, "from", row ? Need::kRequired : Need::kOptional, mistakes);
  if (!rows && !slot.of.empty())
    mistakes.add(child(node, "of"), "only a slot of kind records has 'of'", "remove it");
  if (!row && !slot.from.empty())
    mistakes.add(child(node, "from"), "only a slot of kind record has 'from'", "remove it");
  if (rows && !slot.of.empty()) {
    const RecordQuery* query = record_query(slot.of);
    if (query == nullptr || !query->many) {
      mistakes.add(child(node, "of"), "'" + slot.of + "' is no question that finds rows",
                   "use one of: " + listed(names_of_rows()));
    }
  }
  if (row && !slot.from.empty()) {
    const Slot* list = flow.slot(slot.from);
    if (list == nullptr || list->kind != SlotKind::kRecords) {
      mistakes.add(child(node, "from"),
                   "'" + slot.from + "' is no slot of kind records before this",
                   "name one that stands above it");
    }
  }
  const YAML::Node gives = child(node, "gives");
  if (!gives.IsDefined()) return;
  if (!row) {
    mistakes.add(gives, "only a slot of kind record gives", "remove 'gives'");
    return;
  }
  for (const std::string& field : own_keys(gives, "gives", mistakes)) {
    slot.gives.emplace_back(field, read_name(gives, field, Need::kRequired, mistakes));
  }
}

void check_records(const YAML::Node& flow_node, const Flow& flow, PackMistakes& mistakes) {
  const YAML::Node at = child(flow_node, "slots");
  for (const Slot& slot : flow.slots) {
    const RecordQuery* query = query_behind(flow, slot);
    if (query == nullptr) continue;
    for (const auto& [field_name, to_name] : slot.gives) {
      const RecordField* field = query->field(field_name);
      const Slot* to = flow.slot(to_name);
      if (field == nullptr) {
        mistakes.add(at, "slot '" + slot.name + "' gives '" + field_name + "', which is no field",
                     "use one of: " + listed(field_names(*query)));
      } else if (to == nullptr) {
        mistakes.add(at, "slot '" + slot.name + "' gives to '" + to_name + "', which is no slot",
                     "name a slot of the flow");
      } else if (!takes(to->kind, field->kind)) {
        mistakes.add(at,
                     "slot '" + to_name + "' is of another kind than field '" + field_name + "'",
                     "give it to a slot of the field's kind, or of kind text");
      }
    }
  }
}

void check_query(const YAML::Node& item, const Flow& flow, const Step& step,
                 PackMistakes& mistakes) {
  const RecordQuery* query = record_query(step.name);
  const YAML::Node into = child(item, "into");
  if (query == nullptr || !query->many) {
    if (into.IsDefined())
      mistakes.add(into, "this call finds no rows", "remove 'into': values go to slots by name");
    if (query == nullptr) return;
  }
  const Slot* list = flow.slot(step.into);
  if (query->many && (list == nullptr || list->of != query->name)) {
    mistakes.add(item, "the rows of '" + step.name + "' have no place",
                 "add 'into:' with a slot of kind records and 'of: " + step.name + "'");
  }
  const std::size_t wanted = query->argument.name.empty() ? 0 : 1;
  const bool optional = query->record == "product";
  if (step.arguments.size() > wanted || (step.arguments.size() < wanted && !optional)) {
    mistakes.add(item, "'" + step.name + "' takes " + (wanted == 0 ? "nothing" : "one slot"),
                 wanted == 0 ? "remove 'with'"
                             : "add 'with: [slot]', the " + std::string(query->argument.name));
  }
  if (query->many) return;
  for (const RecordField& field : query->fields) {
    const Slot* slot = flow.slot(field.name);
    if (slot == nullptr || takes(slot->kind, field.kind)) continue;
    mistakes.add(item, "slot '" + slot->name + "' is of another kind than what is found",
                 "rename it, or make it of the field's kind, or text");
  }
}

}  // namespace mitr
