#include "protocols/whatsapp/media_address.h"

#include "protocols/limits.h"
#include "protocols/whatsapp/json.h"

namespace mitr::whatsapp {

std::optional<MediaAddress> parse_media_address(std::string_view body) {
  if (body.size() > limits::kMediaAnswerBytesMax) return std::nullopt;
  const JsonDocument document(body);
  if (!document.root()) return std::nullopt;
  MediaAddress address;
  address.url = Personal(string_member(*document.root(), "url"));
  if (address.url.empty()) return std::nullopt;
  address.sha256 = string_member(*document.root(), "sha256");
  address.mime = kept_text(string_member(*document.root(), "mime_type"), limits::kNameBytesMax);
  const auto bytes = integer_member(*document.root(), "file_size");
  if (bytes && *bytes >= 0) address.bytes = static_cast<std::uint64_t>(*bytes);
  return address;
}

}  // namespace mitr::whatsapp
