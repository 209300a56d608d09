// AES-256-GCM over bytes, shared by record sealing and key wrapping. Not here: what the associated
// data means.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "persistence/crypto/keys.h"

namespace mitr::gcm {

inline constexpr std::uint8_t kFormatVersion = 1;
inline constexpr std::size_t kNonceBytes = 12;
inline constexpr std::size_t kTagBytes = 16;
/// What sealing adds: version, nonce, tag.
inline constexpr std::size_t kOverheadBytes = 1 + kNonceBytes + kTagBytes;

/// version ‖ random nonce ‖ ciphertext ‖ tag.
Sealed seal(const SecretKey& key, std::string_view associated, std::string_view plain);
/// Nothing when one bit of key, associated data or bytes differs.
std::optional<std::string> open(const SecretKey& key, std::string_view associated,
                                std::string_view sealed);

}  // namespace mitr::gcm
