// One of `user_preferences[]`: what a person no longer wants to be sent, or wants again.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "protocols/personal.h"
#include "protocols/whatsapp/rest.h"

namespace mitr::whatsapp {

struct UserPreference {
  Personal phone;
  Personal bsuid;
  Personal parent_bsuid;
  Personal detail;
  std::string category;  ///< "marketing_messages".
  std::string value;     ///< "stop" or "resume".
  std::optional<std::chrono::sys_seconds> at;
  Rest rest;
  bool operator==(const UserPreference&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.id("wa_id", self.phone);
    wire.id("user_id", self.bsuid);
    wire.id("parent_user_id", self.parent_bsuid);
    wire.text("detail", self.detail);
    wire.text("category", self.category);
    wire.text("value", self.value);
    wire.number_time("timestamp", self.at);
  }
};

}  // namespace mitr::whatsapp
