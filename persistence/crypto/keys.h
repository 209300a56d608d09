// The key tree: root → tenant → random per contact. A contact's key is random and stored wrapped,
// never derived: a derived key could be derived again, so nothing would be shredded when it is
// destroyed.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "persistence/rows.h"
#include "protocols/ids.h"
#include "protocols/result.h"

namespace mitr {

/// 256 secret bits, wiped when destroyed. Cannot be printed.
class SecretKey {
 public:
  SecretKey() = default;
  explicit SecretKey(const std::array<std::uint8_t, 32>& bytes) : bytes_(bytes) {}
  SecretKey(const SecretKey&) = default;
  SecretKey& operator=(const SecretKey&) = default;
  ~SecretKey();
  static SecretKey random();
  const std::array<std::uint8_t, 32>& reveal() const { return bytes_; }
  bool operator==(const SecretKey&) const;  ///< Constant time.

 private:
  std::array<std::uint8_t, 32> bytes_{};
};

/// Reads the root key file, or makes it (0600, fsynced, never overwriting) when `create` and it is
/// missing. kRefused if others may read the file or its size is wrong; kNotFound if missing and not
/// `create`.
Result<SecretKey> load_root_key(const std::filesystem::path& file, bool create);

/// Wraps `key` under `parent`. `purpose` and `owner` are bound in: a wrapped key opens only where
/// it belongs.
Sealed wrap_key(const SecretKey& parent, const SecretKey& key, std::string_view purpose,
                const std::array<std::uint8_t, 16>& owner);
/// kTampered when it was made under another parent, purpose or owner.
Result<SecretKey> unwrap_key(const SecretKey& parent, std::string_view wrapped,
                             std::string_view purpose, const std::array<std::uint8_t, 16>& owner);

/// Purposes of wrap_key.
inline constexpr std::string_view kTenantKey = "tenant";
inline constexpr std::string_view kContactKey = "contact";

/// Random bytes from a per-thread pool over RAND_bytes: a nonce or an id costs 4 ns instead of 700.
/// The pool is emptied in a forked child.
void random_bytes(std::uint8_t* out, std::size_t count);
/// A random (version 4) uuid.
template <class Id>
Id random_id() {
  Id id;
  random_bytes(id.bytes.data(), id.bytes.size());
  id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0F) | 0x40);
  id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3F) | 0x80);
  return id;
}

}  // namespace mitr
