#include "protocols/whatsapp/notification.h"

#include <utility>

#include "protocols/limits.h"
#include "protocols/whatsapp/content_wire.h"
#include "protocols/whatsapp/json.h"
#include "protocols/whatsapp/news_wire.h"

namespace mitr::whatsapp {

Result<Notification> parse_notification(std::string_view body) {
  if (body.size() > limits::kWebhookBytesMax)
    return Error{Errc::kTooLarge, "webhook body over its bound"};
  const JsonDocument document(body);
  simdjson::dom::object root;
  if (!document.root() || document.root()->get(root) != simdjson::SUCCESS)
    return Error{Errc::kMalformed, "webhook body is not a JSON object"};
  if (!array_member(*document.root(), "entry"))
    return Error{Errc::kMalformed, "webhook body has no list `entry`"};
  return ObjectReader::read<Notification>(root);
}

Personal webhook_json(const Notification& notification) {
  std::string body;
  std::size_t strange = 0;
  ObjectWriter::write(body, notification, strange);
  return Personal(std::move(body));
}

std::size_t strange_members(const Notification& notification) {
  std::string body;
  std::size_t strange = 0;
  ObjectWriter::write(body, notification, strange);
  return strange;
}

}  // namespace mitr::whatsapp
