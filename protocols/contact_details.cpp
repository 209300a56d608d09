#include "protocols/contact_details.h"

#include <algorithm>

namespace mitr {
namespace {

constexpr char kVersion = 1;
constexpr std::size_t kFieldBytesMax = 0xFFFF;

void put(std::string& out, const Personal& field) {
  const auto& text = field.reveal();
  auto length = std::min(text.size(), kFieldBytesMax);
  out += static_cast<char>(length >> 8);
  out += static_cast<char>(length & 0xFF);
  out.append(text, 0, length);
}

bool take(std::string_view& in, Personal& field) {
  if (in.size() < 2) return false;
  auto length = static_cast<std::size_t>(static_cast<unsigned char>(in[0])) << 8 |
                static_cast<unsigned char>(in[1]);
  in.remove_prefix(2);
  if (in.size() < length) return false;
  field = Personal(in.substr(0, length));
  in.remove_prefix(length);
  return true;
}

}  // namespace

std::string encode(const ContactDetails& details) {
  std::string out;
  out.reserve(7 + details.phone.size_bytes() + details.bsuid.size_bytes() +
              details.name.size_bytes());
  out += kVersion;
  put(out, details.phone);
  put(out, details.bsuid);
  put(out, details.name);
  return out;
}

Result<ContactDetails> decode_details(std::string_view bytes) {
  Error malformed{Errc::kMalformed, "contact details do not parse"};
  if (bytes.empty() || bytes.front() != kVersion) return malformed;
  bytes.remove_prefix(1);
  ContactDetails details;
  if (!take(bytes, details.phone) || !take(bytes, details.bsuid) || !take(bytes, details.name) ||
      !bytes.empty())
    return malformed;
  return details;
}

}  // namespace mitr
