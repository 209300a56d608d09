// See setting_map.h.
#include "config/setting_map.h"

#include <algorithm>
#include <charconv>

#include "config/edit_distance.h"

namespace mitr {

namespace {

std::string quoted(std::string_view word) {
  return "'" + std::string(word) + "'";
}

std::string joined(std::initializer_list<std::string_view> words) {
  std::string out;
  for (std::string_view word : words) {
    if (!out.empty()) out += ", ";
    out += word;
  }
  return out;
}

}  // namespace

std::string to_string(const SettingMistake& mistake) {
  return mistake.file + ":" + std::to_string(mistake.line) + ":" + std::to_string(mistake.column) +
         ": " + mistake.what + "; " + mistake.mend;
}

void SettingFile::note(const YAML::Mark& at, std::string what, std::string mend) {
  mistakes.push_back({name, at.line + 1, at.column + 1, std::move(what), std::move(mend)});
}

std::string_view nearest_word(std::string_view word, std::span<const std::string_view> known) {
  std::string_view best;
  std::size_t least = word.size() / 2 + 1;  // Further away than half the word is another word.
  for (std::string_view candidate : known) {
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

bool all_of(std::string_view text, std::string_view allowed) {
  return text.find_first_not_of(allowed) == std::string_view::npos;
}

bool is_digits(std::string_view text, std::size_t least, std::size_t most) {
  return text.size() >= least && text.size() <= most && all_of(text, "0123456789");
}

SettingMap::SettingMap(SettingFile& file, const YAML::Node& node, std::string label,
                       std::initializer_list<std::string_view> known)
    : file_(file), label_(std::move(label)), mark_(node.Mark()), readable_(node.IsMap()) {
  if (!readable_) {
    file_.note(mark_, label_ + " is no mapping", "write keys under it: " + joined(known));
    return;
  }
  for (const auto& pair : node) {
    if (!pair.first.IsScalar()) {
      file_.note(pair.first.Mark(), "a key in " + label_ + " is no word",
                 "known keys: " + joined(known));
      continue;
    }
    const std::string key = pair.first.Scalar();
    if (std::find(known.begin(), known.end(), key) == known.end()) {
      note_unknown(key, pair.first.Mark(), known);
    } else if (has(key)) {
      file_.note(pair.first.Mark(), "key " + quoted(key) + " stands twice in " + label_,
                 "keep one of them");
    } else {
      entries_.push_back({key, pair.second});
    }
  }
}

void SettingMap::note_unknown(const std::string& key, const YAML::Mark& at,
                              std::initializer_list<std::string_view> known) {
  const std::string_view near = nearest_word(key, {known.begin(), known.size()});
  file_.note(at, "unknown key " + quoted(key) + " in " + label_,
             near.empty() ? "known keys: " + joined(known) : "write " + quoted(near));
}

const YAML::Node* SettingMap::find(std::string_view key) const {
  for (const Entry& entry : entries_) {
    if (entry.key == key) return &entry.value;
  }
  return nullptr;
}

bool SettingMap::require(std::string_view key, std::string_view mend) {
  if (has(key)) return true;
  if (!readable_) return false;  // Said once, for the whole mapping.
  file_.note(mark_, "key " + quoted(key) + " is missing in " + label_, std::string(mend));
  return false;
}

void SettingMap::note(std::string_view key, std::string what, std::string mend) {
  const YAML::Node* value = find(key);
  file_.note(value == nullptr ? mark_ : value->Mark(), std::move(what), std::move(mend));
}

std::optional<std::string> SettingMap::text(std::string_view key) {
  const YAML::Node* value = find(key);
  if (value == nullptr) return std::nullopt;
  if (!value->IsScalar() || value->Scalar().empty()) {
    note(key, quoted(key) + " in " + label_ + " is no text", "write one value on the line");
    return std::nullopt;
  }
  return value->Scalar();
}

std::optional<Personal> SettingMap::secret(std::string_view key) {
  auto value = text(key);
  if (!value) return std::nullopt;
  return Personal(std::move(*value));
}

std::optional<std::int64_t> SettingMap::number(std::string_view key, std::int64_t least,
                                               std::int64_t most) {
  const auto value = text(key);
  if (!value) return std::nullopt;
  std::int64_t number = 0;
  const char* const end = value->data() + value->size();
  const auto [stop, error] = std::from_chars(value->data(), end, number);
  if (error != std::errc{} || stop != end || number < least || number > most) {
    note(key, quoted(key) + " in " + label_ + " is out of range",
         "write a whole number from " + std::to_string(least) + " to " + std::to_string(most));
    return std::nullopt;
  }
  return number;
}

std::optional<bool> SettingMap::either(std::string_view key, std::string_view yes,
                                       std::string_view no) {
  const auto value = text(key);
  if (!value) return std::nullopt;
  if (*value == yes) return true;
  if (*value == no) return false;
  note(key, quoted(key) + " in " + label_ + " is neither " + quoted(yes) + " nor " + quoted(no),
       "write " + std::string(yes) + " or " + std::string(no));
  return std::nullopt;
}

std::vector<YAML::Node> SettingMap::list(std::string_view key) {
  const YAML::Node* value = find(key);
  if (value == nullptr) return {};
  if (!value->IsSequence()) {
    note(key, quoted(key) + " in " + label_ + " is no list",
         "write [..] or lines that begin with -");
    return {};
  }
  std::vector<YAML::Node> elements;
  for (const auto& element : *value) elements.push_back(element);
  return elements;
}

}  // namespace mitr
