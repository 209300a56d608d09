#include "protocols/whatsapp/heard_body.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <optional>
#include <utility>

#include "protocols/limits.h"
#include "protocols/whatsapp/identity.h"
#include "protocols/whatsapp/json.h"

namespace mitr::whatsapp {
namespace {

/// Types that need no reply. Any other type is answered with "I cannot read this", so that nobody
/// waits in vain.
constexpr std::array<std::string_view, 8> kQuietTypes = {
    "reaction", "edit",      "revoke",          "deleted",
    "system",   "ephemeral", "request_welcome", "call_permission_reply"};

bool is_quiet(std::string_view type) {
  return std::find(kQuietTypes.begin(), kQuietTypes.end(), type) != kQuietTypes.end();
}

Personal kept(const Personal& text, std::size_t bytes_max) {
  return Personal(kept_text(text.reveal(), bytes_max));
}

HeardBody unreadable(std::string_view type, bool answer) {
  return {Unreadable{kept_text(type.empty() ? "unknown" : type, limits::kTypeCharsMax), answer},
          false};
}

HeardBody words(const Personal& text, std::string_view type) {
  auto said = kept(text, limits::kTextBytesMax);
  if (said.empty()) return unreadable(type, true);
  return {Words{std::move(said)}, true};
}

AttachmentKind attachment_kind(std::string_view type) {
  if (type == "document") return AttachmentKind::kDocument;
  if (type == "audio" || type == "voice") return AttachmentKind::kAudio;
  if (type == "video") return AttachmentKind::kVideo;
  if (type == "sticker") return AttachmentKind::kSticker;
  return AttachmentKind::kImage;
}

HeardBody heard(const Media& media, std::string_view type) {
  auto id = provider_id(media.id);
  if (id.empty()) return unreadable(type, true);
  return {Attachment{attachment_kind(type), std::move(id),
                     kept_text(media.mime_type, limits::kMimeCharsMax),
                     kept(media.caption, limits::kTextBytesMax)},
          media.filename.empty()};
}

/// A coordinate in millionths of a degree; nothing beyond `most` degrees.
std::optional<std::int32_t> millionths(const std::optional<double>& degrees, double most) {
  if (!degrees || !(*degrees >= -most && *degrees <= most)) return std::nullopt;
  return static_cast<std::int32_t>(std::lround(*degrees * 1e6));
}

HeardBody heard(const Place& place, std::string_view type) {
  const auto latitude = millionths(place.latitude, 90);
  const auto longitude = millionths(place.longitude, 180);
  if (!latitude || !longitude) return unreadable(type, true);
  return {Location{*latitude, *longitude, kept(place.name, limits::kNameBytesMax),
                   kept(place.address, limits::kTextBytesMax)},
          place.url.empty()};
}

/// A card with one phone answers "which number?" as if it had been typed. Others cannot be read.
HeardBody heard(const ContactCards& cards, std::string_view type) {
  const bool one = cards.size() == 1 && cards[0].phones.size() == 1;
  if (!one) return unreadable(type, true);
  const auto& phone = cards[0].phones[0];
  const auto digits = phone_digits(phone.wa_id);
  const auto text = digits.empty() ? phone.phone : Personal("+" + digits.reveal());
  auto said = words(text, type);
  said.whole = false;
  return said;
}

/// One line of a basket; nothing if it is not sound.
std::optional<OrderItem> item_of(const BasketItem& item) {
  constexpr double kPaiseMax = static_cast<double>(limits::kPricePaiseMax);
  auto product = kept_text(item.product, limits::kProductIdBytesMax);
  const auto quantity = item.quantity.value_or(0);
  const double paise = item.price.value_or(-1) * 100;
  const bool sound = !product.empty() && quantity >= 1 &&
                     quantity <= std::int64_t{limits::kOrderQuantityMax} && paise >= 0 &&
                     paise <= kPaiseMax && item.currency == "INR";
  if (!sound) return std::nullopt;
  return OrderItem{std::move(product), static_cast<std::uint32_t>(quantity), std::llround(paise)};
}

/// A basket is read whole or not at all: what is left out would be missing in the shop.
HeardBody heard(const Basket& basket, std::string_view type) {
  if (basket.items.empty() || basket.items.size() > limits::kOrderItemsMax)
    return unreadable(type, true);
  Order order;
  for (const auto& each : basket.items) {
    auto item = item_of(each);
    if (!item) return unreadable(type, true);
    order.items.push_back(*std::move(item));
  }
  return {std::move(order), !basket.text || basket.text->empty()};
}

/// A tap on a button or list row of ours; a form, an address or a call permission is not ours to
/// read yet.
HeardBody heard(const Interactive& interactive, std::string_view type) {
  const auto& tap = interactive.type == "list_reply" ? interactive.row : interactive.button;
  const bool tapped = interactive.type == "button_reply" || interactive.type == "list_reply";
  if (tapped && tap) {
    auto id = kept_text(tap->id, limits::kChoiceIdBytesMax);
    if (!id.empty()) return {Choice{std::move(id), kept(tap->title, limits::kTextBytesMax)}, true};
  }
  const std::string_view kind = interactive.type.empty() ? type : interactive.type;
  return unreadable(kind, !is_quiet(kind));
}

HeardBody heard(const TypedText& text, std::string_view type) {
  return words(text.body, type);
}
HeardBody heard(const QuickReply& reply, std::string_view type) {
  return words(reply.text, type);
}
/// Meta wraps what a client knows and the API does not, also things that need no reply.
HeardBody heard(const Unsupported& wrapped, std::string_view type) {
  return unreadable(type, !is_quiet(wrapped.type));
}
template <class Other>
HeardBody heard(const Other&, std::string_view type) {
  auto other = unreadable(type, !is_quiet(type));
  other.whole = type == "request_welcome";
  return other;
}

}  // namespace

HeardBody heard_body(const std::string& type, const Content& content) {
  return std::visit([&](const auto& held) { return heard(held, type); }, content);
}

HeardBody heard_echo(const Content& content) {
  if (const auto* text = std::get_if<TypedText>(&content))
    return {HumanWrote{kept(text->body, limits::kTextBytesMax)}, true};
  if (const auto* media = std::get_if<Media>(&content))
    return {HumanWrote{kept(media->caption, limits::kTextBytesMax)}, false};
  return {HumanWrote{}, false};
}

}  // namespace mitr::whatsapp
