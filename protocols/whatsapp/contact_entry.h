// One of `contacts[]`: what Meta tells about whoever a message or status is about.
#pragma once

#include <optional>

#include "protocols/personal.h"
#include "protocols/whatsapp/rest.h"

namespace mitr::whatsapp {

struct ContactProfile {
  Personal name;
  Personal username;  ///< With or without the leading '@': both are seen.
  Rest rest;
  bool operator==(const ContactProfile&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("name", self.name);
    wire.text("username", self.username);
  }
};

struct ContactEntry {
  std::optional<ContactProfile> profile;
  Personal phone;  ///< `wa_id`; left out for whoever has a username and hides it.
  Personal bsuid;
  Personal parent_bsuid;
  Personal identity_key_hash;  ///< Changes with the person's phone or installation.
  Rest rest;
  bool operator==(const ContactEntry&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.noun("profile", self.profile);
    wire.id("wa_id", self.phone);
    wire.id("user_id", self.bsuid);
    wire.id("parent_user_id", self.parent_bsuid);
    wire.text("identity_key_hash", self.identity_key_hash);
  }
};

}  // namespace mitr::whatsapp
