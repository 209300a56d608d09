// The body of a send, written by hand since one is made per reply, and the reading of Meta's
// answer. What Meta's error codes mean is in send_errors.cpp.
#include "protocols/whatsapp/send.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "protocols/limits.h"
#include "protocols/whatsapp/json.h"
#include "protocols/whatsapp/send_errors.h"
#include "protocols/whatsapp/utf8.h"

namespace mitr::whatsapp {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

void append_escape(std::string& out, char c) {
  static constexpr char kDigits[] = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(c);
  switch (c) {
    case '\0':
      break;  // no program that reads it is better off
    case '"':
      out += "\\\"";
      break;
    case '\\':
      out += "\\\\";
      break;
    case '\n':
      out += "\\n";
      break;
    case '\r':
      out += "\\r";
      break;
    case '\t':
      out += "\\t";
      break;
    default:
      out += "\\u00";
      out += kDigits[byte >> 4];
      out += kDigits[byte & 15];
  }
}

bool is_plain(char c) {
  return c >= ' ' && c != '"' && c != '\\';
}

/// `"text"` in JSON, of at most `units_max` UTF-16 units, cut at a character.
void append_string(std::string& out, std::string_view text, std::size_t units_max) {
  out += '"';
  std::size_t units = 0;
  for (std::size_t at = 0; at < text.size() && units < units_max;) {
    const auto start = at;
    const auto end = std::min(text.size(), at + (units_max - units));
    while (at < end && is_plain(text[at])) ++at;
    out.append(text, start, at - start);
    units += at - start;
    if (at == end) continue;
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      append_escape(out, text[at]);
      ++at;
      ++units;
      continue;
    }
    const auto bytes = character_bytes(text, at);
    units += bytes == 4 ? 2 : 1;
    if (units > units_max) break;
    out += bytes == 0 ? kReplacement : text.substr(at, bytes);
    at += std::max<std::size_t>(bytes, 1);
  }
  out += '"';
}

/// `,"key":"text"`. Keys are ours and need no escape.
void append_member(std::string& out, std::string_view key, std::string_view text,
                   std::size_t units_max) {
  out += ",\"";
  out += key;
  out += "\":";
  append_string(out, text, units_max);
}

void append_text(std::string& out, const TextMessage& message) {
  out += R"(,"type":"text","text":{"body":)";
  append_string(out, message.text.reveal(), limits::kSendTextUnitsMax);
  out += R"(,"preview_url":false})";
}

void append_buttons(std::string& out, const TextMessage& message) {
  out += R"(,"type":"interactive","interactive":{"type":"button","body":{"text":)";
  append_string(out, message.text.reveal(), limits::kSendInteractiveUnitsMax);
  out += R"(},"action":{"buttons":[)";
  const auto count = std::min(message.buttons.size(), limits::kSendButtonsMax);
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) out += ',';
    out += R"({"type":"reply","reply":{"id":)";
    append_string(out, message.buttons[i].id, limits::kChoiceIdBytesMax);
    append_member(out, "title", message.buttons[i].title, limits::kSendButtonTitleUnitsMax);
    out += "}}";
  }
  out += "]}}";
}

/// What opens a list: no words, since it would have to be said in the contact's language.
constexpr std::string_view kOpenList = "\xE2\x98\xB0";  // U+2630

void append_list(std::string& out, const TextMessage& message) {
  out += R"(,"type":"interactive","interactive":{"type":"list","body":{"text":)";
  append_string(out, message.text.reveal(), limits::kSendInteractiveUnitsMax);
  out += R"(},"action":{"button":)";
  append_string(out, kOpenList, limits::kSendButtonTitleUnitsMax);
  out += R"(,"sections":[{"rows":[)";
  const auto count = std::min(message.buttons.size(), limits::kSendRowsMax);
  for (std::size_t i = 0; i < count; ++i) {
    out += i > 0 ? R"(,{"id":)" : R"({"id":)";
    append_string(out, message.buttons[i].id, limits::kChoiceIdBytesMax);
    append_member(out, "title", message.buttons[i].title, limits::kSendRowTitleUnitsMax);
    out += '}';
  }
  out += "]}]}}";
}

/// A template's parameter as Meta accepts it: no new-line, no tab, no four spaces in a row, not
/// empty.
std::string flattened(std::string_view text) {
  const auto is_break = [](char c) {
    return c == '\n' || c == '\r' || c == '\t' || c == '\v' || c == '\f';
  };
  std::string flat;
  for (std::size_t at = 0; at < text.size();) {
    const auto start = at;
    bool breaks = false;
    for (; at < text.size() && (text[at] == ' ' || is_break(text[at])); ++at)
      breaks |= is_break(text[at]);
    if (breaks || at - start >= 4) {
      flat += ' ';
    } else {
      flat.append(text, start, at - start);
    }
    if (at < text.size()) flat += text[at++];
  }
  const bool blank =
      std::all_of(flat.begin(), flat.end(), [](char c) { return c == ' ' || c == '\0'; });
  return blank ? "-" : flat;
}

void append_template(std::string& out, const TemplateMessage& message) {
  out += R"(,"type":"template","template":{"name":)";
  append_string(out, message.name, limits::kProviderIdBytesMax);
  out += R"(,"language":{"code":)";
  append_string(out, message.language, limits::kProviderIdBytesMax);
  out += '}';
  if (!message.parameters.empty()) {
    out += R"(,"components":[{"type":"body","parameters":[)";
    bool first = true;
    for (const auto& parameter : message.parameters) {
      out += first ? R"({"type":"text")" : R"(,{"type":"text")";
      first = false;
      append_member(out, "text", flattened(parameter.reveal()), limits::kSendParameterUnitsMax);
      out += '}';
    }
    out += "]}]";
  }
  out += '}';
}

/// `messages[0].id`, or empty.
std::string accepted_id(const Json& root) {
  auto messages = array_member(root, "messages");
  if (!messages) return {};
  for (const Json message : *messages) return id_member(message, "id");
  return {};
}

SendVerdict verdict_of_status(int http_status) {
  if (http_status == 429) return SendVerdict::kRetryLater;
  // Below 200 there was no answer at all: nothing is known.
  const bool refused = http_status >= 300 && http_status < 500;
  return refused ? SendVerdict::kFailed : SendVerdict::kUnknown;
}

}  // namespace

Personal render_send(const Outbound& message) {
  constexpr std::size_t kFrameBytes =
      256;  // the fixed words, so that most bodies are written without growing
  std::string out;
  const auto* text = std::get_if<TextMessage>(&message.content);
  out.reserve(kFrameBytes + message.callback.size() +
              (text != nullptr ? text->text.size_bytes() : kFrameBytes));
  out += R"({"messaging_product":"whatsapp","recipient_type":"individual")";
  if (!message.phone.empty()) {
    append_member(out, "to", message.phone.reveal(), limits::kProviderIdBytesMax);
  } else {
    append_member(out, "recipient", message.bsuid.reveal(), limits::kProviderIdBytesMax);
  }
  if (!message.callback.empty())
    append_member(out, "biz_opaque_callback_data", message.callback, limits::kCallbackBytesMax);
  if (text == nullptr) {
    append_template(out, std::get<TemplateMessage>(message.content));
  } else if (text->buttons.empty()) {
    append_text(out, *text);
  } else if (text->buttons.size() <= limits::kSendButtonsMax) {
    append_buttons(out, *text);
  } else {
    append_list(out, *text);
  }
  out += '}';
  return Personal(std::move(out));
}

std::string template_of_send(std::string_view body) {
  const JsonDocument document(body);
  if (!document.root()) return {};
  const auto made_of = member(*document.root(), "template");
  if (!made_of) return {};
  const auto language = member(*made_of, "language");
  std::string name(string_member(*made_of, "name"));
  if (language) name.append("/").append(string_member(*language, "code"));
  return name;
}

SendAnswer parse_send_answer(int http_status, std::string_view body) {
  SendAnswer answer;
  answer.verdict = verdict_of_status(http_status);
  if (body.size() > limits::kSendAnswerBytesMax) return answer;
  const JsonDocument document(body);
  if (!document.root()) return answer;
  if (auto error = member(*document.root(), "error")) {
    const auto code = integer_member(*error, "code");
    if (!code || !std::in_range<int>(*code)) return answer;
    answer.error_code = static_cast<int>(*code);
    answer.verdict = verdict_of_code(answer.error_code).value_or(answer.verdict);
    return answer;
  }
  if (http_status < 200 || http_status > 299) return answer;
  auto id = accepted_id(*document.root());
  if (id.empty() || id.size() > limits::kProviderIdBytesMax) return answer;
  answer.verdict = SendVerdict::kAccepted;
  answer.message = Personal(std::move(id));
  return answer;
}

}  // namespace mitr::whatsapp
