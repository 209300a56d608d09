// One of `calls[]`: a call is offered, answered, over.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocols/personal.h"
#include "protocols/whatsapp/error_notice.h"

namespace mitr::whatsapp {

/// A session description; holds addresses of networks and keys.
struct CallSession {
  std::string type;  ///< "offer" or "answer".
  Personal sdp;
  Rest rest;
  bool operator==(const CallSession&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("sdp_type", self.type);
    wire.text("sdp", self.sdp);
  }
};

struct CallEvent {
  Personal id;        ///< wacid.
  std::string event;  ///< "connect", "terminate", "call_created" …
  std::string direction;
  std::string state;  ///< Of "terminate": "COMPLETED", "FAILED"; lists are seen too (see rest).
  std::optional<std::chrono::sys_seconds> at;
  Personal from;
  Personal from_bsuid;
  Personal from_parent_bsuid;
  Personal to;
  Personal to_bsuid;
  Personal to_parent_bsuid;
  std::optional<CallSession> session;
  std::optional<std::chrono::sys_seconds> started;
  std::optional<std::chrono::sys_seconds> ended;
  std::optional<std::int64_t> seconds;  ///< How long it lasted.
  std::string callback;
  std::string deeplink_payload;
  std::string cta_payload;
  std::vector<ErrorNotice> errors;
  Rest rest;
  bool operator==(const CallEvent&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.id("id", self.id);
    wire.text("event", self.event);
    wire.text("direction", self.direction);
    wire.text("status", self.state);
    wire.time("timestamp", self.at);
    wire.id("from", self.from);
    wire.id("from_user_id", self.from_bsuid);
    wire.id("from_parent_user_id", self.from_parent_bsuid);
    wire.id("to", self.to);
    wire.id("to_user_id", self.to_bsuid);
    wire.id("to_parent_user_id", self.to_parent_bsuid);
    wire.noun("session", self.session);
    wire.time("start_time", self.started);
    wire.time("end_time", self.ended);
    wire.whole("duration", self.seconds);
    wire.text("biz_opaque_callback_data", self.callback);
    wire.text("deeplink_payload", self.deeplink_payload);
    wire.text("cta_payload", self.cta_payload);
    wire.nouns("errors", self.errors);
  }
};

}  // namespace mitr::whatsapp
