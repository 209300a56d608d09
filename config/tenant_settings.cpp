// See tenant_settings.h.
#include "config/tenant_settings.h"

#include <exception>
#include <nlohmann/json.hpp>

namespace mitr {

namespace {

using nlohmann::json;

Error wrong_kind(const char* key) {
  return {Errc::kMalformed, std::string("tenant settings: '") + key + "' has the wrong kind"};
}

/// True if `key` is absent or was read; false when it has another kind.
bool read(const json& object, const char* key, std::string& out) {
  const auto found = object.find(key);
  if (found == object.end()) return true;
  if (!found->is_string()) return false;
  out = found->get_ref<const std::string&>();
  return true;
}

bool read(const json& object, const char* key, bool& out) {
  const auto found = object.find(key);
  if (found == object.end()) return true;
  if (!found->is_boolean()) return false;
  out = found->get_ref<const bool&>();
  return true;
}

bool read(const json& object, const char* key, std::map<std::string, std::string>& out) {
  const auto found = object.find(key);
  if (found == object.end()) return true;
  if (!found->is_object()) return false;
  for (const auto& [name, value] : found->items()) {
    if (!value.is_string()) return false;
    out.emplace(name, value.get_ref<const std::string&>());
  }
  return true;
}

}  // namespace

std::string_view TenantSettings::portfolio_of(const std::string& number) const {
  const auto found = portfolios.find(number);
  return found == portfolios.end() ? std::string_view() : std::string_view(found->second);
}

std::string to_json(const TenantSettings& settings) {
  try {
    json object = {{"pack", settings.pack},
                   {"zone", settings.zone},
                   {"language", settings.dialogue.language},
                   {"country", settings.dialogue.country},
                   {"past_dates", settings.dialogue.past_dates},
                   {"echo_typed", settings.dialogue.echo_typed},
                   {"pacing", settings.pacing}};
    if (!settings.portfolios.empty()) object["portfolios"] = settings.portfolios;
    return object.dump(-1, ' ', false, json::error_handler_t::replace);
  } catch (const std::exception&) {
    return "{}";  // Out of memory only: dump() replaces what is no UTF-8.
  }
}

Result<TenantSettings> parse_tenant_settings(std::string_view text) {
  try {
    const json object = json::parse(text, nullptr, false);
    if (!object.is_object()) {
      return Error{Errc::kMalformed, "tenant settings are no JSON object"};
    }
    TenantSettings settings;
    if (!read(object, "pack", settings.pack)) return wrong_kind("pack");
    if (!read(object, "zone", settings.zone)) return wrong_kind("zone");
    if (!read(object, "language", settings.dialogue.language)) return wrong_kind("language");
    if (!read(object, "country", settings.dialogue.country)) return wrong_kind("country");
    if (!read(object, "past_dates", settings.dialogue.past_dates)) return wrong_kind("past_dates");
    if (!read(object, "echo_typed", settings.dialogue.echo_typed)) return wrong_kind("echo_typed");
    if (!read(object, "pacing", settings.pacing)) return wrong_kind("pacing");
    if (!read(object, "portfolios", settings.portfolios)) return wrong_kind("portfolios");
    return settings;
  } catch (const std::exception&) {
    return Error{Errc::kMalformed, "tenant settings cannot be read"};
  }
}

}  // namespace mitr
