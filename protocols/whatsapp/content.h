// What a message holds, one kind each; the member of that name in Meta's JSON.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "protocols/personal.h"
#include "protocols/whatsapp/basket.h"
#include "protocols/whatsapp/contact_card.h"
#include "protocols/whatsapp/interactive.h"
#include "protocols/whatsapp/media.h"
#include "protocols/whatsapp/place.h"
#include "protocols/whatsapp/rest.h"
#include "protocols/whatsapp/system_notice.h"

namespace mitr::whatsapp {

struct TypedText {
  Personal body;
  Rest rest;
  bool operator==(const TypedText&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("body", self.body);
  }
};

/// A tap on a template's quick-reply button.
struct QuickReply {
  std::string payload;  ///< As we gave it.
  Personal text;
  Rest rest;
  bool operator==(const QuickReply&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("payload", self.payload);
    wire.text("text", self.text);
  }
};

struct Reaction {
  Personal message;                 ///< The message it is stuck to.
  std::optional<Personal> emoji{};  ///< None, or empty: it was taken away.
  Rest rest;
  bool operator==(const Reaction&) const = default;
  bool taken_away() const { return !emoji || emoji->empty(); }

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.id("message_id", self.message);
    wire.text("emoji", self.emoji);
  }
};

/// The sender deleted a message for everyone. May come before the message it names.
struct Revoke {
  Personal message;
  Rest rest;
  bool operator==(const Revoke&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.id("original_message_id", self.message);
  }
};

/// What a phone can show and the API cannot.
struct Unsupported {
  std::string type;  ///< Of what it wraps, as "poll"; may be empty.
  Rest rest;
  bool operator==(const Unsupported&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("type", self.type);
  }
};

/// A kind that Meta added since.
struct UnknownContent {
  Personal json;
  bool operator==(const UnknownContent&) const = default;
};

using ContactCards = std::vector<ContactCard>;

/// Nothing: kinds without a body, and those whose body is missing.
using Content =
    std::variant<std::monostate, TypedText, Media, Place, ContactCards, Reaction, QuickReply,
                 Interactive, Basket, SystemNotice, Revoke, Unsupported, UnknownContent>;

/// What an edited message holds now.
struct EditedMessage {
  std::string type;
  Content content;
  Rest rest;
  bool operator==(const EditedMessage&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("type", self.type);
    wire.content(self.type, self.content);
  }
};

/// The sender changed a message. May come before the message it names.
struct Edit {
  Personal message;
  std::optional<EditedMessage> edited;
  Rest rest;
  bool operator==(const Edit&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.id("original_message_id", self.message);
    wire.noun("message", self.edited);
  }
};

}  // namespace mitr::whatsapp
