// Who answers a thread changed: another app on the same number took it, passed it, or let it go.
#pragma once

#include <string>

#include "protocols/personal.h"
#include "protocols/whatsapp/rest.h"

namespace mitr::whatsapp {

/// Either side of a thread: a person by phone or id, or the business by its number.
struct ThreadSide {
  Personal phone;
  Personal bsuid;
  std::string display_phone;
  std::string number;
  Rest rest;
  bool operator==(const ThreadSide&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("phone_number", self.phone);
    wire.id("user_id", self.bsuid);
    wire.text("display_phone_number", self.display_phone);
    wire.id("phone_number_id", self.number);
  }
};

struct ThreadControl {
  std::string previous_app;
  std::string new_app;
  Personal metadata;  ///< Words of one app to the other: may hold what a person said.
  Rest rest;
  bool operator==(const ThreadControl&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.id("previous_owner_app_id", self.previous_app);
    wire.id("new_owner_app_id", self.new_app);
    wire.text("metadata", self.metadata);
  }
};

}  // namespace mitr::whatsapp
