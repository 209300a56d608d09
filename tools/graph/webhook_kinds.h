// Every kind of webhook Meta posts, made on demand: what the simulator's people cannot do by
// typing.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/personal.h"
#include "protocols/whatsapp/notification.h"
#include "tools/graph/settings.h"

namespace mitr::graph {

/// What a webhook is made from; a kind takes of it what it has a place for.
struct WebhookParts {
  SimNumber number;
  Personal phone;
  Personal name;
  Personal id;     ///< Of the message, status or call.
  Personal about;  ///< Of the message it answers, changes, takes back or reports on.
  Personal text;
  std::string callback;       ///< biz_opaque_callback_data of a status.
  bool phone_hidden = false;  ///< The person has a username and shows only their BSUID.
  std::chrono::sys_seconds at{};
};

/// Their names, as "text", "status/read", "account_update".
std::vector<std::string_view> webhook_kinds();
/// Nothing for a name that is none.
std::optional<whatsapp::Notification> make_webhook(std::string_view kind,
                                                   const WebhookParts& parts);

}  // namespace mitr::graph
