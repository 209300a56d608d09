// See tenant_seed_reader.h.
#include "config/tenant_seed_reader.h"

#include <algorithm>
#include <set>
#include <system_error>

#include "config/zone.h"
#include "protocols/phone_number.h"

namespace mitr {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kNameChars = "abcdefghijklmnopqrstuvwxyz0123456789-_";

/// "en", or with a script as "hi-Latn".
bool is_language(std::string_view code) {
  const std::string_view tongue = code.substr(0, code.find('-'));
  const std::string_view script = code.substr(std::min(tongue.size() + 1, code.size()));
  const bool plain = tongue.size() >= 2 && tongue.size() <= 3 && all_of(tongue, kLetters);
  if (tongue.size() == code.size()) return plain;
  return plain && script.size() == 4 && script[0] >= 'A' && script[0] <= 'Z' &&
         all_of(script.substr(1), kLetters);
}

class Reading {
 public:
  Reading(SettingFile& file, const fs::path& packs) : file_(file), packs_(packs) {}
  void tenant(const YAML::Node& node, const std::string& label);
  std::vector<TenantSeed> take() { return std::move(out_); }

 private:
  void identity(SettingMap& map, TenantSeed& seed);
  void numbers(SettingMap& map, TenantSeed& seed);
  void portfolios(const YAML::Node& node, TenantSeed& seed);
  void portfolio(const std::string& name, const YAML::Node& numbers, TenantSeed& seed);
  void choices(SettingMap& map, TenantSettings& settings);
  void roster(const YAML::Node& node, TenantSeed& seed);
  void person(const YAML::Node& node, const std::string& role, TenantSeed& seed);

  SettingFile& file_;
  const fs::path& packs_;
  std::vector<TenantSeed> out_;
  std::set<std::string> slugs_;
  std::set<std::string> numbers_;
};

void Reading::tenant(const YAML::Node& node, const std::string& label) {
  SettingMap map(file_, node, label,
                 {"slug", "name", "pack", "zone", "language", "country", "numbers", "past_dates",
                  "echo", "pacing", "portfolios", "roster"});
  if (!node.IsMap()) return;
  TenantSeed seed;
  identity(map, seed);
  numbers(map, seed);
  choices(map, seed.settings);
  if (const YAML::Node* found = map.find("portfolios")) portfolios(*found, seed);
  if (const YAML::Node* found = map.find("roster")) roster(*found, seed);
  out_.push_back(std::move(seed));
}

void Reading::identity(SettingMap& map, TenantSeed& seed) {
  map.require("slug", "add a short name, as green-school");
  if (auto slug = map.text("slug")) {
    if (slug->size() > limits::kSlugCharsMax || !all_of(*slug, kNameChars)) {
      map.note("slug", "'" + *slug + "' is no slug",
               "write at most 63 of a-z, 0-9, - and _, as green-school");
    } else if (!slugs_.insert(*slug).second) {
      map.note("slug", "slug '" + *slug + "' is taken by a tenant above", "choose another");
    }
    seed.slug = std::move(*slug);
  }
  map.require("name", "add the name that people know it by");
  if (auto name = map.text("name")) seed.name = std::move(*name);
  map.require("pack", "name a folder under packs");
  if (auto pack = map.text("pack")) {
    std::error_code error;
    if (!all_of(*pack, kNameChars) || (!packs_.empty() && fs::is_directory(packs_, error) &&
                                       !fs::is_directory(packs_ / *pack, error))) {
      map.note("pack", "there is no pack '" + *pack + "'", "name a folder in " + packs_.string());
    }
    seed.settings.pack = std::move(*pack);
  }
}

void Reading::numbers(SettingMap& map, TenantSeed& seed) {
  if (!map.require("numbers", "add numbers: [..], the provider's ids of its phone numbers")) return;
  for (const YAML::Node& element : map.list("numbers")) {
    if (!element.IsScalar() || !is_digits(element.Scalar(), 1, limits::kNumberDigitsMax)) {
      file_.note(element.Mark(), "a number id is not all digits",
                 "write the provider's phone_number_id, not the phone");
      continue;
    }
    const std::string& number = element.Scalar();
    if (!numbers_.insert(number).second) {
      file_.note(element.Mark(), "number " + number + " is listed above",
                 "a number has one tenant");
    }
    seed.numbers.push_back(number);
  }
}

void Reading::portfolios(const YAML::Node& node, TenantSeed& seed) {
  if (!node.IsMap()) {
    file_.note(node.Mark(), "portfolios is no mapping",
               "write a portfolio's name and its numbers, as north: [106540352250001]");
    return;
  }
  for (const auto& pair : node) {
    const std::string name = pair.first.IsScalar() ? pair.first.Scalar() : std::string();
    if (name.empty() || name.size() > limits::kSlugCharsMax || !all_of(name, kNameChars)) {
      file_.note(pair.first.Mark(), "a portfolio is no name", "write a-z, 0-9, - and _, as north");
    } else if (name == kMainPortfolio) {
      file_.note(pair.first.Mark(), "'main' is the portfolio of all other numbers",
                 "list only numbers of further portfolios, under other names");
    }
    portfolio(name, pair.second, seed);
  }
}

void Reading::portfolio(const std::string& name, const YAML::Node& numbers, TenantSeed& seed) {
  if (!numbers.IsSequence()) {
    file_.note(numbers.Mark(), "a portfolio's numbers are no list", "write [106540352250001]");
    return;
  }
  for (const auto& element : numbers) {
    const std::string number = element.IsScalar() ? element.Scalar() : std::string();
    const auto& own = seed.numbers;
    if (std::find(own.begin(), own.end(), number) == own.end()) {
      file_.note(element.Mark(), "that is none of the tenant's numbers",
                 "list it in `numbers` too");
    } else if (!seed.settings.portfolios.emplace(number, name).second) {
      file_.note(element.Mark(), "number " + number + " is in a portfolio above",
                 "a number is in one portfolio");
    }
  }
}

void Reading::choices(SettingMap& map, TenantSettings& settings) {
  if (auto zone = map.text("zone")) settings.zone = std::move(*zone);
  if (const auto found = Zone::find(settings.zone); !found) {
    map.note("zone", found.error().what, "write an IANA name, as Asia/Kolkata");
  }
  if (auto language = map.text("language")) {
    if (!is_language(*language)) {
      map.note("language", "'" + *language + "' is no language code", "write en, hi, hi-Latn …");
    }
    settings.dialogue.language = std::move(*language);
  }
  if (auto country = map.text("country")) {
    if (!is_phone_region(*country)) {
      map.note("country", "'" + *country + "' is no country code", "write IN, AE, GB …");
    }
    settings.dialogue.country = std::move(*country);
  }
  settings.dialogue.past_dates = map.either("past_dates", "true", "false").value_or(false);
  settings.dialogue.echo_typed = map.either("echo", "typed", "formatted").value_or(false);
  settings.pacing = map.either("pacing", "on", "off").value_or(true);
}

void Reading::roster(const YAML::Node& node, TenantSeed& seed) {
  if (!node.IsMap()) {
    file_.note(node.Mark(), "roster is no mapping",
               "write a role and its people, as class_teacher: [{key: 5B, name: .., phone: ..}]");
    return;
  }
  for (const auto& pair : node) {
    const std::string role = pair.first.IsScalar() ? pair.first.Scalar() : std::string();
    if (role.empty() || !all_of(role, kNameChars)) {
      file_.note(pair.first.Mark(), "a role is no name",
                 "write a-z, 0-9, - and _, as class_teacher");
    }
    if (!pair.second.IsSequence()) {
      file_.note(pair.second.Mark(), "a role's people are no list",
                 "write [{key: .., name: .., phone: ..}]");
      continue;
    }
    for (const auto& element : pair.second) person(element, role, seed);
  }
}

void Reading::person(const YAML::Node& node, const std::string& role, TenantSeed& seed) {
  SettingMap map(file_, node, "roster", {"key", "name", "phone"});
  if (!node.IsMap()) return;
  RosterSeed entry;
  entry.role = role;
  // Without a key it is the only one of its role: a shop has one counter.
  if (auto key = map.text("key")) entry.key = std::move(*key);
  map.require("name", "add the name");
  if (auto name = map.secret("name")) entry.name = std::move(*name);
  map.require("phone", "add the phone, digits with the country code");
  if (auto phone = map.secret("phone")) {
    if (!is_digits(phone->reveal(), limits::kPhoneDigitsMin, limits::kPhoneDigitsMax)) {
      map.note("phone", "a phone is not 8 to 15 digits",
               "write digits with the country code, without +, spaces or dashes");
    }
    entry.phone = std::move(*phone);
  }
  seed.roster.push_back(std::move(entry));
}

}  // namespace

std::vector<TenantSeed> read_tenant_seeds(SettingFile& file, const fs::path& packs,
                                          const std::vector<YAML::Node>& nodes) {
  Reading reading(file, packs);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    reading.tenant(nodes[i], "tenants[" + std::to_string(i) + "]");
  }
  return reading.take();
}

}  // namespace mitr
