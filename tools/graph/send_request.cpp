// The checks are those whose breach Meta answers at once; what Meta only reports later is the
// simulator's business.
#include "tools/graph/send_request.h"

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

namespace mitr::graph {
namespace {

using nlohmann::json;

constexpr std::size_t kTextChars = 4096;
constexpr std::size_t kInteractiveChars = 1024;
constexpr std::size_t kButtonsMax = 3;
constexpr std::size_t kButtonTitleChars = 20;
constexpr std::size_t kButtonIdChars = 256;
constexpr std::size_t kRowsMax = 10;
constexpr std::size_t kRowTitleChars = 24;
constexpr std::size_t kRowIdChars = 200;
constexpr std::size_t kCallbackChars = 512;

/// The member `key` of an object; null for anything else.
const json& member(const json& value, const char* key) {
  static const json nothing;
  if (!value.is_object()) return nothing;
  const auto found = value.find(key);
  return found == value.end() ? nothing : *found;
}
std::string text_of(const json& value, const char* key) {
  const auto& held = member(value, key);
  return held.is_string() ? held.get_ref<const std::string&>() : std::string();
}
std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

GraphError missing(const std::string& parameter) {
  return {.message = "(#100) The parameter " + parameter + " is required."};
}
GraphError too_long(const std::string& parameter, std::size_t most) {
  return {.message = "(#100) Param " + parameter + " must be at most " + std::to_string(most) +
                     " characters long."};
}
GraphError bad_value(std::string details) {
  return {.code = 131009,
          .message = "(#131009) Parameter value is not valid",
          .details = std::move(details)};
}

using Refused = std::optional<GraphError>;

Refused read_text(const json& root, SendMessage& out) {
  auto body = text_of(member(root, "text"), "body");
  if (body.empty()) return missing("text['body']");
  if (characters(body) > kTextChars) return too_long("text['body']", kTextChars);
  out.text = Personal(std::move(body));
  return std::nullopt;
}

Refused read_buttons(const json& action, SendMessage& out) {
  const auto& buttons = member(action, "buttons");
  if (!buttons.is_array() || buttons.empty() || buttons.size() > kButtonsMax) {
    return bad_value("Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3");
  }
  std::set<std::string> titles;
  for (const auto& each : buttons) {
    const auto& reply = member(each, "reply");
    Button button{text_of(reply, "id"), text_of(reply, "title")};
    if (button.id.empty() || button.title.empty()) return bad_value("Button id and title required");
    if (characters(button.title) > kButtonTitleChars)
      return bad_value("Button title length invalid");
    if (button.id.size() > kButtonIdChars) return bad_value("Button id length invalid");
    if (!titles.insert(button.title).second) return bad_value("Duplicate title of reply button");
    out.buttons.push_back(std::move(button));
  }
  return std::nullopt;
}

/// The rows of a list, drawn as buttons are.
Refused read_rows(const json& action, SendMessage& out) {
  const auto opener = text_of(action, "button");
  if (opener.empty() || characters(opener) > kButtonTitleChars) {
    return bad_value("Button text of the list required, at most 20 characters");
  }
  std::set<std::string> ids;
  for (const auto& section : member(action, "sections")) {
    for (const auto& each : member(section, "rows")) {
      Button row{text_of(each, "id"), text_of(each, "title")};
      if (row.id.empty() || row.title.empty()) return bad_value("Row id and title required");
      if (characters(row.title) > kRowTitleChars) return bad_value("Row title length invalid");
      if (row.id.size() > kRowIdChars) return bad_value("Row id length invalid");
      if (!ids.insert(row.id).second) return bad_value("Duplicate row id");
      out.buttons.push_back(std::move(row));
    }
  }
  if (out.buttons.empty() || out.buttons.size() > kRowsMax) {
    return bad_value("Invalid rows count. Min allowed rows: 1, Max allowed rows: 10");
  }
  return std::nullopt;
}

Refused read_interactive(const json& root, SendMessage& out) {
  const auto& interactive = member(root, "interactive");
  const auto type = text_of(interactive, "type");
  if (type != "button" && type != "list") {
    return bad_value(
        "interactive type must be \"button\" or \"list\": the simulator draws no other");
  }
  auto body = text_of(member(interactive, "body"), "text");
  if (body.empty()) return missing("interactive['body']");
  if (characters(body) > kInteractiveChars) {
    return too_long("interactive['body']['text']", kInteractiveChars);
  }
  out.text = Personal(std::move(body));
  const auto& action = member(interactive, "action");
  return type == "list" ? read_rows(action, out) : read_buttons(action, out);
}

/// Meta refuses new-lines, tabs and runs of more than four spaces inside a parameter.
bool fits_parameter(std::string_view text) {
  return !text.empty() && text.find_first_of("\n\r\t") == std::string_view::npos &&
         text.find("     ") == std::string_view::npos;
}

Refused read_parameters(const json& components, std::vector<Personal>& out) {
  for (const auto& component : components) {
    auto type = text_of(component, "type");
    std::transform(type.begin(), type.end(), type.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (type != "body") continue;
    for (const auto& parameter : member(component, "parameters")) {
      auto text = text_of(parameter, "text");
      if (text_of(parameter, "type") != "text" || !fits_parameter(text)) {
        return GraphError{.code = 132018,
                          .message = "(#132018) There was an issue with the template parameters",
                          .details =
                              "Param text cannot be empty nor have new-line/tab characters or more "
                              "than 4 consecutive spaces"};
      }
      out.emplace_back(std::move(text));
    }
  }
  return std::nullopt;
}

Refused read_template(const json& root, const TemplateBook& templates, SendMessage& out) {
  const auto& held = member(root, "template");
  out.template_name = text_of(held, "name");
  const auto language = text_of(member(held, "language"), "code");
  if (out.template_name.empty()) return missing("template['name']");
  if (language.empty()) return missing("template['language']['code']");
  std::vector<Personal> parameters;
  if (auto refused = read_parameters(member(held, "components"), parameters)) return refused;
  const auto* body = templates.find(out.template_name, language);
  if (body == nullptr && !templates.empty()) {
    return GraphError{
        .status = 404,
        .code = 132001,
        .message = "(#132001) Template name does not exist in the translation",
        .details = "template name (" + out.template_name + ") does not exist in " + language};
  }
  if (body == nullptr) {
    std::string shown;
    for (const auto& each : parameters) shown += (shown.empty() ? "" : "\n") + each.reveal();
    out.text = Personal(std::move(shown));
    return std::nullopt;
  }
  const auto expected = placeholders(*body);
  if (expected != parameters.size()) {
    return GraphError{
        .code = 132000,
        .message = "(#132000) Number of parameters does not match the expected number of params",
        .details = "body: number of localizable_params (" + std::to_string(parameters.size()) +
                   ") does not match the expected number of params (" + std::to_string(expected) +
                   ")"};
  }
  out.text = fill(*body, parameters);
  return std::nullopt;
}

SendRequest read_mark(const json& root) {
  if (text_of(root, "status") != "read") return bad_value("status must be \"read\"");
  SendReadMark mark{Personal(text_of(root, "message_id")), false};
  if (mark.wamid.empty()) return missing("message_id");
  mark.typing = text_of(member(root, "typing_indicator"), "type") == "text";
  return mark;
}

/// "+91 98000 00001" and "919800000001" are the same recipient to Meta.
Personal digits_of(const std::string& text) {
  std::string out;
  for (char c : text) {
    if (c >= '0' && c <= '9') out += c;
  }
  return Personal(std::move(out));
}

}  // namespace

std::string render(const GraphError& error) {
  json held = {{"message", error.message},
               {"type", error.type},
               {"code", error.code},
               {"fbtrace_id", "AsimulatedTraceIdOfMitr"}};
  if (error.subcode != 0) held["error_subcode"] = error.subcode;
  if (!error.details.empty()) {
    held["error_data"] = {{"messaging_product", "whatsapp"}, {"details", error.details}};
  }
  return json{{"error", std::move(held)}}.dump(-1, ' ', true, json::error_handler_t::replace);
}

SendRequest parse_send(std::string_view body, const TemplateBook& templates) {
  const auto root = json::parse(body, nullptr, false);
  if (!root.is_object())
    return GraphError{.message = "(#100) Invalid parameter: the body is no JSON object"};
  if (text_of(root, "messaging_product") != "whatsapp") return missing("messaging_product");
  if (root.contains("status")) return read_mark(root);
  SendMessage out;
  out.phone = digits_of(text_of(root, "to"));
  out.bsuid = Personal(text_of(root, "recipient"));
  if (out.phone.empty() && out.bsuid.empty()) return missing("to");
  if (out.phone.size_bytes() > 20) return bad_value("to is no phone number");
  out.callback = text_of(root, "biz_opaque_callback_data");
  if (characters(out.callback) > kCallbackChars)
    return too_long("biz_opaque_callback_data", kCallbackChars);
  const auto type = root.contains("type") ? text_of(root, "type") : std::string("text");
  Refused refused;
  if (type == "text") {
    refused = read_text(root, out);
  } else if (type == "interactive") {
    refused = read_interactive(root, out);
  } else if (type == "template") {
    refused = read_template(root, templates, out);
  } else {
    refused = GraphError{.code = 131051,
                         .message = "(#131051) Unsupported message type",
                         .details = "the simulator takes text, interactive and template"};
  }
  if (refused) return *std::move(refused);
  return out;
}

Personal render_accepted(const SendMessage& message, const Personal& phone, const Personal& wamid) {
  json contact;
  if (message.phone.empty()) {
    contact = {{"input", message.bsuid.reveal()}, {"user_id", message.bsuid.reveal()}};
  } else {
    contact = {{"input", message.phone.reveal()}, {"wa_id", phone.reveal()}};
  }
  json item = {{"id", wamid.reveal()}};
  if (!message.template_name.empty()) item["message_status"] = "accepted";
  json root = {{"messaging_product", "whatsapp"},
               {"contacts", json::array({std::move(contact)})},
               {"messages", json::array({std::move(item)})}};
  return Personal(root.dump(-1, ' ', true, json::error_handler_t::replace));
}

}  // namespace mitr::graph
