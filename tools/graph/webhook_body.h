// The JSON bodies that Meta posts to a webhook, made from values. Non-ASCII is escaped, as Meta
// does.
#pragma once

#include <chrono>
#include <string>

#include "protocols/personal.h"
#include "tools/graph/settings.h"

namespace mitr::graph {

/// A message of a person to a business number.
struct SimInbound {
  Personal wamid;
  Personal phone;
  Personal name;
  std::chrono::sys_seconds at{};
  Personal text;          ///< What was typed, or the title of the button tapped.
  std::string button_id;  ///< Set: a tap on an interactive button.
  Personal context;       ///< wamid of the message the button was under; may be empty.
};
Personal render_inbound(const SimNumber& number, const SimInbound& message);

/// How far a message of a business got.
struct SimStatus {
  Personal wamid;
  Personal phone;
  Personal name;
  std::string state;     ///< "sent", "delivered", "read", "failed".
  std::string callback;  ///< biz_opaque_callback_data as given; empty: left out.
  std::string category;  ///< "service", "utility" …; empty: no pricing on this status.
  int error_code = 0;    ///< For "failed".
  std::string error_title;
  std::string error_details;
  std::chrono::sys_seconds at{};
};
Personal render_status(const SimNumber& number, const SimStatus& status);

}  // namespace mitr::graph
