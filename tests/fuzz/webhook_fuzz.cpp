// Bytes from the network into the two readers: no crash, no throw, and what comes out keeps its
// promises. What was read of a webhook and written again reads the same, and nothing of it is lost.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <variant>

#include "protocols/limits.h"
#include "protocols/whatsapp/notification.h"
#include "protocols/whatsapp/send.h"
#include "protocols/whatsapp/webhook.h"

namespace mitr::whatsapp {
namespace {

/// Like assert, in every build.
void must(bool holds) {
  if (!holds) std::abort();
}

bool is_kept(const std::string& text, std::size_t bytes_max) {
  return text.size() <= bytes_max && text.find('\0') == std::string::npos;
}

void check_body(const MessageBody& body) {
  if (const auto* words = std::get_if<Words>(&body)) {
    must(!words->text.empty() && is_kept(words->text.reveal(), limits::kTextBytesMax));
  } else if (const auto* choice = std::get_if<Choice>(&body)) {
    must(!choice->id.empty() && is_kept(choice->id, limits::kChoiceIdBytesMax));
    must(is_kept(choice->title.reveal(), limits::kTextBytesMax));
  } else if (const auto* file = std::get_if<Attachment>(&body)) {
    must(!file->media.empty() && is_kept(file->mime, limits::kMimeCharsMax));
    must(is_kept(file->caption.reveal(), limits::kTextBytesMax));
  } else if (const auto* place = std::get_if<Location>(&body)) {
    must(std::abs(place->latitude) <= 90'000'000 && std::abs(place->longitude) <= 180'000'000);
  } else if (const auto* order = std::get_if<Order>(&body)) {
    must(!order->items.empty() && order->items.size() <= limits::kOrderItemsMax);
  } else if (const auto* wrote = std::get_if<HumanWrote>(&body)) {
    must(is_kept(wrote->text.reveal(), limits::kTextBytesMax));
  } else if (!std::holds_alternative<MarketingWish>(body)) {
    const auto& type = std::get<Unreadable>(body).type;
    must(is_kept(type, limits::kTypeCharsMax));
  }
}

/// What is filed is a webhook of its own that says the same when it is read again.
void check_filed(const FiledItem& item) {
  const auto again = parse_webhook(item.body.reveal());
  must(again.ok() || again.error().code == Errc::kTooLarge);
  if (again.ok()) must(!again->filed.empty() && again->filed.front().filing == item.filing);
}

/// Written once, a webhook is in the form that it keeps for ever.
void check_written(std::string_view bytes) {
  const auto first = parse_notification(bytes);
  if (!first.ok()) return;
  const auto written = webhook_json(*first).reveal();
  if (written.size() > limits::kWebhookBytesMax) return;  // Escapes are longer than characters.
  const auto second = parse_notification(written);
  must(second.ok());
  must(webhook_json(*second).reveal() == written);
  must(strange_members(*second) <= strange_members(*first));
}

void check_envelope(const Envelope& envelope) {
  must(!envelope.number.empty() && !envelope.message.empty());
  must(!envelope.phone.empty() || !envelope.bsuid.empty());
  must(envelope.phone.reveal().find_first_not_of("0123456789") == std::string::npos);
  must(envelope.phone.size_bytes() <= limits::kPhoneDigitsMax);
  must(is_kept(envelope.message.reveal(), limits::kProviderIdBytesMax));
  must(is_kept(envelope.bsuid.reveal(), limits::kProviderIdBytesMax));
  must(is_kept(envelope.profile_name.reveal(), limits::kNameBytesMax));
  must(envelope.sent_at.time_since_epoch().count() >= 0);
  check_body(envelope.body);
}

/// A contact's words sent back: whatever they are, the body we make is JSON that our own reader
/// takes.
void check_echo(std::string_view bytes) {
  Outbound message;
  message.phone = Personal("919800000001");
  message.content = TemplateMessage{"notice", "en", {Personal(bytes)}};
  auto body = render_send(message).reveal();
  body.insert(1, R"("entry":[],)");
  must(parse_webhook(body).ok());
  message.content = TextMessage{Personal(bytes), {{std::string(bytes), std::string(bytes)}}};
  body = render_send(message).reveal();
  body.insert(1, R"("entry":[],)");
  must(parse_webhook(body).ok());
}

void run(std::string_view bytes) {
  if (auto webhook = parse_webhook(bytes); webhook.ok()) {
    // An edit is heard as two.
    must(webhook->messages.size() + webhook->statuses.size() <= 2 * limits::kWebhookItemsMax);
    for (const auto& item : webhook->filed) check_filed(item);
    for (const auto& envelope : webhook->messages) check_envelope(envelope);
    for (const auto& status : webhook->statuses)
      must(!status.number.empty() && !status.message.empty());
  }
  check_written(bytes);
  for (const int http_status : {200, 400, 429, 500}) {
    const auto answer = parse_send_answer(http_status, bytes);
    must((answer.verdict == SendVerdict::kAccepted) == !answer.message.empty());
  }
  check_echo(bytes);
}

}  // namespace
}  // namespace mitr::whatsapp

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  mitr::whatsapp::run({reinterpret_cast<const char*>(data), size});
  return 0;
}
