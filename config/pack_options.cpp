// See pack_options.h.
#include "config/pack_options.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "nlu/slots/clock_time.h"
#include "nlu/slots/duration.h"

namespace mitr {
namespace {

/// "2 days", "90 minutes" in seconds.
std::optional<std::int64_t> length_bound(const std::string& text) {
  const Tokens tokens(text);
  const auto found = find_durations(tokens, {.asked = true});
  const bool whole = found.size() == 1 && !found[0].ambiguous() && found[0].tokens.first == 0 &&
                     found[0].tokens.last == tokens.size();
  return whole ? std::optional(seconds_of(found[0].value)) : std::nullopt;
}

}  // namespace

void read_options(const YAML::Node& node, Slot& slot, PackMistakes& mistakes) {
  if (read_text(node, "kind", Need::kOptional, mistakes) == "outcome") {
    // What became of a call: no words of a contact mean it.
    for (const char* id : {"ok", "failed", "late"}) {
      Option option;
      option.id = id;
      slot.options.push_back(std::move(option));
    }
    if (child(node, "options").IsDefined())
      mistakes.add(child(node, "options"), "an outcome has its own options", "remove 'options'");
    return;
  }
  const bool product = slot.kind == SlotKind::kProduct;
  const bool yes_no = slot.kind == SlotKind::kYesNo;
  const bool given = child(node, "options").IsDefined();
  if (slot.kind != SlotKind::kChoice && !product && !yes_no) {
    if (!given) return;
    mistakes.add(child(node, "options"), "only a choice, a product and a yes_no have options",
                 "remove 'options'");
    return;
  }
  if (yes_no && !given) return;
  for (const YAML::Node& item : read_list(node, "options", Need::kRequired, mistakes)) {
    if (!expect_map(item, "an option", {"id", "words", "unit"}, mistakes)) continue;
    Option option;
    option.id = read_name(item, "id", Need::kRequired, mistakes);
    option.words = read_texts(item, "words", mistakes);
    if (option.words.empty()) {
      mistakes.add(item, "the option has no words", "add 'words: [what contacts say for it]'");
    }
    option.unit = read_text(item, "unit", Need::kOptional, mistakes);
    if (!option.unit.empty() && !product) {
      mistakes.add(child(item, "unit"), "only a product has a unit", "remove 'unit'");
    }
    slot.options.push_back(std::move(option));
  }
  const auto has = [&slot](std::string_view id) {
    return std::any_of(slot.options.begin(), slot.options.end(),
                       [id](const Option& option) { return option.id == id; });
  };
  if (yes_no && !(slot.options.size() == 2 && has("yes") && has("no"))) {
    mistakes.add(child(node, "options"), "a yes_no has two options, yes and no",
                 "write their 'id: yes' and 'id: no', or leave 'options' out");
  }
  if (slot.options.empty()) {
    mistakes.add(node, "a choice without options", "add at least one under 'options'");
  }
}

void read_shapes(const YAML::Node& node, Slot& slot, PackMistakes& mistakes) {
  slot.shapes = read_texts(node, "shapes", mistakes);
  const YAML::Node at = child(node, "shapes");
  if (slot.kind != SlotKind::kReference) {
    if (at.IsDefined()) mistakes.add(at, "only a reference has shapes", "remove 'shapes'");
    return;
  }
  if (slot.shapes.empty()) {
    mistakes.add(node, "a reference without shapes",
                 "add 'shapes:' with what it looks like, as in [\"ORD-####\"]: # is a digit, @ a "
                 "letter, + behind one means one or more");
  }
  for (const std::string& shape : slot.shapes) {
    const bool known = std::all_of(shape.begin(), shape.end(), [](char c) {
      return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
             std::string_view("#@+-/ ").find(c) != std::string_view::npos;
    });
    if (!known || shape.find_first_of("#@") == std::string::npos) {
      mistakes.add(at, "'" + shape + "' is no shape of a reference",
                   "use # for a digit, @ for a letter, + behind either, and - / or spaces");
    }
  }
}

std::int64_t read_bound(const YAML::Node& node, std::string_view key, const Slot& slot,
                        std::int64_t least, PackMistakes& mistakes) {
  if (slot.kind != SlotKind::kTime && slot.kind != SlotKind::kDuration) {
    const std::int64_t most = slot.kind == SlotKind::kMoney ? 1'000'000'000 : 1'000'000;
    return read_number(node, key, least, most, 0, mistakes);
  }
  const std::string text = read_text(node, key, Need::kOptional, mistakes);
  if (text.empty()) return 0;
  if (slot.kind == SlotKind::kTime) {
    if (const auto time = parse_clock(text)) return time->minutes;
    mistakes.add(child(node, key), "'" + text + "' is no time", "write it as 9:00 or 17:30");
    return 0;
  }
  if (const auto length = length_bound(text)) return *length;
  mistakes.add(child(node, key), "'" + text + "' is no length of time",
               "write it as 2 days or 90 minutes");
  return 0;
}

}  // namespace mitr
