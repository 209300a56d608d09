// Meta's webhook bodies as values: what becomes Words, Choice or Unreadable, and what is only
// counted.
#include "protocols/whatsapp/webhook.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>

#include "protocols/limits.h"
#include "protocols/whatsapp/json.h"

namespace mitr::whatsapp {
namespace {

using simdjson::dom::array;

/// Types that need no reply. Any other type is answered with "I cannot read this", so that nobody
/// waits in vain.
constexpr std::array<std::string_view, 8> kQuietTypes = {
    "reaction", "edit",      "revoke",          "deleted",
    "system",   "ephemeral", "request_welcome", "call_permission_reply"};

bool is_quiet(std::string_view type) {
  return std::find(kQuietTypes.begin(), kQuietTypes.end(), type) != kQuietTypes.end();
}

/// The digits of a phone. A value with letters is no phone: a BSUID stripped to its digits would
/// name a stranger.
std::string phone_digits(std::string_view text) {
  std::string digits;
  for (char c : text) {
    if (c >= '0' && c <= '9') {
      digits += c;
    } else if (std::string_view("+ -().").find(c) == std::string_view::npos) {
      return {};
    }
    if (digits.size() > limits::kPhoneDigitsMax) return {};
  }
  return digits;
}

/// An id of the provider's, verbatim; empty if it is none (missing, too long, or with control
/// characters).
std::string provider_id(const Json& object, std::string_view key) {
  auto id = id_member(object, key);
  const bool control = std::any_of(id.begin(), id.end(), [](char c) { return c >= 0 && c < ' '; });
  if (control || id.size() > limits::kProviderIdBytesMax) return {};
  return id;
}

/// Whole seconds; the epoch when missing or beyond what a calendar of four-digit years holds.
std::chrono::sys_seconds moment_member(const Json& object, std::string_view key) {
  constexpr std::int64_t kYear10000 = 253'402'300'800;
  auto seconds = integer_member(object, key).value_or(0);
  if (seconds < 0 || seconds >= kYear10000) seconds = 0;
  return std::chrono::sys_seconds{std::chrono::seconds{seconds}};
}

Unreadable unreadable(std::string_view type, bool answer) {
  return {kept_text(type.empty() ? "unknown" : type, limits::kTypeCharsMax), answer};
}

MessageBody words_or_unreadable(std::string_view text, std::string_view type) {
  auto kept = kept_text(text, limits::kTextBytesMax);
  if (kept.empty()) return unreadable(type, true);
  return Words{Personal(std::move(kept))};
}

/// A tap on a button or list row of ours; a form, an address or a call permission is not ours to
/// read yet.
MessageBody interactive_body(const Json& message) {
  auto interactive = member(message, "interactive");
  if (!interactive) return unreadable("interactive", true);
  const auto type = string_member(*interactive, "type");
  if (type == "button_reply" || type == "list_reply") {
    if (auto reply = member(*interactive, type)) {
      auto id = kept_text(id_member(*reply, "id"), limits::kChoiceIdBytesMax);
      auto title = kept_text(string_member(*reply, "title"), limits::kTextBytesMax);
      if (!id.empty()) return Choice{std::move(id), Personal(std::move(title))};
    }
  }
  return unreadable(type.empty() ? "interactive" : type, !is_quiet(type));
}

std::optional<AttachmentKind> attachment_kind(std::string_view type) {
  if (type == "image") return AttachmentKind::kImage;
  if (type == "document") return AttachmentKind::kDocument;
  if (type == "audio" || type == "voice") return AttachmentKind::kAudio;
  if (type == "video") return AttachmentKind::kVideo;
  if (type == "sticker") return AttachmentKind::kSticker;
  return std::nullopt;
}

MessageBody attachment_body(const Json& message, std::string_view type, AttachmentKind kind) {
  const auto object = member(message, type);
  auto media = object ? provider_id(*object, "id") : std::string{};
  if (media.empty()) return unreadable(type, true);
  return Attachment{kind, Personal(std::move(media)),
                    kept_text(string_member(*object, "mime_type"), limits::kMimeCharsMax),
                    Personal(kept_text(string_member(*object, "caption"), limits::kTextBytesMax))};
}

MessageBody location_body(const Json& message) {
  constexpr std::int32_t kLatitudeMax = 90'000'000;
  constexpr std::int32_t kLongitudeMax = 180'000'000;
  const auto object = member(message, "location");
  if (!object) return unreadable("location", true);
  const auto latitude = millionths_member(*object, "latitude");
  const auto longitude = millionths_member(*object, "longitude");
  const bool on_earth = latitude && longitude && std::abs(*latitude) <= kLatitudeMax &&
                        std::abs(*longitude) <= kLongitudeMax;
  if (!on_earth) return unreadable("location", true);
  return Location{static_cast<std::int32_t>(*latitude), static_cast<std::int32_t>(*longitude),
                  Personal(kept_text(string_member(*object, "name"), limits::kNameBytesMax)),
                  Personal(kept_text(string_member(*object, "address"), limits::kTextBytesMax))};
}

/// A basket is read whole or not at all: what is left out would be missing in the shop.
MessageBody order_body(const Json& message) {
  constexpr std::int64_t kMillionthsPerPaisa = 10'000;
  const auto object = member(message, "order");
  const auto items = object ? array_member(*object, "product_items") : std::nullopt;
  if (!items || items->size() > limits::kOrderItemsMax) return unreadable("order", true);
  Order order;
  for (const Json item : *items) {
    auto product = kept_text(id_member(item, "product_retailer_id"), limits::kProductIdBytesMax);
    const auto quantity = integer_member(item, "quantity").value_or(0);
    const auto price = millionths_member(item, "item_price").value_or(-1);
    const auto currency = string_member(item, "currency");
    const bool sound = !product.empty() && quantity >= 1 &&
                       quantity <= std::int64_t{limits::kOrderQuantityMax} && price >= 0 &&
                       price / kMillionthsPerPaisa <= limits::kPricePaiseMax && currency == "INR";
    if (!sound) return unreadable("order", true);
    order.items.push_back({std::move(product), static_cast<std::uint32_t>(quantity),
                           (price + kMillionthsPerPaisa / 2) / kMillionthsPerPaisa});
  }
  if (order.items.empty()) return unreadable("order", true);
  return order;
}

MessageBody read_body(const Json& message) {
  const auto type = string_member(message, "type");
  if (const auto kind = attachment_kind(type)) return attachment_body(message, type, *kind);
  if (type == "location") return location_body(message);
  if (type == "order") return order_body(message);
  if (type == "text" || type == "button") {
    auto object = member(message, type);
    const auto key = type == "text" ? "body" : "text";
    return words_or_unreadable(object ? string_member(*object, key) : std::string_view{}, type);
  }
  if (type == "interactive") return interactive_body(message);
  if (type == "unsupported") {
    // Meta wraps what a client knows and the API does not, also things that need no reply.
    auto wrapped = member(message, "unsupported");
    return unreadable(type, !(wrapped && is_quiet(string_member(*wrapped, "type"))));
  }
  return unreadable(type, !is_quiet(type));
}

/// Adds what `contacts[]` knows about the sender. Matched by id: the lists are parallel in
/// practice, not by promise.
void add_contact(Envelope& envelope, const std::optional<array>& contacts) {
  if (!contacts) return;
  std::size_t looked_at = 0;
  for (const Json contact : *contacts) {
    if (++looked_at > limits::kWebhookItemsMax) return;
    auto bsuid = provider_id(contact, "user_id");
    auto phone = phone_digits(id_member(contact, "wa_id"));
    const bool same_bsuid = !bsuid.empty() && bsuid == envelope.bsuid.reveal();
    const bool same_phone = !phone.empty() && phone == envelope.phone.reveal();
    if (!same_bsuid && !same_phone) continue;
    if (envelope.bsuid.empty()) envelope.bsuid = Personal(std::move(bsuid));
    if (envelope.phone.empty()) envelope.phone = Personal(std::move(phone));
    if (auto profile = member(contact, "profile"))
      envelope.profile_name =
          Personal(kept_text(string_member(*profile, "name"), limits::kNameBytesMax));
    return;
  }
}

/// One of `messages[]`; nothing if it has no id or no sender, or was written in a group.
std::optional<Envelope> read_message(const Json& message, const std::string& number,
                                     const std::optional<array>& contacts) {
  // A reply would go to the writer alone, out of context; this version has no groups.
  if (number.empty() || member(message, "group_id")) return std::nullopt;
  Envelope envelope;
  envelope.message = Personal(provider_id(message, "id"));
  envelope.phone = Personal(phone_digits(id_member(message, "from")));
  envelope.bsuid = Personal(provider_id(message, "from_user_id"));
  if (envelope.message.empty() || (envelope.phone.empty() && envelope.bsuid.empty()))
    return std::nullopt;
  envelope.number = number;
  add_contact(envelope, contacts);
  envelope.sent_at = moment_member(message, "timestamp");
  envelope.body = read_body(message);
  return envelope;
}

std::optional<DeliveryState> state_of(std::string_view word) {
  if (word == "sent") return DeliveryState::kSent;
  if (word == "delivered") return DeliveryState::kDelivered;
  if (word == "read") return DeliveryState::kRead;
  if (word == "played") return DeliveryState::kPlayed;
  if (word == "failed") return DeliveryState::kFailed;
  return std::nullopt;
}

/// `errors[0].code`, or 0.
int first_error_code(const Json& status) {
  auto errors = array_member(status, "errors");
  if (!errors) return 0;
  for (const Json error : *errors) {
    const auto code = integer_member(error, "code").value_or(0);
    return std::in_range<int>(code) ? static_cast<int>(code) : 0;
  }
  return 0;
}

/// One of `statuses[]`; nothing if it is about a payment, or uses a word that this version does not
/// know.
std::optional<DeliveryStatus> read_status(const Json& item, const std::string& number) {
  const auto state = state_of(string_member(item, "status"));
  if (number.empty() || !state || string_member(item, "type") == "payment") return std::nullopt;
  DeliveryStatus status;
  status.message = Personal(provider_id(item, "id"));
  if (status.message.empty()) return std::nullopt;
  status.number = number;
  const auto callback = string_member(item, "biz_opaque_callback_data");
  // Longer than we may send is not ours; a part of it would name nothing.
  if (callback.size() <= limits::kCallbackBytesMax) status.callback = std::string(callback);
  status.state = *state;
  if (*state == DeliveryState::kFailed) status.error_code = first_error_code(item);
  status.at = moment_member(item, "timestamp");
  return status;
}

/// Reads one POST into a Webhook, counting as it goes.
class Reader {
 public:
  /// False when there are more items than one POST may carry.
  bool read_entry(const Json& entry) {
    auto changes = array_member(entry, "changes");
    if (!changes) {
      ++webhook_.skipped;
      return true;
    }
    for (const Json change : *changes)
      if (!read_change(change)) return false;
    return true;
  }

  Webhook take() { return std::move(webhook_); }

 private:
  bool read_change(const Json& change) {
    auto value = member(change, "value");
    // Among the others is `standby`: copies of what another app on the same number answers. Never
    // acted on.
    if (string_member(change, "field") != "messages" || !value) {
      ++webhook_.skipped;
      return true;
    }
    auto messages = array_member(*value, "messages");
    auto statuses = array_member(*value, "statuses");
    if (!messages && !statuses) ++webhook_.skipped;  // errors, user_actions, and what comes next
    auto metadata = member(*value, "metadata");
    const auto number = metadata ? provider_id(*metadata, "phone_number_id") : std::string{};
    return (!messages || read_messages(*messages, number, array_member(*value, "contacts"))) &&
           (!statuses || read_statuses(*statuses, number));
  }

  bool read_messages(const array& messages, const std::string& number,
                     const std::optional<array>& contacts) {
    for (const Json message : messages) {
      if (++items_ > limits::kWebhookItemsMax) return false;
      if (auto envelope = read_message(message, number, contacts)) {
        webhook_.messages.push_back(std::move(*envelope));
      } else {
        ++webhook_.skipped;
      }
    }
    return true;
  }

  bool read_statuses(const array& statuses, const std::string& number) {
    for (const Json item : statuses) {
      if (++items_ > limits::kWebhookItemsMax) return false;
      if (auto status = read_status(item, number)) {
        webhook_.statuses.push_back(std::move(*status));
      } else {
        ++webhook_.skipped;
      }
    }
    return true;
  }

  Webhook webhook_;
  std::size_t items_ = 0;
};

}  // namespace

Result<Webhook> parse_webhook(std::string_view body) {
  if (body.size() > limits::kWebhookBytesMax)
    return Error{Errc::kTooLarge, "webhook body over its bound"};
  const JsonDocument document(body);
  if (!document.root()) return Error{Errc::kMalformed, "webhook body is not a JSON object"};
  auto entries = array_member(*document.root(), "entry");
  if (!entries) return Error{Errc::kMalformed, "webhook body has no list `entry`"};
  Reader reader;
  for (const Json entry : *entries)
    if (!reader.read_entry(entry)) return Error{Errc::kTooLarge, "webhook with too many items"};
  return reader.take();
}

}  // namespace mitr::whatsapp
