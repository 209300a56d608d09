#include "tools/load/script.h"

#include <algorithm>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <optional>
#include <system_error>
#include <yaml-cpp/yaml.h>

#include "protocols/limits.h"

namespace mitr::load {
namespace {

/// Thrown and caught in this file only, beside yaml-cpp's own.
struct Refusal {
  int line;
  std::string what;
};

[[noreturn]] void refuse(const YAML::Node& at, std::string what) {
  throw Refusal{at.Mark().line + 1, std::move(what)};
}

void allow_only(const YAML::Node& map, std::initializer_list<std::string_view> keys) {
  if (!map.IsMap()) refuse(map, "expected `key: value` pairs here");
  for (const auto& entry : map) {
    const auto key = entry.first.as<std::string>();
    if (std::ranges::find(keys, key) != keys.end()) continue;
    std::string known;
    for (auto each : keys) known += (known.empty() ? "" : ", ") + std::string(each);
    refuse(entry.first, "unknown key `" + key + "`; known: " + known);
  }
}

YAML::Node needed(const YAML::Node& map, const char* key) {
  if (!map[key]) refuse(map, "`" + std::string(key) + "` is missing");
  return map[key];
}

ValueKind kind_of(const YAML::Node& node) {
  const auto word = node.as<std::string>();
  if (word == "name") return ValueKind::kName;
  if (word == "class") return ValueKind::kClass;
  if (word == "date") return ValueKind::kDate;
  if (word == "number") return ValueKind::kNumber;
  if (word == "pick") return ValueKind::kPick;
  refuse(node, "unknown kind `" + word + "`; known: name, class, date, number, pick");
}

ValueSpec read_value(const YAML::Node& node, const std::vector<ValueSpec>& earlier) {
  allow_only(node, {"name", "kind", "min", "max", "after", "of"});
  ValueSpec value;
  value.name = needed(node, "name").as<std::string>();
  value.kind = kind_of(needed(node, "kind"));
  if (value.name == "n" ||
      std::ranges::find(earlier, value.name, &ValueSpec::name) != earlier.end()) {
    refuse(node, "the name `" + value.name + "` is taken");
  }
  if (value.kind == ValueKind::kDate || value.kind == ValueKind::kNumber) {
    value.min = needed(node, "min").as<int>();
    value.max = needed(node, "max").as<int>();
    if (value.min < 0 || value.max < value.min || value.max > 1'000'000) {
      refuse(node, "`min` and `max` must be 0 <= min <= max <= 1000000");
    }
  }
  if (node["after"]) {
    const auto found =
        std::ranges::find(earlier, node["after"].as<std::string>(), &ValueSpec::name);
    if (found == earlier.end() || found->kind != ValueKind::kDate ||
        value.kind != ValueKind::kDate) {
      refuse(node["after"], "`after` must name a date above this one, and this must be a date");
    }
    value.after = static_cast<std::size_t>(found - earlier.begin());
  }
  for (const auto& option : node["of"]) value.options.push_back(option.as<std::string>());
  if (value.kind == ValueKind::kPick && value.options.empty())
    refuse(node, "`of` must list what to pick");
  return value;
}

Pattern read_pattern(const YAML::Node& node, const std::vector<ValueSpec>& values, bool stars) {
  const auto text = node.as<std::string>();
  if (text.empty()) refuse(node, "an empty text");
  auto pattern = Pattern::parse(text, values, stars);
  if (!pattern) refuse(node, pattern.error().what);
  return std::move(*pattern);
}

ScriptTurn read_turn(const YAML::Node& node, const std::vector<ValueSpec>& values) {
  allow_only(node, {"say", "tap", "reply"});
  if (static_cast<bool>(node["say"]) == static_cast<bool>(node["tap"])) {
    refuse(node, "a turn needs `say` or `tap`, and not both");
  }
  ScriptTurn turn;
  if (node["say"]) {
    turn.say = read_pattern(node["say"], values, false);
  } else {
    allow_only(node["tap"], {"id", "title"});
    turn.button_id = needed(node["tap"], "id").as<std::string>();
    turn.say = read_pattern(needed(node["tap"], "title"), values, false);
  }
  const auto reply = needed(node, "reply");
  if (reply.IsSequence()) {
    for (const auto& each : reply) turn.replies.push_back(read_pattern(each, values, true));
  } else {
    turn.replies.push_back(read_pattern(reply, values, true));
  }
  if (turn.replies.empty()) refuse(reply, "`reply` must say what comes back");
  return turn;
}

Script read_root(const YAML::Node& root) {
  allow_only(root, {"pack", "values", "turns"});
  Script script;
  script.pack = needed(root, "pack").as<std::string>();
  for (const auto& node : root["values"]) script.values.push_back(read_value(node, script.values));
  for (const auto& node : needed(root, "turns"))
    script.turns.push_back(read_turn(node, script.values));
  if (script.turns.empty() || script.turns.size() > limits::kLoadTurnsMax) {
    refuse(root["turns"],
           "`turns` must have 1 to " + std::to_string(limits::kLoadTurnsMax) + " entries");
  }
  return script;
}

Error invalid(std::string what) {
  return Error{Errc::kInvalidConfig, std::move(what)};
}

}  // namespace

Result<Script> parse_script(std::string_view yaml, std::string name) {
  const auto place = [&](int line) { return name + ":" + std::to_string(line) + ": "; };
  try {
    Script script = read_root(YAML::Load(std::string(yaml)));
    script.name = std::move(name);
    return script;
  } catch (const Refusal& refusal) {
    return invalid(place(refusal.line) + refusal.what);
  } catch (const YAML::Exception& e) {
    return invalid(place(e.mark.line + 1) + e.msg);
  }
}

Result<Script> read_script(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return invalid(file.string() + ": cannot be read");
  std::string text(limits::kLoadScriptBytesMax + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > limits::kLoadScriptBytesMax)
    return invalid(file.string() + ": larger than a script may be");
  return parse_script(text, file.stem().string());
}

Result<std::vector<Script>> read_scripts(const std::filesystem::path& place) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  if (std::filesystem::is_directory(place, error)) {
    for (const auto& entry : std::filesystem::directory_iterator(place, error)) {
      if (entry.path().extension() == ".yaml") files.push_back(entry.path());
    }
    std::ranges::sort(files);
    if (files.empty()) return invalid(place.string() + ": no script (*.yaml) there");
  } else {
    files.push_back(place);
  }
  std::vector<Script> scripts;
  for (const auto& file : files) {
    auto script = read_script(file);
    if (!script) return script.error();
    scripts.push_back(std::move(*script));
  }
  return scripts;
}

}  // namespace mitr::load
