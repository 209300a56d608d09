// What came back from an interactive message: a button, a list row, a form, a call permission.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "protocols/personal.h"
#include "protocols/whatsapp/rest.h"

namespace mitr::whatsapp {

/// A button or list row that was tapped.
struct Tap {
  std::string id;  ///< As we gave it.
  Personal title;
  Personal description;  ///< Of list rows.
  Rest rest;
  bool operator==(const Tap&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.id("id", self.id);
    wire.text("title", self.title);
    wire.text("description", self.description);
  }
};

/// A filled form (a flow, an address).
struct FormReply {
  std::string name;   ///< "flow", "address_message".
  std::string body;   ///< "Sent".
  Personal response;  ///< JSON in a string; need not be an object, nor hold a flow_token.
  Rest rest;
  bool operator==(const FormReply&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("name", self.name);
    wire.text("body", self.body);
    wire.text("response_json", self.response);
  }
};

/// May we call this person?
struct CallPermission {
  std::string response;  ///< "accept" or "reject".
  std::optional<bool> permanent;
  std::optional<std::chrono::sys_seconds> expires;
  std::string source;  ///< "user_action" or "automatic".
  Rest rest;
  bool operator==(const CallPermission&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("response", self.response);
    wire.flag("is_permanent", self.permanent);
    wire.time("expiration_timestamp", self.expires);
    wire.text("response_source", self.source);
  }
};

struct Interactive {
  std::string type;  ///< Names the one member below that is there.
  std::optional<Tap> button;
  std::optional<Tap> row;
  std::optional<FormReply> form;
  std::optional<CallPermission> permission;
  Rest rest;
  bool operator==(const Interactive&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("type", self.type);
    wire.noun("button_reply", self.button);
    wire.noun("list_reply", self.row);
    wire.noun("nfm_reply", self.form);
    wire.noun("call_permission_reply", self.permission);
  }
};

}  // namespace mitr::whatsapp
