// One of `state_sync[]`: the business's own address book on its phone.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "protocols/personal.h"
#include "protocols/whatsapp/rest.h"

namespace mitr::whatsapp {

struct BookedPerson {
  Personal full_name;
  Personal first_name;
  Personal phone;
  Personal bsuid;
  Personal parent_bsuid;
  Personal username;
  Rest rest;
  bool operator==(const BookedPerson&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("full_name", self.full_name);
    wire.text("first_name", self.first_name);
    wire.text("phone_number", self.phone);
    wire.id("user_id", self.bsuid);
    wire.id("parent_user_id", self.parent_bsuid);
    wire.text("username", self.username);
  }
};

struct BookedAt {
  std::optional<std::chrono::sys_seconds> at;
  Rest rest;
  bool operator==(const BookedAt&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.time("timestamp", self.at);
  }
};

struct AddressBookEntry {
  std::string type;    ///< "contact".
  std::string action;  ///< "add", "edit", "remove".
  std::optional<BookedPerson> person;
  std::optional<BookedAt> when;
  Rest rest;
  bool operator==(const AddressBookEntry&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("type", self.type);
    wire.noun("contact", self.person);
    wire.text("action", self.action);
    wire.noun("metadata", self.when);
  }
};

}  // namespace mitr::whatsapp
