// One of `messages[]`: what a person sent to a business number.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "protocols/personal.h"
#include "protocols/whatsapp/content.h"
#include "protocols/whatsapp/error_notice.h"
#include "protocols/whatsapp/message_context.h"
#include "protocols/whatsapp/referral.h"

namespace mitr::whatsapp {

struct InboundMessage {
  Personal id;    ///< wamid; of a missed call's voicemail the call's wacid.
  Personal from;  ///< Phone, digits; left out for whoever hides it.
  Personal from_bsuid;
  Personal from_parent_bsuid;
  Personal group;  ///< Of messages in groups.
  std::optional<std::chrono::sys_seconds> at;
  std::string type;
  Content content;
  std::optional<Edit> edit;
  std::optional<MessageContext> context;
  std::optional<Referral> referral;
  std::optional<IdentityKey> identity;
  std::vector<ErrorNotice> errors;
  Rest rest;
  bool operator==(const InboundMessage&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.id("id", self.id);
    wire.id("from", self.from);
    wire.id("from_user_id", self.from_bsuid);
    wire.id("from_parent_user_id", self.from_parent_bsuid);
    wire.id("group_id", self.group);
    wire.time("timestamp", self.at);
    wire.text("type", self.type);
    wire.content(self.type, self.content);
    if (self.type == "edit") wire.noun("edit", self.edit);
    wire.noun("context", self.context);
    wire.noun("referral", self.referral);
    if (self.type == "system") wire.noun("identity", self.identity);
    wire.nouns("errors", self.errors);
  }
};

}  // namespace mitr::whatsapp
