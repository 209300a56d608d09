// One message to send, whichever provider it leaves by. Values only.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "protocols/personal.h"

namespace mitr {

/// A tap-able answer under a message. WhatsApp: up to 3 are buttons, title at most 20 characters;
/// up to 10 are the rows of a list, title at most 24.
struct Button {
  std::string id;
  std::string title;
  bool operator==(const Button&) const = default;
};

/// Free words, allowed inside the provider's customer service window; with up to ten answers to
/// tap.
struct TextMessage {
  Personal text;
  std::vector<Button> buttons;
  bool operator==(const TextMessage&) const = default;
};

/// A message pre-approved by the provider: the only kind that may start a conversation.
struct TemplateMessage {
  std::string name;                  ///< As registered with the provider.
  std::string language;              ///< Provider's code, as "en".
  std::vector<Personal> parameters;  ///< Positional body parameters, no new-lines or tabs inside.
  bool operator==(const TemplateMessage&) const = default;
};

struct Outbound {
  Personal phone;  ///< Recipient, digits only; preferred when known.
  Personal bsuid;  ///< Recipient when the phone is withheld.
  std::variant<TextMessage, TemplateMessage> content;
  std::string callback;  ///< Comes back in status webhooks: the text form of the OutboxRef.
  bool operator==(const Outbound&) const = default;
};

}  // namespace mitr
