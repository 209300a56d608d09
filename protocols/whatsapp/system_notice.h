// What WhatsApp itself says in a chat: a phone or an id changed, a security code is another.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "protocols/personal.h"
#include "protocols/whatsapp/rest.h"

namespace mitr::whatsapp {

struct SystemNotice {
  Personal body;     ///< For people; the one place that names an old and a new id together.
  std::string type;  ///< "user_changed_number", "user_changed_user_id", …
  Personal phone;    ///< The new one.
  Personal bsuid;    ///< The new one.
  Personal parent_bsuid;
  Personal customer;  ///< Older name of the phone.
  Personal identity;  ///< Older place of the identity's hash.
  Rest rest;
  bool operator==(const SystemNotice&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("body", self.body);
    wire.text("type", self.type);
    wire.id("wa_id", self.phone);
    wire.id("user_id", self.bsuid);
    wire.id("parent_user_id", self.parent_bsuid);
    wire.id("customer", self.customer);
    wire.text("identity", self.identity);
  }
};

/// Beside a notice of a changed security code.
struct IdentityKey {
  std::optional<bool> acknowledged;
  std::optional<std::chrono::sys_seconds> created;
  Personal hash;
  Rest rest;
  bool operator==(const IdentityKey&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.flag("acknowledged", self.acknowledged);
    wire.time("created_timestamp", self.created);
    wire.text("hash", self.hash);
  }
};

}  // namespace mitr::whatsapp
