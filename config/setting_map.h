// One mapping of a settings file, read key by key: unknown and repeated keys, wrong kinds and
// values out of range are noted with their place, and reading goes on, so that one run shows every
// mistake. Only for sources of this room: yaml-cpp.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>
#include <yaml-cpp/yaml.h>

#include "config/setting_mistake.h"
#include "protocols/personal.h"

namespace mitr {

/// The file being read and what was wrong with it so far.
struct SettingFile {
  std::string name;
  std::vector<SettingMistake> mistakes;
  void note(const YAML::Mark& at, std::string what, std::string mend);
};

class SettingMap {
 public:
  /// `label` names the mapping in messages. A node that is no mapping is a mistake, and every key
  /// then reads as absent.
  SettingMap(SettingFile& file, const YAML::Node& node, std::string label,
             std::initializer_list<std::string_view> known);

  bool has(std::string_view key) const { return find(key) != nullptr; }
  /// The value, or null when the key is absent.
  const YAML::Node* find(std::string_view key) const;
  /// Notes that a required key is missing, if it is.
  bool require(std::string_view key, std::string_view mend);
  /// Notes a mistake at the key's value, or at the mapping when the key is absent.
  void note(std::string_view key, std::string what, std::string mend);

  /// A non-empty scalar; absent or wrong: nullopt.
  std::optional<std::string> text(std::string_view key);
  /// As text(), for what may not be printed.
  std::optional<Personal> secret(std::string_view key);
  /// A whole number in [least, most].
  std::optional<std::int64_t> number(std::string_view key, std::int64_t least, std::int64_t most);
  /// One of two words.
  std::optional<bool> either(std::string_view key, std::string_view yes, std::string_view no);
  /// The elements of a list; a lone value or an absent key gives none, the former with a mistake.
  std::vector<YAML::Node> list(std::string_view key);

 private:
  struct Entry {
    std::string key;
    YAML::Node value;
  };
  void note_unknown(const std::string& key, const YAML::Mark& at,
                    std::initializer_list<std::string_view> known);

  SettingFile& file_;
  std::string label_;
  YAML::Mark mark_;
  bool readable_;
  std::vector<Entry> entries_;
};

/// The known word nearest to `word` by edit distance, or empty if none is near.
std::string_view nearest_word(std::string_view word, std::span<const std::string_view> known);

/// True if every character of `text` is one of `allowed`.
bool all_of(std::string_view text, std::string_view allowed);
/// True if `text` is `least` to `most` decimal digits and nothing else.
bool is_digits(std::string_view text, std::size_t least, std::size_t most);

}  // namespace mitr
