// Reading YAML nodes; see pack_node.h. yaml-cpp throws only on conversions, which are not used
// here.
#include "config/pack_node.h"

#include <algorithm>
#include <charconv>

#include "config/edit_distance.h"

namespace mitr {

void PackMistakes::add(const YAML::Node& at, std::string what, std::string mend) {
  const YAML::Mark mark = at.Mark();
  add(std::max(mark.line, 0) + 1, std::max(mark.column, 0) + 1, std::move(what), std::move(mend));
}

void PackMistakes::add(int line, int column, std::string what, std::string mend) {
  all_.push_back({file_, line, column, std::move(what), std::move(mend)});
}

YAML::Node child(const YAML::Node& map, std::string_view key) {
  if (map.IsMap()) {
    for (const auto& entry : map) {
      if (entry.first.IsScalar() && entry.first.Scalar() == key) return entry.second;
    }
  }
  return YAML::Node(YAML::NodeType::Undefined);
}

std::vector<std::string> own_keys(const YAML::Node& node, std::string_view noun,
                                  PackMistakes& mistakes) {
  std::vector<std::string> keys;
  if (!node.IsDefined() || node.IsNull()) return keys;
  if (!node.IsMap()) {
    mistakes.add(node, std::string(noun) + " is not a map", "write 'key: value' lines under it");
    return keys;
  }
  for (const auto& entry : node) {
    if (!entry.first.IsScalar()) {
      mistakes.add(entry.first, "a key that is no text", "write a plain name before the colon");
      continue;
    }
    const std::string& key = entry.first.Scalar();
    if (std::find(keys.begin(), keys.end(), key) != keys.end()) {
      mistakes.add(entry.first, "'" + key + "' appears twice in " + std::string(noun),
                   "keep one of them");
    } else {
      keys.push_back(key);
    }
  }
  return keys;
}

bool expect_map(const YAML::Node& node, std::string_view noun, const std::vector<std::string>& keys,
                PackMistakes& mistakes) {
  if (!node.IsMap()) {
    mistakes.add(node, std::string(noun) + " is not a map", "write 'key: value' lines under it");
    return false;
  }
  own_keys(node, noun, mistakes);
  for (const auto& entry : node) {
    if (!entry.first.IsScalar()) continue;
    const std::string& key = entry.first.Scalar();
    if (std::find(keys.begin(), keys.end(), key) != keys.end()) continue;
    const std::string meant = nearest(key, keys);
    mistakes.add(entry.first, "unknown key '" + key + "' in " + std::string(noun),
                 meant.empty() ? "use one of: " + listed(keys) : "write '" + meant + "'");
  }
  return true;
}

bool expect_map(const YAML::Node& node, std::string_view noun,
                std::initializer_list<std::string_view> keys, PackMistakes& mistakes) {
  return expect_map(node, noun, std::vector<std::string>(keys.begin(), keys.end()), mistakes);
}

std::string nearest(std::string_view text, const std::vector<std::string>& known) {
  constexpr std::size_t kNearEdits = 2;
  constexpr std::size_t kNameCharsMax = 60;
  std::string best;
  std::size_t least = kNearEdits + 1;
  if (text.size() > kNameCharsMax) return best;
  for (const std::string& each : known) {
    if (const std::size_t edits = edit_distance(text, each); edits < least && edits < each.size()) {
      best = each;
      least = edits;
    }
  }
  return best;
}

std::string read_text(const YAML::Node& map, std::string_view key, Need need,
                      PackMistakes& mistakes) {
  const YAML::Node node = child(map, key);
  if (!node.IsDefined()) {
    if (need == Need::kRequired) {
      mistakes.add(map, "'" + std::string(key) + "' is missing",
                   "add a line '" + std::string(key) + ": …'");
    }
    return {};
  }
  if (!node.IsScalar() || (need == Need::kRequired && node.Scalar().empty())) {
    mistakes.add(node, "'" + std::string(key) + "' is not a text",
                 "write the text after the colon, in quotes");
    return {};
  }
  return node.Scalar();
}

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= 40 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

std::string read_name(const YAML::Node& map, std::string_view key, Need need,
                      PackMistakes& mistakes) {
  std::string name = read_text(map, key, need, mistakes);
  if (name.empty() || is_name(name)) return name;
  mistakes.add(child(map, key), "'" + std::string(key) + "' is not a name",
               "use lower case letters, digits and underscores, at most 40");
  return {};
}

std::int64_t read_number(const YAML::Node& map, std::string_view key, std::int64_t least,
                         std::int64_t most, std::int64_t otherwise, PackMistakes& mistakes) {
  const YAML::Node node = child(map, key);
  if (!node.IsDefined()) return otherwise;
  std::int64_t number = 0;
  if (node.IsScalar()) {
    const std::string& text = node.Scalar();
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = failed == std::errc() && end == text.data() + text.size();
    if (whole && number >= least && number <= most) return number;
  }
  mistakes.add(
      node, "'" + std::string(key) + "' is out of range",
      "write a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  return otherwise;
}

bool read_flag(const YAML::Node& map, std::string_view key, PackMistakes& mistakes) {
  const YAML::Node node = child(map, key);
  if (!node.IsDefined()) return false;
  if (node.IsScalar() && node.Scalar() == "true") return true;
  if (node.IsScalar() && node.Scalar() == "false") return false;
  mistakes.add(node, "'" + std::string(key) + "' is neither true nor false", "write true or false");
  return false;
}

std::vector<YAML::Node> read_list(const YAML::Node& map, std::string_view key, Need need,
                                  PackMistakes& mistakes) {
  const YAML::Node node = child(map, key);
  std::vector<YAML::Node> items;
  if (!node.IsDefined()) {
    if (need == Need::kRequired) {
      mistakes.add(map, "'" + std::string(key) + "' is missing",
                   "add '" + std::string(key) + ":' with a list");
    }
    return items;
  }
  if (!node.IsSequence()) {
    mistakes.add(node, "'" + std::string(key) + "' is not a list",
                 "write [one, two] or lines that begin with '- '");
    return items;
  }
  for (const auto& item : node) items.push_back(item);
  return items;
}

std::vector<std::string> read_texts(const YAML::Node& map, std::string_view key,
                                    PackMistakes& mistakes) {
  std::vector<std::string> texts;
  for (const YAML::Node& item : read_list(map, key, Need::kOptional, mistakes)) {
    if (item.IsScalar() && !item.Scalar().empty()) {
      texts.push_back(item.Scalar());
    } else {
      mistakes.add(item, "an item of '" + std::string(key) + "' is not a text",
                   "write words, in quotes if they hold marks");
    }
  }
  return texts;
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) {
    if (!text.empty()) text += ", ";
    text += name;
  }
  return text;
}

}  // namespace mitr
