// AES-256-GCM for records. The row's identity is associated data: a sealed body copied to another
// row does not open.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "persistence/crypto/keys.h"

namespace mitr {

/// The column a sealed record lives in. Numbers are part of the format: append only, never reuse.
enum class SealedColumn : std::uint16_t {
  kJournalBody = 1,
  kOutboxBody = 2,
  kContactDetails = 3,
  kRequestBody = 4,
  kRosterBody = 5,
  kKeptWebhook = 6,
  kRecordBody = 7,
  kInstruction = 8,
  kMediaPiece = 9,
  kModelManifest = 10,
  kModelBody = 11,
};

/// Which row a record belongs to. Unused parts stay zero.
struct RowIdentity {
  SealedColumn column;
  TenantId tenant;
  std::array<std::uint8_t, 16> owner{};  ///< Conversation, contact or row id.
  std::uint64_t seq = 0;
  std::uint16_t ord = 0;
};

/// Layout: version (1 byte), 12 random nonce bytes, ciphertext, 16 tag bytes.
Sealed seal(const SecretKey& key, const RowIdentity& row, std::string_view plain);
/// kTampered if one bit of bytes, key or identity differs.
Result<std::string> open_sealed(const SecretKey& key, const RowIdentity& row,
                                std::string_view sealed);

}  // namespace mitr
