// Repair moves and the hand-over to a person, as a pack or the base pack writes them; see
// pack_moves.h.
#include "config/pack_moves.h"

#include <algorithm>
#include <utility>

#include "nlu/patterns/trigger.h"
#include "protocols/limits.h"

namespace mitr {

void read_moves(const YAML::Node& root, PackParts& parts, PackMistakes& mistakes) {
  static const std::vector<std::pair<std::string, Move>> known = {{"skip", Move::kSkip},
                                                                  {"repeat", Move::kRepeat},
                                                                  {"why", Move::kWhy},
                                                                  {"human", Move::kHuman},
                                                                  {"start_over", Move::kStartOver},
                                                                  {"hold_on", Move::kHoldOn},
                                                                  {"refuse", Move::kRefuse},
                                                                  {"bye", Move::kBye},
                                                                  {"abuse", Move::kAbuse},
                                                                  {"menu", Move::kMenu},
                                                                  {"keep", Move::kKeep},
                                                                  {"other", Move::kOther},
                                                                  {"stop", Move::kStop},
                                                                  {"start", Move::kStart}};
  const YAML::Node moves = child(root, "moves");
  if (!moves.IsDefined()) return;
  std::vector<std::string> names;
  names.reserve(std::size(known));
  for (const auto& each : known) names.push_back(each.first);
  if (!expect_map(moves, "moves", names, mistakes)) return;
  const Trigger::ListOf lists =
      [&parts](std::string_view wanted) -> const std::vector<std::string>* {
    for (const auto& [list, words] : parts.word_lists) {
      if (list == wanted) return &words;
    }
    return nullptr;
  };
  for (const auto& entry : moves) {
    const std::string key = entry.first.Scalar();
    for (const auto& [name, move] : known) {
      if (name != key) continue;
      MoveRule rule{move, {}};
      for (const YAML::Node& item : read_list(moves, name, Need::kRequired, mistakes)) {
        const std::string pattern = item.IsScalar() ? item.Scalar() : std::string();
        if (const auto wrong = Trigger::mistake(pattern, lists)) {
          mistakes.add(item, *wrong, "write words with spaces between, a|b for either");
        } else {
          rule.patterns.push_back(pattern);
        }
      }
      parts.moves.push_back(std::move(rule));
    }
  }
}

void read_human(const YAML::Node& root, PackParts& parts, PackMistakes& mistakes) {
  const YAML::Node node = child(root, "human");
  if (!node.IsDefined() ||
      !expect_map(node, "human", {"file", "role", "template", "silent_minutes"}, mistakes)) {
    return;
  }
  HumanRule& human = parts.human;
  human.file = read_name(node, "file", Need::kOptional, mistakes);
  human.role = read_name(node, "role", Need::kOptional, mistakes);
  human.message = read_name(node, "template", Need::kOptional, mistakes);
  human.silent = std::chrono::minutes(
      read_number(node, "silent_minutes", 0, limits::kHumanMinutesMax, 0, mistakes));
  const bool found = std::any_of(parts.templates.begin(), parts.templates.end(),
                                 [&](const auto& each) { return each.name == human.message; });
  if (!human.message.empty() && !found) {
    mistakes.add(child(node, "template"), "there is no template '" + human.message + "'",
                 "define it under 'templates', with one place {{1}}");
  }
}

}  // namespace mitr
