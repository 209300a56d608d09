// One of `user_id_update[]`: the only place where Meta links an old BSUID to its new one.
#pragma once

#include <chrono>
#include <optional>

#include "protocols/personal.h"
#include "protocols/whatsapp/rest.h"

namespace mitr::whatsapp {

struct IdPair {
  Personal previous;
  Personal current;
  Rest rest;
  bool operator==(const IdPair&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("previous", self.previous);
    wire.text("current", self.current);
  }
};

struct UserIdUpdate {
  Personal phone;
  Personal detail;
  std::optional<IdPair> bsuid;
  std::optional<IdPair> parent_bsuid;
  std::optional<std::chrono::sys_seconds> at;
  Rest rest;
  bool operator==(const UserIdUpdate&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.id("wa_id", self.phone);
    wire.text("detail", self.detail);
    wire.noun("user_id", self.bsuid);
    wire.noun("parent_user_id", self.parent_bsuid);
    wire.time("timestamp", self.at);
  }
};

}  // namespace mitr::whatsapp
