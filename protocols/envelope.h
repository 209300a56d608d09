// One inbound message, whichever provider it came by. Values only.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "protocols/personal.h"

namespace mitr {

/// The contact wrote words (typed, or a template's quick-reply button, whose text they are).
struct Words {
  Personal text;
  bool operator==(const Words&) const = default;
};

/// The contact tapped a button or list row that we offered.
struct Choice {
  std::string id;  ///< The id we gave the button; ours, so not personal.
  Personal title;  ///< What the contact saw on it.
  bool operator==(const Choice&) const = default;
};

/// What kind of file was sent. Stored: new ones go to the end.
enum class AttachmentKind : std::uint8_t {
  kImage,
  kDocument,
  kAudio,
  kVideo,
  kSticker,
  kTheLast,  ///< The count of kinds. Never stored.
};

/// A file the contact sent. Its bytes stay with the provider until somebody fetches them.
struct Attachment {
  AttachmentKind kind = AttachmentKind::kImage;
  Personal media;    ///< The provider's id of the file; never empty.
  std::string mime;  ///< As the provider says, as "image/jpeg"; may be empty.
  Personal caption;  ///< Words sent with it; may be empty.
  bool operator==(const Attachment&) const = default;
};

/// A place the contact pinned, in millionths of a degree. Where somebody is, is personal: the
/// numbers are never printed.
struct Location {
  std::int32_t latitude = 0;   ///< -90,000,000 to 90,000,000.
  std::int32_t longitude = 0;  ///< -180,000,000 to 180,000,000.
  Personal name;               ///< As "Main gate"; may be empty.
  Personal address;            ///< May be empty.
  bool operator==(const Location&) const = default;
};

/// One line of a basket.
struct OrderItem {
  std::string product;  ///< The business's own id of it, so not personal.
  std::uint32_t quantity = 0;
  std::int64_t price_paise = 0;  ///< Of one, as the contact saw it.
  bool operator==(const OrderItem&) const = default;
};

/// A basket filled from the business's catalogue; never empty.
struct Order {
  std::vector<OrderItem> items;
  bool operator==(const Order&) const = default;
};

/// Something this version stores but cannot read (a contact card, a type Meta added yesterday).
struct Unreadable {
  std::string type;    ///< The provider's name for it, as received; at most type_chars_max.
  bool answer = true;  ///< False for what needs no reply: a reaction, an edit, a system notice.
  bool operator==(const Unreadable&) const = default;
};

/// A person of the business wrote to the contact by another app on the same number. The envelope
/// names the contact, not the writer.
struct HumanWrote {
  Personal text;  ///< Empty: a file, or a message that was changed or taken back.
  bool operator==(const HumanWrote&) const = default;
};

/// The contact told the provider whether they want to be sold to.
struct MarketingWish {
  bool wanted = false;
  bool operator==(const MarketingWish&) const = default;
};

using MessageBody =
    std::variant<Words, Choice, Unreadable, Attachment, Location, Order, HumanWrote, MarketingWish>;

/// One inbound message.
struct Envelope {
  std::string
      number;  ///< Provider's id of the tenant's number that received it (phone_number_id). Routes.
  Personal message;  ///< Provider's message id (wamid). Personal: it carries the phone in base64.
  Personal phone;    ///< Sender's phone, digits only with country code; empty when withheld.
  Personal bsuid;    ///< Sender's business-scoped user id; empty before Meta sends them.
  Personal parent_bsuid;  ///< The same across the portfolios of one group; mostly empty.
  Personal username;      ///< Small letters, without '@'; changes hands, so never a key.
  std::string account;    ///< Provider's id of the business account; a bsuid means somebody only
                          ///< within its portfolio.
  Personal profile_name;  ///< As the contact set it; may be empty.
  std::chrono::sys_seconds sent_at{};  ///< Whole seconds, the provider's clock.
  MessageBody body;
  bool operator==(const Envelope&) const = default;
};

/// How far an outbound message got, as the provider reports it. Ranked: never moves backwards.
enum class DeliveryState : std::uint8_t {
  kSent = 1,
  kDelivered = 2,
  kRead = 3,
  kPlayed = 4,
  kFailed = 5
};

/// A status webhook about one of our messages.
struct DeliveryStatus {
  std::string number;    ///< phone_number_id that sent it. Routes.
  Personal message;      ///< wamid given by the provider when it accepted the message.
  std::string callback;  ///< biz_opaque_callback_data as we set it: the text form of an OutboxRef;
                         ///< may be empty.
  DeliveryState state = DeliveryState::kSent;
  int error_code = 0;  ///< Provider's code when failed, else 0.
  std::chrono::sys_seconds at{};
  bool operator==(const DeliveryStatus&) const = default;
};

}  // namespace mitr
