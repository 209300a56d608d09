// One of `groups[]`: a group was made, changed, joined or left.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "protocols/personal.h"
#include "protocols/whatsapp/error_notice.h"

namespace mitr::whatsapp {

struct GroupMember {
  Personal input;  ///< As the business asked for them.
  Personal phone;
  Personal bsuid;
  Personal parent_bsuid;
  Personal username;
  std::vector<ErrorNotice> errors;
  Rest rest;
  bool operator==(const GroupMember&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.id("input", self.input);
    wire.id("wa_id", self.phone);
    wire.id("user_id", self.bsuid);
    wire.id("parent_user_id", self.parent_bsuid);
    wire.text("username", self.username);
    wire.nouns("errors", self.errors);
  }
};

struct GroupPicture {
  std::string mime_type;
  std::string sha256;
  Rest rest;
  bool operator==(const GroupPicture&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("mime_type", self.mime_type);
    wire.text("sha256", self.sha256);
  }
};

struct GroupEvent {
  Personal group;
  std::string type;  ///< "group_create", "group_settings_update" …
  std::string request;
  std::string reason;
  std::string join_request;
  Personal subject;
  Personal description;
  Personal invite_link;
  std::string join_approval;
  Personal phone;  ///< Of whoever asks to join.
  Personal bsuid;
  Personal username;
  std::vector<GroupMember> added;
  std::vector<GroupMember> removed;
  std::vector<GroupMember> failed;
  std::optional<GroupPicture> picture;
  std::optional<std::chrono::sys_seconds> at;
  std::vector<ErrorNotice> errors;
  Rest rest;
  bool operator==(const GroupEvent&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.time("timestamp", self.at);
    wire.id("group_id", self.group);
    wire.text("type", self.type);
    wire.id("request_id", self.request);
    wire.text("reason", self.reason);
    wire.id("join_request_id", self.join_request);
    wire.text("subject", self.subject);
    wire.text("description", self.description);
    wire.text("invite_link", self.invite_link);
    wire.text("join_approval_mode", self.join_approval);
    wire.id("wa_id", self.phone);
    wire.id("user_id", self.bsuid);
    wire.text("username", self.username);
    wire.nouns("added_participants", self.added);
    wire.nouns("removed_participants", self.removed);
    wire.nouns("failed_participants", self.failed);
    wire.noun("profile_picture", self.picture);
    wire.nouns("errors", self.errors);
  }
};

}  // namespace mitr::whatsapp
