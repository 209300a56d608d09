// Meta's answer to where a file is. Source: Cloud API reference, "Retrieve media URL".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "protocols/personal.h"

namespace mitr::whatsapp {

struct MediaAddress {
  Personal url;        ///< Good for 5 minutes, and only with the token.
  std::string sha256;  ///< As written, in hexadecimal or base64; empty: not told.
  std::string mime;
  std::optional<std::uint64_t> bytes;
};

/// Nothing if the body is no such answer.
std::optional<MediaAddress> parse_media_address(std::string_view body);

}  // namespace mitr::whatsapp
