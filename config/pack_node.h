// Reading YAML nodes of a pack: every mistake is kept with its place, and reading goes on with what
// is right. Private to pack_*.cpp; the door is pack_file.h.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>
#include <yaml-cpp/yaml.h>

#include "config/pack_file.h"

namespace mitr {

/// The mistakes of one file, into the list of all.
class PackMistakes {
 public:
  PackMistakes(std::string file, std::vector<PackMistake>& all)
      : file_(std::move(file)), all_(all) {}
  void add(const YAML::Node& at, std::string what, std::string mend);
  void add(int line, int column, std::string what, std::string mend);
  const std::string& file() const { return file_; }

 private:
  std::string file_;
  std::vector<PackMistake>& all_;
};

/// The value of a key; undefined (false) if the map has none.
YAML::Node child(const YAML::Node& map, std::string_view key);
/// True if the node is a map; unknown and repeated keys are mistakes. `noun` names it to the
/// author.
bool expect_map(const YAML::Node& node, std::string_view noun,
                std::initializer_list<std::string_view> keys, PackMistakes& mistakes);
bool expect_map(const YAML::Node& node, std::string_view noun, const std::vector<std::string>& keys,
                PackMistakes& mistakes);
/// The keys of a map whose keys are names of the author's own; repeated ones are mistakes.
std::vector<std::string> own_keys(const YAML::Node& node, std::string_view noun,
                                  PackMistakes& mistakes);

enum class Need : std::uint8_t { kRequired, kOptional };

/// Text of a key; empty if missing (a mistake when required) or no text.
std::string read_text(const YAML::Node& map, std::string_view key, Need need,
                      PackMistakes& mistakes);
/// A name: lower case letters, digits and underscores, at most 40.
std::string read_name(const YAML::Node& map, std::string_view key, Need need,
                      PackMistakes& mistakes);
std::int64_t read_number(const YAML::Node& map, std::string_view key, std::int64_t least,
                         std::int64_t most, std::int64_t otherwise, PackMistakes& mistakes);
bool read_flag(const YAML::Node& map, std::string_view key, PackMistakes& mistakes);
std::vector<std::string> read_texts(const YAML::Node& map, std::string_view key,
                                    PackMistakes& mistakes);
/// The nodes of a list; a mistake if the key holds something else.
std::vector<YAML::Node> read_list(const YAML::Node& map, std::string_view key, Need need,
                                  PackMistakes& mistakes);
bool is_name(std::string_view text);
/// The name that was most likely meant: the nearest of those known, if one is near.
std::string nearest(std::string_view text, const std::vector<std::string>& known);
/// "a, b, c".
std::string listed(const std::vector<std::string>& names);

template <class Value>
using NameTable = std::initializer_list<std::pair<std::string_view, Value>>;

/// The value whose name the required key has; none, with a mistake, if it has another.
template <class Value>
std::optional<Value> one_of(const YAML::Node& map, std::string_view key, NameTable<Value> table,
                            PackMistakes& mistakes) {
  const std::string text = read_text(map, key, Need::kRequired, mistakes);
  if (text.empty()) return std::nullopt;
  std::vector<std::string> names;
  for (const auto& [name, value] : table) {
    if (name == text) return value;
    names.emplace_back(name);
  }
  mistakes.add(child(map, key), "unknown " + std::string(key) + " '" + text + "'",
               "use one of: " + listed(names));
  return std::nullopt;
}

}  // namespace mitr
