// A send as Meta reads it: POST /{version}/{phone_number_id}/messages, checked the way Meta checks
// it.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "protocols/outbound.h"
#include "protocols/personal.h"
#include "tools/graph/template_book.h"

namespace mitr::graph {

/// Meta's refusal.
struct GraphError {
  int status = 400;
  int code = 100;
  int subcode = 0;  ///< 0: left out.
  std::string type = "OAuthException";
  std::string message = {};
  std::string details = {};
};
std::string render(const GraphError& error);

struct SendMessage {
  Personal phone;  ///< `to`, digits; empty when only `recipient` was given.
  Personal bsuid;
  Personal text;  ///< As the reader sees it, templates filled.
  std::vector<Button> buttons;
  std::string template_name;  ///< Empty: free words.
  std::string callback;       ///< biz_opaque_callback_data.
};
/// `status: read`, perhaps with a typing indicator.
struct SendReadMark {
  Personal wamid;
  bool typing = false;
};

using SendRequest = std::variant<SendMessage, SendReadMark, GraphError>;
/// `templates` empty: every template is taken as approved.
SendRequest parse_send(std::string_view body, const TemplateBook& templates);

/// Meta's answer to an accepted send.
Personal render_accepted(const SendMessage& message, const Personal& phone, const Personal& wamid);

}  // namespace mitr::graph
