#include "tools/graph/webhook_kinds.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "tools/graph/wamid.h"
#include "tools/graph/webhook_kind_table.h"

namespace mitr::graph {
namespace {

using nlohmann::json;

std::string seconds_text(std::chrono::sys_seconds at) {
  return std::to_string(at.time_since_epoch().count());
}

/// Puts the parts where the table names them.
class Filling {
 public:
  explicit Filling(const WebhookParts& parts)
      : at_(parts.at.time_since_epoch().count()),
        words_{{"$TEXT", parts.text.reveal()},
               {"$ABOUT", parts.about.reveal()},
               {"$NUMBER", parts.number.display_phone},
               {"$NAME", parts.name.reveal()},
               {"$PHONE", parts.phone.reveal()},
               {"$CALLBACK", parts.callback},
               {"$BSUID", bsuid_of(parts.phone.reveal()).reveal()},
               {"$ID", parts.id.reveal()},
               {"$AT", seconds_text(parts.at)}} {}

  void fill(json& value) const {
    if (value == "$AT_NUMBER") {
      value = at_;
    } else if (value.is_string()) {
      value = filled(value.get<std::string>());
    } else if (value.is_structured()) {
      for (auto& member : value) fill(member);
    }
  }

 private:
  std::string filled(std::string text) const {
    for (const auto& [word, part] : words_) {
      const auto at = text.find(word);
      if (at != std::string::npos) text.replace(at, word.size(), part);
    }
    return text;
  }

  std::int64_t at_;
  std::vector<std::pair<std::string, std::string>> words_;
};

json contact_of(const WebhookParts& parts) {
  json contact = {{"profile", {{"name", parts.name.reveal()}}},
                  {"user_id", bsuid_of(parts.phone.reveal()).reveal()}};
  if (parts.phone_hidden) {
    contact["profile"]["username"] = "@sample";
  } else {
    contact["wa_id"] = parts.phone.reveal();
  }
  return contact;
}

json message_value(const WebhookKind& kind, const WebhookParts& parts) {
  json message = json::parse(kind.json);
  Filling(parts).fill(message);
  message["id"] = parts.id.reveal();
  message["from"] = parts.phone.reveal();
  message["from_user_id"] = bsuid_of(parts.phone.reveal()).reveal();
  message["timestamp"] = seconds_text(parts.at);
  message["type"] = kind.name.substr(0, kind.name.find('/'));
  json value = {{"messages", json::array({std::move(message)})}};
  // A system message comes without the contact.
  if (!kind.name.starts_with("system")) value["contacts"] = json::array({contact_of(parts)});
  return value;
}

json number_value(json value, const WebhookParts& parts) {
  value["messaging_product"] = "whatsapp";
  value["metadata"] = {{"display_phone_number", parts.number.display_phone},
                       {"phone_number_id", parts.number.id}};
  return value;
}

/// Nobody's phone is left in it: what Meta does for whoever has a username.
void hide_phone(json& value, const std::string& phone) {
  if (value.is_object()) {
    for (const char* key : {"from", "wa_id", "to", "recipient_id", "recipient_participant_id"})
      if (value.contains(key) && value[key] == phone) value.erase(key);
  }
  if (value.is_structured())
    for (auto& member : value) hide_phone(member, phone);
}

std::optional<whatsapp::Notification> posted(const WebhookKind& kind, const WebhookParts& parts,
                                             json value, bool timed) {
  if (parts.phone_hidden) hide_phone(value, parts.phone.reveal());
  json change = {{"field", kind.field}, {"value", std::move(value)}};
  json entry = {{"id", parts.number.account}, {"changes", json::array({std::move(change)})}};
  if (timed) entry["time"] = parts.at.time_since_epoch().count();
  const json root = {{"object", "whatsapp_business_account"},
                     {"entry", json::array({std::move(entry)})}};
  auto read =
      whatsapp::parse_notification(root.dump(-1, ' ', true, json::error_handler_t::replace));
  if (!read) return std::nullopt;
  return *std::move(read);
}

}  // namespace

std::vector<std::string_view> webhook_kinds() {
  std::vector<std::string_view> names;
  for (const auto& kind : kMessageKinds) names.push_back(kind.name);
  for (const auto& kind : kNumberKinds) names.push_back(kind.name);
  for (const auto& kind : kAccountKinds) names.push_back(kind.name);
  return names;
}

std::optional<whatsapp::Notification> make_webhook(std::string_view name,
                                                   const WebhookParts& parts) {
  const auto filled = [&parts](const WebhookKind& kind) {
    json value = json::parse(kind.json);
    Filling(parts).fill(value);
    return value;
  };
  for (const auto& kind : kMessageKinds)
    if (kind.name == name)
      return posted(kind, parts, number_value(message_value(kind, parts), parts), false);
  for (const auto& kind : kNumberKinds)
    if (kind.name == name) return posted(kind, parts, number_value(filled(kind), parts), false);
  for (const auto& kind : kAccountKinds)
    if (kind.name == name) return posted(kind, parts, filled(kind), true);
  return std::nullopt;
}

}  // namespace mitr::graph
