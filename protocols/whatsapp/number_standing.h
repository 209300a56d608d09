// What became of a business number: its quality, name, username and locks.
#pragma once

#include <string>

#include "protocols/personal.h"
#include "protocols/whatsapp/rest.h"

namespace mitr::whatsapp {

/// Field phone_number_quality_update.
struct NumberQualityNews {
  std::string display_phone;
  std::string event;      ///< "ONBOARDING", "THROUGHPUT_UPGRADE", older "FLAGGED".
  std::string day_limit;  ///< "TIER_2K"; of the whole portfolio.
  std::string limit;      ///< Older.
  std::string old_limit;  ///< Older.
  Rest rest;
  bool operator==(const NumberQualityNews&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("display_phone_number", self.display_phone);
    wire.text("event", self.event);
    wire.id("max_daily_conversations_per_business", self.day_limit);
    wire.text("current_limit", self.limit);
    wire.text("old_limit", self.old_limit);
  }
};

/// Field phone_number_name_update.
struct NumberNameNews {
  std::string display_phone;
  std::string decision;
  std::string name;
  std::string reason;
  Rest rest;
  bool operator==(const NumberNameNews&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("display_phone_number", self.display_phone);
    wire.text("decision", self.decision);
    wire.text("requested_verified_name", self.name);
    wire.text("rejection_reason", self.reason);
  }
};

/// Field security: two-step verification.
struct SecurityNews {
  std::string display_phone;
  std::string event;
  Personal requester;
  Rest rest;
  bool operator==(const SecurityNews&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("display_phone_number", self.display_phone);
    wire.text("event", self.event);
    wire.text("requester", self.requester);
  }
};

/// Field business_username_update, also spelled business_username_updates: the business's own.
struct BusinessUsernameNews {
  std::string display_phone;
  std::string username;
  std::string status;
  Rest rest;
  bool operator==(const BusinessUsernameNews&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("display_phone_number", self.display_phone);
    wire.text("username", self.username);
    wire.text("status", self.status);
  }
};

}  // namespace mitr::whatsapp
