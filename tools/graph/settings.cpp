// Reads the simulator's YAML. Relative folders inside it are looked for beside the file, then in
// the working folder.
#include "tools/graph/settings.h"

#include <algorithm>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <string_view>
#include <system_error>
#include <yaml-cpp/yaml.h>

namespace mitr::graph {
namespace {

/// Thrown and caught in this file only, beside yaml-cpp's own.
struct Refusal {
  int line;
  std::string what;
};

Refusal unknown_key(const YAML::Node& key, std::initializer_list<std::string_view> keys) {
  std::string known;
  for (auto each : keys) known.append(known.empty() ? "" : ", ").append(each);
  return {key.Mark().line + 1, "unknown key `" + key.as<std::string>() + "`; known: " + known};
}

void allow_only(const YAML::Node& map, std::initializer_list<std::string_view> keys) {
  if (!map.IsMap()) throw Refusal{map.Mark().line + 1, "expected `key: value` pairs here"};
  for (const auto& entry : map) {
    const auto key = entry.first.as<std::string>();
    if (std::find(keys.begin(), keys.end(), key) == keys.end())
      throw unknown_key(entry.first, keys);
  }
}

template <class T>
void read(const YAML::Node& map, const char* key, T& into) {
  if (map[key]) into = map[key].template as<T>();
}
void read(const YAML::Node& map, const char* key, Personal& into) {
  if (map[key]) into = Personal(map[key].as<std::string>());
}

SimNumber read_number(const YAML::Node& node) {
  allow_only(node, {"id", "name", "display_phone", "account"});
  SimNumber number;
  read(node, "id", number.id);
  read(node, "name", number.name);
  read(node, "display_phone", number.display_phone);
  read(node, "account", number.account);
  return number;
}

SimPerson read_person(const YAML::Node& node) {
  allow_only(node, {"phone", "name", "number", "desk", "about", "suggestions"});
  SimPerson person;
  read(node, "phone", person.phone);
  read(node, "name", person.name);
  read(node, "number", person.number);
  read(node, "desk", person.desk);
  read(node, "about", person.about);
  read(node, "suggestions", person.suggestions);
  return person;
}

/// A relative folder is looked for beside the settings' file first.
std::filesystem::path place_of(const YAML::Node& node, const std::filesystem::path& file) {
  const std::filesystem::path named = node.as<std::string>();
  std::error_code error;
  const auto beside = file.parent_path() / named;
  return named.is_relative() && std::filesystem::exists(beside, error) ? beside : named;
}

void read_root(const YAML::Node& root, const std::filesystem::path& file, GraphSettings& settings) {
  allow_only(root, {"port", "webhook", "app_secret", "verify_token", "packs", "service_window",
                    "numbers", "people"});
  read(root, "port", settings.port);
  read(root, "webhook", settings.webhook);
  read(root, "app_secret", settings.app_secret);
  read(root, "verify_token", settings.verify_token);
  read(root, "service_window", settings.service_window);
  if (root["packs"] && root["packs"].IsScalar())
    settings.packs.push_back(place_of(root["packs"], file));
  for (const auto& folder : root["packs"]) settings.packs.push_back(place_of(folder, file));
  for (const auto& node : root["numbers"]) settings.numbers.push_back(read_number(node));
  for (const auto& node : root["people"]) settings.people.push_back(read_person(node));
}

bool all_digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Error invalid(std::string what) {
  return Error{Errc::kInvalidConfig, std::move(what)};
}

}  // namespace

Result<GraphSettings> read_settings(const std::filesystem::path& file, GraphSettings base) {
  std::ifstream in(file);
  if (!in) return invalid(file.string() + ": cannot be read");
  const auto place = [&](int line) { return file.string() + ":" + std::to_string(line) + ": "; };
  try {
    read_root(YAML::Load(in), file, base);
  } catch (const Refusal& refusal) {
    return invalid(place(refusal.line) + refusal.what);
  } catch (const YAML::Exception& e) {
    return invalid(place(e.mark.line + 1) + e.msg);
  }
  return base;
}

Status check_settings(const GraphSettings& settings) {
  if (settings.webhook.empty()) return invalid("no webhook: give --webhook or `webhook:`");
  if (settings.app_secret.empty()) {
    return invalid("no app secret: give --app-secret-file or `app_secret:`");
  }
  if (settings.numbers.empty()) return invalid("no number: give --number or `numbers:`");
  for (const auto& number : settings.numbers) {
    if (!all_digits(number.id)) return invalid("a number's id must be digits: " + number.id);
  }
  for (const auto& person : settings.people) {
    if (!all_digits(person.phone.reveal())) {
      return invalid("a person's phone must be digits with country code");
    }
    const bool known = std::any_of(settings.numbers.begin(), settings.numbers.end(),
                                   [&](const auto& n) { return n.id == person.number; });
    if (!known) return invalid("a person's `number` is not among `numbers`: " + person.number);
  }
  return Done{};
}

}  // namespace mitr::graph
