// One of `statuses[]`: how far a message, a payment or a call of ours got.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "protocols/personal.h"
#include "protocols/whatsapp/error_notice.h"
#include "protocols/whatsapp/payment.h"

namespace mitr::whatsapp {

/// What Meta bills for a message. On `sent`, and once more on `delivered` or `read`.
struct Pricing {
  std::optional<bool> billable;
  std::string model;     ///< "PMP".
  std::string type;      ///< "regular", "free_customer_service", "free_entry_point".
  std::string category;  ///< "service", "utility", "authentication-international" …
  Rest rest;
  bool operator==(const Pricing&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.flag("billable", self.billable);
    wire.text("pricing_model", self.model);
    wire.text("type", self.type);
    wire.text("category", self.category);
  }
};

struct BilledOrigin {
  std::string type;
  Rest rest;
  bool operator==(const BilledOrigin&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("type", self.type);
  }
};

/// Left out since v24, unless somebody came by an advertisement.
struct BilledConversation {
  std::string id;
  std::optional<std::chrono::sys_seconds> expires;
  std::optional<BilledOrigin> origin;
  Rest rest;
  bool operator==(const BilledConversation&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.id("id", self.id);
    wire.time("expiration_timestamp", self.expires);
    wire.noun("origin", self.origin);
  }
};

struct StatusNotice {
  Personal id;        ///< wamid; of calls the wacid.
  std::string state;  ///< "sent" … "failed", "captured", "RINGING"; as received.
  std::string type;   ///< "payment", "call", or empty: a message.
  std::optional<std::chrono::sys_seconds> at;
  Personal recipient;  ///< Phone, digits; or a group's id.
  Personal recipient_bsuid;
  Personal recipient_parent_bsuid;
  std::string recipient_type;  ///< "group", or empty.
  Personal participant;
  Personal participant_bsuid;
  Personal participant_parent_bsuid;
  Personal identity_key_hash;
  std::string callback;  ///< biz_opaque_callback_data: ours.
  std::optional<BilledConversation> conversation;
  std::optional<Pricing> pricing;
  std::optional<Payment> payment;
  std::vector<ErrorNotice> errors;
  Rest rest;
  bool operator==(const StatusNotice&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.id("id", self.id);
    wire.text("status", self.state);
    wire.text("type", self.type);
    wire.time("timestamp", self.at);
    wire.id("recipient_id", self.recipient);
    wire.id("recipient_user_id", self.recipient_bsuid);
    wire.id("recipient_parent_user_id", self.recipient_parent_bsuid);
    wire.text("recipient_type", self.recipient_type);
    wire.id("recipient_participant_id", self.participant);
    wire.id("recipient_participant_user_id", self.participant_bsuid);
    wire.id("recipient_participant_parent_user_id", self.participant_parent_bsuid);
    wire.text("recipient_identity_key_hash", self.identity_key_hash);
    wire.text("biz_opaque_callback_data", self.callback);
    wire.noun("conversation", self.conversation);
    wire.noun("pricing", self.pricing);
    wire.noun("payment", self.payment);
    wire.nouns("errors", self.errors);
  }
};

}  // namespace mitr::whatsapp
