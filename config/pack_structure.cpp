// Flows, slots and triggers of a pack; see pack_structure.h and
// config/packs/README.md.
#include "config/pack_structure.h"

#include <algorithm>
#include <array>
#include <utility>

#include "config/pack_checks.h"
#include "config/pack_moves.h"
#include "config/pack_options.h"
#include "config/pack_records.h"
#include "config/pack_steps.h"
#include "config/pack_templates.h"
#include "nlu/dialogue/checks.h"
#include "nlu/patterns/trigger.h"
#include "protocols/limits.h"

namespace mitr {
namespace {

const std::vector<std::string>* word_list(const PackParts& parts, std::string_view name) {
  for (const auto& [list, words] : parts.word_lists) {
    if (list == name) return &words;
  }
  return nullptr;
}

void read_mining(const YAML::Node& node, const PackParts& parts, Slot& slot,
                 PackMistakes& mistakes) {
  const YAML::Node mining = child(node, "mining");
  if (!mining.IsDefined()) return;
  if (slot.kind != SlotKind::kText) {
    mistakes.add(mining, "only a text is mined", "remove 'mining': other kinds are found by shape");
    return;
  }
  if (!expect_map(mining, "mining", {"after", "words", "last_clause", "whole_unless"}, mistakes))
    return;
  slot.mining.after = read_texts(mining, "after", mistakes);
  slot.mining.last_clause = read_flag(mining, "last_clause", mistakes);
  const std::pair<std::string_view, std::vector<std::string>&> lists[] = {
      {"words", slot.mining.words}, {"whole_unless", slot.mining.whole_unless}};
  for (const auto& [key, into] : lists) {
    for (const std::string& name : read_texts(mining, key, mistakes)) {
      if (const auto* words = word_list(parts, name)) {
        into.insert(into.end(), words->begin(), words->end());
        continue;
      }
      mistakes.add(child(mining, key), "there is no word list '" + name + "'",
                   "define it under 'words' at the top of the file");
    }
  }
}

void read_when_missed(const YAML::Node& node, Slot& slot, PackMistakes& mistakes) {
  slot.optional = read_flag(node, "optional", mistakes);
  if (child(node, "heard").IsDefined()) slot.heard = read_flag(node, "heard", mistakes);
  slot.default_value = read_text(node, "default", Need::kOptional, mistakes);
  const bool has_default = !slot.default_value.empty();
  const YAML::Node given = child(node, "when_missed");
  if (given.IsDefined()) {
    const auto when = one_of<WhenMissed>(node, "when_missed",
                                         {{"stop", WhenMissed::kStop},
                                          {"skip", WhenMissed::kSkip},
                                          {"default", WhenMissed::kDefault},
                                          {"human", WhenMissed::kHuman}},
                                         mistakes);
    if (when) slot.when_missed = *when;
  } else if (has_default) {
    slot.when_missed = WhenMissed::kDefault;
  } else if (slot.optional) {
    slot.when_missed = WhenMissed::kSkip;
  }
  if (slot.when_missed == WhenMissed::kDefault && !has_default) {
    mistakes.add(given, "there is no default to take", "add 'default: …' to the slot");
  }
  if (slot.when_missed == WhenMissed::kSkip && !slot.optional) {
    mistakes.add(given, "the slot may not be skipped", "add 'optional: true'");
  }
  if (has_default && !fits_kind(slot, Personal(slot.default_value))) {
    const bool choice = slot.kind == SlotKind::kChoice;
    mistakes.add(child(node, "default"),
                 "'" + slot.default_value +
                     (choice ? "' is no option of the slot" : "' is no value of this kind"),
                 choice ? "write the id of one of its options"
                        : "write it as it is stored: 2026-11-30, 17:30, 500, P2D, yes");
  }
}

std::optional<Slot> read_slot(const YAML::Node& node, const PackParts& parts, const Flow& flow,
                              PackMistakes& mistakes) {
  if (!expect_map(
          node, "a slot",
          {"name", "kind", "called", "ends", "units", "options", "shapes", "mining", "checks",
           "misses_max", "when_missed", "default", "optional", "heard", "of", "from", "gives"},
          mistakes)) {
    return {};
  }
  Slot slot;
  slot.name = read_name(node, "name", Need::kRequired, mistakes);
  const auto kind = one_of<SlotKind>(node, "kind",
                                     {{"text", SlotKind::kText},
                                      {"name", SlotKind::kName},
                                      {"date", SlotKind::kDate},
                                      {"class", SlotKind::kClass},
                                      {"number", SlotKind::kNumber},
                                      {"choice", SlotKind::kChoice},
                                      {"money", SlotKind::kMoney},
                                      {"reference", SlotKind::kReference},
                                      {"yes_no", SlotKind::kYesNo},
                                      {"time", SlotKind::kTime},
                                      {"phone", SlotKind::kPhone},
                                      {"email", SlotKind::kEmail},
                                      {"duration", SlotKind::kDuration},
                                      {"product", SlotKind::kProduct},
                                      {"records", SlotKind::kRecords},
                                      {"record", SlotKind::kRecord},
                                      {"outcome", SlotKind::kChoice},
                                      {"attachment", SlotKind::kAttachment},
                                      {"location", SlotKind::kLocation}},
                                     mistakes);
  if (slot.name.empty() || !kind) return {};
  slot.kind = *kind;
  if (flow.slot(slot.name) != nullptr) {
    mistakes.add(child(node, "name"), "slot '" + slot.name + "' appears twice", "rename one");
  }
  slot.called = read_texts(node, "called", mistakes);
  slot.units = read_texts(node, "units", mistakes);
  if (!slot.units.empty() && slot.kind != SlotKind::kNumber) {
    mistakes.add(child(node, "units"), "only a number has units", "remove 'units'");
  }
  slot.ends = read_name(node, "ends", Need::kOptional, mistakes);
  if (!slot.ends.empty()) {
    if (slot.kind != SlotKind::kDate) {
      mistakes.add(child(node, "ends"), "only a date ends a span of days", "remove 'ends'");
    } else {
      expect_earlier_date(flow, slot.ends, child(node, "ends"), mistakes);
    }
  }
  slot.misses_max =
      static_cast<std::uint8_t>(read_number(node, "misses_max", 1, 10, slot.misses_max, mistakes));
  read_options(node, slot, mistakes);
  read_record_keys(node, flow, slot, mistakes);
  read_shapes(node, slot, mistakes);
  read_when_missed(node, slot, mistakes);
  read_mining(node, parts, slot, mistakes);
  for (const YAML::Node& item : read_list(node, "checks", Need::kOptional, mistakes)) {
    auto check = read_check(item, flow, slot, mistakes);
    if (!check) continue;
    const bool twice = std::any_of(slot.checks.begin(), slot.checks.end(),
                                   [&](const Check& other) { return other.name == check->name; });
    if (twice) {
      mistakes.add(child(item, "name"), "check '" + check->name + "' appears twice", "rename one");
    }
    slot.checks.push_back(std::move(*check));
  }
  return slot;
}

void read_triggers(const YAML::Node& node, const PackParts& parts, Flow& flow,
                   PackMistakes& mistakes) {
  const auto lists = [&parts](std::string_view name) { return word_list(parts, name); };
  for (const YAML::Node& item : read_list(node, "triggers", Need::kRequired, mistakes)) {
    TriggerRule rule;
    if (item.IsScalar()) {
      rule.pattern = item.Scalar();
    } else if (expect_map(item, "a trigger", {"pattern", "weight_permille"}, mistakes)) {
      rule.pattern = read_text(item, "pattern", Need::kRequired, mistakes);
      rule.weight_permille = static_cast<std::uint16_t>(
          read_number(item, "weight_permille", 1, 1000, rule.weight_permille, mistakes));
    } else {
      continue;
    }
    if (const auto wrong = Trigger::mistake(rule.pattern, lists)) {
      mistakes.add(item, *wrong,
                   "write words with spaces between, a|b for either, ... for a gap of up to " +
                       std::to_string(kGapWordsMax) + " words, <list> for a word list");
      continue;
    }
    flow.triggers.push_back(std::move(rule));
  }
}

void read_notify(const YAML::Node& node, const PackParts& parts, const Flow& flow,
                 std::vector<NotifyRule>& notify, PackMistakes& mistakes) {
  if (!expect_map(node, "a notification", {"role", "key", "template", "parameters"}, mistakes)) {
    return;
  }
  NotifyRule rule;
  rule.role = read_name(node, "role", Need::kRequired, mistakes);
  rule.key = read_name(node, "key", Need::kOptional, mistakes);
  rule.message = read_name(node, "template", Need::kRequired, mistakes);
  rule.parameters = read_texts(node, "parameters", mistakes);
  if (!rule.key.empty() && flow.slot(rule.key) == nullptr) {
    mistakes.add(child(node, "key"), "the flow has no slot '" + rule.key + "'", "name a slot");
  }
  for (const std::string& parameter : rule.parameters) {
    if (flow.slot(parameter) == nullptr) {
      mistakes.add(child(node, "parameters"), "the flow has no slot '" + parameter + "'",
                   "name slots of the flow");
    }
  }
  bool found = false;
  for (const MessageTemplate& message : parts.templates) {
    if (message.name != rule.message) continue;
    found = true;
    const std::string last = "{{" + std::to_string(rule.parameters.size()) + "}}";
    const std::string more = "{{" + std::to_string(rule.parameters.size() + 1) + "}}";
    const bool fits = message.body.find(more) == std::string::npos &&
                      (rule.parameters.empty() || message.body.find(last) != std::string::npos);
    if (!fits) {
      mistakes.add(node, "template '" + rule.message + "' does not take this many parameters",
                   "give one parameter for each of its {{1}}, {{2}} …");
    }
  }
  if (!found && !rule.message.empty()) {
    mistakes.add(child(node, "template"), "there is no template '" + rule.message + "'",
                 "define it under 'templates'");
  }
  notify.push_back(std::move(rule));
}

void read_reminder(const YAML::Node& flow_node, Flow& flow, PackMistakes& mistakes) {
  const YAML::Node node = child(flow_node, "reminder");
  if (!node.IsDefined() ||
      !expect_map(node, "reminder", {"after_minutes", "lapse_minutes"}, mistakes)) {
    return;
  }
  flow.remind_after = std::chrono::minutes(
      read_number(node, "after_minutes", 1, limits::kRemindMinutesMax, 30, mistakes));
  flow.lapse_after = std::chrono::minutes(
      read_number(node, "lapse_minutes", 1, limits::kLapseMinutesMax, 1200, mistakes));
}

std::optional<Flow> read_flow(const YAML::Node& node, const PackParts& parts,
                              PackMistakes& mistakes) {
  if (!expect_map(node, "a flow",
                  {"name", "triggers", "slots", "misses_max", "reminder", "on_completion", "steps",
                   "confirm", "guard", "urgent", "on_deploy"},
                  mistakes)) {
    return {};
  }
  Flow flow;
  flow.name = read_name(node, "name", Need::kRequired, mistakes);
  flow.misses_max =
      static_cast<std::uint8_t>(read_number(node, "misses_max", 1, 10, flow.misses_max, mistakes));
  flow.urgent = read_flag(node, "urgent", mistakes);
  if (child(node, "on_deploy").IsDefined()) {
    flow.finish_on_deploy =
        one_of<bool>(node, "on_deploy", {{"migrate", false}, {"finish", true}}, mistakes)
            .value_or(false);
  }
  read_reminder(node, flow, mistakes);
  read_triggers(node, parts, flow, mistakes);
  for (const YAML::Node& item : read_list(node, "slots", Need::kOptional, mistakes)) {
    if (auto slot = read_slot(item, parts, flow, mistakes)) flow.slots.push_back(std::move(*slot));
  }
  check_records(node, flow, mistakes);
  const auto doing = [&](const YAML::Node& what, Step& step) {
    step.file = read_name(what, "file", Need::kOptional, mistakes);
    for (const YAML::Node& item : read_list(what, "notify", Need::kOptional, mistakes)) {
      read_notify(item, parts, flow, step.notify, mistakes);
    }
  };
  read_steps(node, flow, doing, mistakes);
  const YAML::Node completion = child(node, "on_completion");
  if (completion.IsDefined() && !flow.steps.empty()) {
    mistakes.add(completion, "a flow with steps has no 'on_completion'",
                 "write it as a step 'do:'");
  } else if (completion.IsDefined() &&
             expect_map(completion, "on_completion", {"file", "notify"}, mistakes)) {
    Step step;
    doing(completion, step);
    flow.file = std::move(step.file);
    flow.notify = std::move(step.notify);
  }
  if (flow.name.empty()) return {};
  return flow;
}

}  // namespace

PackParts read_structure(const YAML::Node& root, PackMistakes& mistakes) {
  PackParts parts;
  if (!expect_map(root, "the pack",
                  {"pack", "threshold_permille", "words", "flows", "templates", "moves", "human"},
                  mistakes)) {
    return parts;
  }
  parts.name = read_name(root, "pack", Need::kRequired, mistakes);
  parts.threshold_permille = static_cast<std::uint16_t>(
      read_number(root, "threshold_permille", 1, 1000, parts.threshold_permille, mistakes));
  const YAML::Node words = child(root, "words");
  for (const std::string& list : own_keys(words, "words", mistakes)) {
    parts.word_lists.emplace_back(list, read_texts(words, list, mistakes));
  }
  read_templates(root, parts, mistakes);
  read_moves(root, parts, mistakes);
  read_human(root, parts, mistakes);
  for (const YAML::Node& item : read_list(root, "flows", Need::kRequired, mistakes)) {
    auto flow = read_flow(item, parts, mistakes);
    if (!flow) continue;
    const bool twice = std::any_of(parts.flows.begin(), parts.flows.end(),
                                   [&](const Flow& other) { return other.name == flow->name; });
    if (twice) {
      mistakes.add(child(item, "name"), "flow '" + flow->name + "' appears twice", "rename one");
    } else {
      parts.flows.push_back(std::move(*flow));
    }
  }
  check_links(root, parts, mistakes);
  return parts;
}

}  // namespace mitr
