// Webhook bodies as Meta forms them, made in parts, and short ways to read them back in tests.
#pragma once

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "protocols/whatsapp/webhook.h"

namespace mitr::whatsapp {

using nlohmann::json;

inline constexpr auto kNumber = "106540352240000";
inline constexpr auto kPhone = "919800000001";
inline constexpr auto kBsuid = "IN.1349120865530274";

inline json message_of(std::string type, const json& fields = json::object()) {
  json message = {{"id", "wamid.SAMPLE1"},
                  {"from", kPhone},
                  {"timestamp", "1767225600"},
                  {"type", std::move(type)}};
  message.update(fields);
  return message;
}
inline json text_message(std::string text) {
  return message_of("text", {{"text", {{"body", std::move(text)}}}});
}
inline json status_of(std::string word, const json& fields = json::object()) {
  json status = {{"id", "wamid.SAMPLE2"},
                 {"status", std::move(word)},
                 {"timestamp", "1767225601"},
                 {"recipient_id", kPhone}};
  status.update(fields);
  return status;
}
inline json change_of(json value, std::string field = "messages") {
  value["messaging_product"] = "whatsapp";
  value["metadata"] = {{"display_phone_number", "+91 98000 00000"}, {"phone_number_id", kNumber}};
  return {{"field", std::move(field)}, {"value", std::move(value)}};
}
inline json body_of(json changes) {
  return {{"object", "whatsapp_business_account"},
          {"entry", json::array({{{"id", "102290129340398"}, {"changes", std::move(changes)}}})}};
}
inline json body_with(json message, json contacts = json::array()) {
  json value = {{"messages", json::array({std::move(message)})}};
  if (!contacts.empty()) value["contacts"] = std::move(contacts);
  return body_of(json::array({change_of(std::move(value))}));
}
inline json body_with_status(json status) {
  return body_of(json::array({change_of({{"statuses", json::array({std::move(status)})}})}));
}

/// Parses what must parse.
inline Webhook read_text(const std::string& body) {
  auto webhook = parse_webhook(body);
  EXPECT_TRUE(webhook.ok()) << body.substr(0, 200);
  return webhook.ok() ? *std::move(webhook) : Webhook{};
}
inline Webhook read(const json& body) {
  return read_text(body.dump(-1, ' ', true));
}
/// The one message of a body.
inline Envelope read_one(const json& message, json contacts = json::array()) {
  auto webhook = read(body_with(message, std::move(contacts)));
  EXPECT_EQ(webhook.messages.size(), 1u) << message;
  return webhook.messages.size() == 1 ? webhook.messages[0] : Envelope{};
}
inline DeliveryStatus read_one_status(const json& status) {
  auto webhook = read(body_with_status(status));
  EXPECT_EQ(webhook.statuses.size(), 1u) << status;
  return webhook.statuses.size() == 1 ? webhook.statuses[0] : DeliveryStatus{};
}
inline Errc error_of(const std::string& body) {
  auto webhook = parse_webhook(body);
  EXPECT_FALSE(webhook.ok()) << body.substr(0, 200);
  return webhook.ok() ? Errc{} : webhook.error().code;
}
inline MessageBody words(std::string text) {
  return Words{Personal(std::move(text))};
}
inline MessageBody choice(std::string id, std::string title) {
  return Choice{std::move(id), Personal(std::move(title))};
}
inline MessageBody unreadable(std::string type, bool answer) {
  return Unreadable{std::move(type), answer};
}

}  // namespace mitr::whatsapp
