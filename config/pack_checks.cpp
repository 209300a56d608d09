#include "config/pack_checks.h"

#include <string>

#include "config/pack_options.h"

namespace mitr {
namespace {

bool applies(Check::Rule rule, SlotKind kind) {
  switch (rule) {
    case Check::Rule::kNotPast:
      return kind == SlotKind::kDate || kind == SlotKind::kTime;
    case Check::Rule::kNotBefore:
    case Check::Rule::kDaysAhead:
    case Check::Rule::kSpan:
      return kind == SlotKind::kDate;
    case Check::Rule::kSection:
      return kind == SlotKind::kClass;
    case Check::Rule::kLength:
      return kind == SlotKind::kText || kind == SlotKind::kName;
    case Check::Rule::kBetween:
      return kind == SlotKind::kNumber || kind == SlotKind::kMoney || kind == SlotKind::kTime ||
             kind == SlotKind::kDuration;
    case Check::Rule::kAmount:
      return kind == SlotKind::kProduct;
  }
  return false;
}

}  // namespace

void expect_earlier_date(const Flow& flow, const std::string& name, const YAML::Node& at,
                         PackMistakes& mistakes) {
  const Slot* other = flow.slot(name);
  if (other == nullptr || other->kind != SlotKind::kDate) {
    mistakes.add(at, "'" + name + "' is no date asked before this one",
                 "name an earlier slot of kind date");
  }
}

std::optional<Check> read_check(const YAML::Node& node, const Flow& flow, const Slot& slot,
                                PackMistakes& mistakes) {
  if (!expect_map(node, "a check", {"name", "rule", "slot", "min", "max"}, mistakes)) return {};
  Check check;
  check.name = read_name(node, "name", Need::kRequired, mistakes);
  const auto rule = one_of<Check::Rule>(node, "rule",
                                        {{"not_past", Check::Rule::kNotPast},
                                         {"not_before", Check::Rule::kNotBefore},
                                         {"days_ahead", Check::Rule::kDaysAhead},
                                         {"span", Check::Rule::kSpan},
                                         {"section", Check::Rule::kSection},
                                         {"length", Check::Rule::kLength},
                                         {"between", Check::Rule::kBetween},
                                         {"amount", Check::Rule::kAmount}},
                                        mistakes);
  if (!rule || check.name.empty()) return {};
  check.rule = *rule;
  if (!applies(check.rule, slot.kind)) {
    mistakes.add(child(node, "rule"), "this rule does not fit the slot's kind",
                 "date: not_past, not_before, days_ahead, span; class: section; text and name: "
                 "length; number, money and duration: between; time: between, not_past; product: "
                 "amount");
  }
  const bool needs_slot = *rule == Check::Rule::kNotBefore || *rule == Check::Rule::kSpan;
  check.other = read_name(node, "slot", needs_slot ? Need::kRequired : Need::kOptional, mistakes);
  if (needs_slot && !check.other.empty()) {
    expect_earlier_date(flow, check.other, child(node, "slot"), mistakes);
  } else if (*rule == Check::Rule::kNotPast && slot.kind == SlotKind::kTime) {
    if (!check.other.empty()) expect_earlier_date(flow, check.other, child(node, "slot"), mistakes);
  } else if (!needs_slot && !check.other.empty()) {
    mistakes.add(child(node, "slot"), "this rule takes no slot", "remove 'slot'");
  }
  check.min = read_bound(node, "min", slot, 0, mistakes);
  check.max = read_bound(node, "max", slot, 1, mistakes);
  const bool needs_max = *rule == Check::Rule::kDaysAhead || *rule == Check::Rule::kSpan ||
                         *rule == Check::Rule::kLength || *rule == Check::Rule::kBetween;
  if (needs_max && !child(node, "max").IsDefined()) {
    mistakes.add(node, "'max' is missing", "add the largest allowed number as 'max'");
  } else if (needs_max && check.min > check.max) {
    mistakes.add(child(node, "min"), "'min' is above 'max'", "swap them");
  }
  return check;
}

}  // namespace mitr
