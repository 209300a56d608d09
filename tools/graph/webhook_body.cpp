// Key order does not matter to a receiver; shapes follow the Cloud API reference of late 2026 (with
// BSUIDs, and without `conversation`, which v24 left out).
#include "tools/graph/webhook_body.h"

#include <nlohmann/json.hpp>

#include "tools/graph/wamid.h"

namespace mitr::graph {
namespace {

using nlohmann::json;

std::string seconds_text(std::chrono::sys_seconds at) {
  return std::to_string(at.time_since_epoch().count());
}

Personal envelope(const SimNumber& number, json value) {
  value["messaging_product"] = "whatsapp";
  value["metadata"] = {{"display_phone_number", number.display_phone},
                       {"phone_number_id", number.id}};
  json change = {{"field", "messages"}, {"value", std::move(value)}};
  json entry = {{"id", number.account}, {"changes", json::array({std::move(change)})}};
  json root = {{"object", "whatsapp_business_account"}, {"entry", json::array({std::move(entry)})}};
  return Personal(root.dump(-1, ' ', true, json::error_handler_t::replace));
}

json contact(const Personal& phone, const Personal& name) {
  return {{"profile", {{"name", name.reveal()}}},
          {"wa_id", phone.reveal()},
          {"user_id", bsuid_of(phone.reveal()).reveal()}};
}

}  // namespace

Personal render_inbound(const SimNumber& number, const SimInbound& message) {
  json item = {{"from", message.phone.reveal()},
               {"from_user_id", bsuid_of(message.phone.reveal()).reveal()},
               {"id", message.wamid.reveal()},
               {"timestamp", seconds_text(message.at)}};
  if (message.button_id.empty()) {
    item["type"] = "text";
    item["text"] = {{"body", message.text.reveal()}};
  } else {
    item["type"] = "interactive";
    item["interactive"] = {
        {"type", "button_reply"},
        {"button_reply", {{"id", message.button_id}, {"title", message.text.reveal()}}}};
    if (!message.context.empty()) {
      item["context"] = {{"from", number.display_phone}, {"id", message.context.reveal()}};
    }
  }
  return envelope(number, {{"contacts", json::array({contact(message.phone, message.name)})},
                           {"messages", json::array({std::move(item)})}});
}

Personal render_status(const SimNumber& number, const SimStatus& status) {
  json item = {{"id", status.wamid.reveal()},
               {"status", status.state},
               {"timestamp", seconds_text(status.at)},
               {"recipient_id", status.phone.reveal()}};
  if (!status.callback.empty()) item["biz_opaque_callback_data"] = status.callback;
  json value;
  if (status.state == "failed") {
    // A failed status to a phone names neither the BSUID nor the contact.
    item["errors"] =
        json::array({{{"code", status.error_code},
                      {"title", status.error_title},
                      {"message", status.error_title},
                      {"error_data", {{"details", status.error_details}}},
                      {"href", "/documentation/business-messaging/whatsapp/support/error-codes"}}});
  } else {
    item["recipient_user_id"] = bsuid_of(status.phone.reveal()).reveal();
    value["contacts"] = json::array({contact(status.phone, status.name)});
    if (!status.category.empty()) {
      item["pricing"] = {{"billable", true},
                         {"pricing_model", "PMP"},
                         {"type", "regular"},
                         {"category", status.category}};
    }
  }
  value["statuses"] = json::array({std::move(item)});
  return envelope(number, std::move(value));
}

}  // namespace mitr::graph
