// Who a person is to Meta, and how that changes. Values only: which contact that is, and whether
// two are one, is decided where contacts are kept.
#pragma once

#include <chrono>
#include <string>

#include "protocols/personal.h"
#include "protocols/whatsapp/contact_entry.h"
#include "protocols/whatsapp/inbound_message.h"
#include "protocols/whatsapp/user_id_update.h"

namespace mitr::whatsapp {

/// Names of one person; any may be empty, but one of phone and bsuid is there.
struct PersonIdentity {
  std::string account;    ///< Business account that was written to: a bsuid means somebody only
                          ///< within its portfolio, a phone anywhere.
  Personal phone;         ///< Digits with country code. May pass to another person.
  Personal bsuid;         ///< As received. Ends with the phone.
  Personal parent_bsuid;  ///< As received. Never merged with `bsuid`.
  Personal username;      ///< Small letters, without '@'. Changes hands: never a key.
  bool operator==(const PersonIdentity&) const = default;
  bool named() const { return !phone.empty() || !bsuid.empty(); }
};

/// Meta says that one identity became another. The old one still comes in late webhooks.
struct IdentityChange {
  std::string number;  ///< phone_number_id that was told.
  Personal message;    ///< Names the news: the id of its message, or what it says.
  PersonIdentity before;
  PersonIdentity after;
  std::chrono::sys_seconds at{};
  bool operator==(const IdentityChange&) const = default;
};

/// The digits of a phone; empty for what is none. A value with letters is none: a BSUID stripped to
/// its digits would name a stranger.
Personal phone_digits(const Personal& written);
/// An id of Meta's, verbatim; empty if it is none (too long, or with control characters).
Personal provider_id(const Personal& id);
/// "@RealName" as "realname", for comparing.
Personal username_key(const Personal& written);

/// Who wrote `message`. `contact` is the entry of contacts[] that is about them, or null.
PersonIdentity sender_of(const InboundMessage& message, const ContactEntry* contact,
                         const std::string& account);
/// True if the entry is about somebody of that phone or bsuid.
bool is_about(const ContactEntry& contact, const Personal& phone, const Personal& bsuid);

/// What the two system messages tell; nothing named on one side: that side was not told.
IdentityChange change_in(const InboundMessage& message, const std::string& account);
IdentityChange change_in(const UserIdUpdate& update, const std::string& account);

}  // namespace mitr::whatsapp
