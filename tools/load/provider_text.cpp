#include "tools/load/provider_text.h"

#include <array>
#include <charconv>

namespace mitr::load {
namespace {

constexpr std::string_view kAccount = "102290129340398";
constexpr std::string_view kDisplayPhone = "15550783881";
constexpr std::size_t kBodyBytes = 900;  // A usual webhook with a short text.

/// `text` inside quotes of JSON. UTF-8 goes through as it is.
void append_json(std::string& out, std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20) {
      out += "\\u00";
      out += kHex[byte >> 4u];
      out += kHex[byte & 15u];
    } else {
      out += c;
    }
  }
}

void append_hex(std::string& out, std::uint64_t number, std::size_t digits) {
  std::array<char, 16> text;
  const auto end = std::to_chars(text.data(), text.data() + text.size(), number, 16).ptr;
  const auto count = static_cast<std::size_t>(end - text.data());
  if (count < digits) out.append(digits - count, '0');
  out.append(text.data(), count);
}

void begin(std::string& out, std::string_view number) {
  out.reserve(kBodyBytes);
  out += R"({"object":"whatsapp_business_account","entry":[{"id":")";
  out += kAccount;
  out +=
      R"(","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":")";
  out += kDisplayPhone;
  out += R"(","phone_number_id":")";
  out += number;
  out += R"("},"contacts":[{"profile":{"name":")";
}

void append_contact(std::string& out, std::string_view name, std::string_view phone) {
  append_json(out, name);
  out += R"("},"wa_id":")";
  out += phone;
  out += R"(","user_id":"IN.7)";
  out += phone;
  out += "\"}],";
}

void append_time(std::string& out, std::chrono::sys_seconds at) {
  out += R"(","timestamp":")";
  out += std::to_string(at.time_since_epoch().count());
}

}  // namespace

std::string wamid_of_turn(const Cast& cast, PersonIndex person, std::size_t turn) {
  std::string out = "wamid.HBgM";
  out += cast.phone(person);
  out += "FQIAEhgUM0E";
  append_hex(out, drawn(cast.parts().base + person, turn + 2000), 16);
  append_hex(out, turn, 2);
  out += "AA==";
  return out;
}

std::string message_webhook(const Cast& cast, PersonIndex person, std::size_t turn,
                            std::string_view wamid, std::chrono::sys_seconds at,
                            std::string_view text) {
  const ScriptTurn& script = cast.script(person).turns[turn];
  const auto phone = cast.phone(person);
  const auto words = text.empty() ? script.say.fill(cast.values(person)) : std::string(text);
  std::string out;
  begin(out, cast.number(person));
  append_contact(out, cast.profile_name(person), phone);
  out += R"("messages":[{"from":")";
  out += phone;
  out += R"(","from_user_id":"IN.7)";
  out += phone;
  out += R"(","id":")";
  out += wamid;
  append_time(out, at);
  if (script.button_id.empty() || !text.empty()) {
    out += R"(","type":"text","text":{"body":")";
    append_json(out, words);
    out += "\"}";
  } else {
    out += R"(","type":"interactive","interactive":{"type":"button_reply","button_reply":{"id":")";
    append_json(out, script.button_id);
    out += R"(","title":")";
    append_json(out, words);
    out += "\"}}";
  }
  out += R"(}]},"field":"messages"}]}]})";
  return out;
}

std::string status_webhook(const Cast& cast, PersonIndex person, std::string_view wamid,
                           std::string_view state, std::string_view callback,
                           std::chrono::sys_seconds at) {
  const auto phone = cast.phone(person);
  std::string out;
  begin(out, cast.number(person));
  append_contact(out, cast.profile_name(person), phone);
  out += R"("statuses":[{"id":")";
  out += wamid;
  out += R"(","status":")";
  out += state;
  append_time(out, at);
  out += R"(","recipient_id":")";
  out += phone;
  out += R"(","recipient_user_id":"IN.7)";
  out += phone;
  if (!callback.empty()) {
    out += R"(","biz_opaque_callback_data":")";
    append_json(out, callback);
  }
  out += R"("}]},"field":"messages"}]}]})";
  return out;
}

std::string accepted_answer(std::string_view to, std::string_view wamid) {
  std::string out = R"({"messaging_product":"whatsapp","contacts":[{"input":")";
  append_json(out, to);
  out += R"(","wa_id":")";
  append_json(out, to);
  out += R"("}],"messages":[{"id":")";
  out += wamid;
  out += "\"}]}";
  return out;
}

}  // namespace mitr::load
