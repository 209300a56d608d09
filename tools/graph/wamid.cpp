// The byte layout follows ids seen in Meta's published samples; nothing else may rely on it.
#include "tools/graph/wamid.h"

#include <array>
#include <cstdint>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <vector>

namespace mitr::graph {
namespace {

constexpr std::string_view kPrefix = "wamid.";
constexpr std::string_view kHead = "\x1c\x18";
constexpr std::string_view kMiddle{"\x15\x02\x00", 3};

std::string base64(std::string_view bytes) {
  std::string out(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                     reinterpret_cast<const unsigned char*>(bytes.data()),
                                     static_cast<int>(bytes.size()));
  out.resize(static_cast<std::size_t>(length));
  return out;
}

std::string random_hex(std::size_t digits) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::vector<unsigned char> bytes(digits);
  RAND_bytes(bytes.data(), static_cast<int>(bytes.size()));
  std::string out;
  for (auto byte : bytes) out += kHex[byte % 16];
  return out;
}

}  // namespace

Personal make_wamid(std::string_view phone, Direction direction) {
  const bool inbound = direction == Direction::kFromPerson;
  const std::size_t digits = inbound ? 20 : 18;
  std::string bytes(kHead);
  bytes += static_cast<char>(phone.size());
  bytes += phone;
  bytes += kMiddle;
  bytes += inbound ? '\x12' : '\x11';
  bytes += '\x18';
  bytes += static_cast<char>(digits);
  bytes += random_hex(digits);
  bytes += '\0';
  return Personal(std::string(kPrefix) + base64(bytes));
}

std::optional<Personal> phone_in_wamid(std::string_view wamid) {
  if (!wamid.starts_with(kPrefix)) return std::nullopt;
  wamid.remove_prefix(kPrefix.size());
  if (wamid.empty() || wamid.size() > 512 || wamid.size() % 4 != 0) return std::nullopt;
  std::string bytes(wamid.size(), '\0');
  const int length = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                                     reinterpret_cast<const unsigned char*>(wamid.data()),
                                     static_cast<int>(wamid.size()));
  if (length < 3 || !std::string_view(bytes).starts_with(kHead)) return std::nullopt;
  const auto size = static_cast<std::size_t>(static_cast<unsigned char>(bytes[2]));
  if (3 + size > static_cast<std::size_t>(length)) return std::nullopt;
  return Personal(bytes.substr(3, size));
}

Personal bsuid_of(std::string_view phone) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  const auto salted = "mitr-sim-portfolio:" + std::string(phone);
  SHA256(reinterpret_cast<const unsigned char*>(salted.data()), salted.size(), digest.data());
  std::string out = "IN.";
  for (std::size_t i = 0; i < 20; ++i) {
    // The first digit is never 0, as in the ids Meta shows.
    out += static_cast<char>('0' + (i == 0 ? 1 + digest[i] % 9 : digest[i] % 10));
  }
  return Personal(std::move(out));
}

}  // namespace mitr::graph
