// One of `message_echoes[]`, or a message of the past: what the business said by another app on the
// same number, a phone or an agent of Meta's.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "protocols/personal.h"
#include "protocols/whatsapp/content.h"
#include "protocols/whatsapp/error_notice.h"
#include "protocols/whatsapp/message_context.h"

namespace mitr::whatsapp {

/// How far a message of the past got.
struct HistoryContext {
  std::string status;
  std::optional<bool> from_us;
  Rest rest;
  bool operator==(const HistoryContext&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("status", self.status);
    wire.flag("from_me", self.from_us);
  }
};

struct MessageEcho {
  Personal id;
  Personal from;  ///< The business's own phone; in the past also the person's.
  Personal from_bsuid;
  Personal to;  ///< The person's phone; may be left out.
  Personal to_bsuid;
  Personal to_parent_bsuid;
  std::optional<std::chrono::sys_seconds> at;
  std::string type;
  Content content;
  std::optional<Edit> edit;
  std::optional<MessageContext> context;
  std::optional<HistoryContext> past;
  std::vector<ErrorNotice> errors;
  Rest rest;
  bool operator==(const MessageEcho&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.id("id", self.id);
    wire.id("from", self.from);
    wire.id("from_user_id", self.from_bsuid);
    wire.id("to", self.to);
    wire.id("to_user_id", self.to_bsuid);
    wire.id("to_parent_user_id", self.to_parent_bsuid);
    wire.time("timestamp", self.at);
    wire.text("type", self.type);
    wire.content(self.type, self.content);
    if (self.type == "edit") wire.noun("edit", self.edit);
    wire.noun("context", self.context);
    wire.noun("history_context", self.past);
    wire.nouns("errors", self.errors);
  }
};

}  // namespace mitr::whatsapp
