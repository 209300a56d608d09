// Sealing of records. Only the encoding of a row's identity lives here; the cipher is in gcm.cpp.
#include "persistence/crypto/seal.h"

#include <array>
#include <cstring>

#include "persistence/crypto/gcm.h"

namespace mitr {
namespace {

/// Domain (1), format version (1), column (2), tenant (16), owner (16), seq (8), ord (2): every
/// field has its place, so no two identities encode alike. The first byte keeps records apart from
/// wrapped keys ("mitr key…").
using Identity = std::array<char, 46>;

template <class Number>
char* put(char* at, Number number) {
  for (std::size_t i = sizeof number; i-- > 0;)
    *at++ = static_cast<char>((number >> (8 * i)) & 0xFF);
  return at;
}

Identity encode(const RowIdentity& row) {
  Identity bytes{};
  char* at = bytes.data();
  *at++ = 'R';
  *at++ = static_cast<char>(gcm::kFormatVersion);
  at = put(at, static_cast<std::uint16_t>(row.column));
  std::memcpy(at, row.tenant.bytes.data(), row.tenant.bytes.size());
  at += row.tenant.bytes.size();
  std::memcpy(at, row.owner.data(), row.owner.size());
  at += row.owner.size();
  at = put(at, row.seq);
  put(at, row.ord);
  return bytes;
}

}  // namespace

Sealed seal(const SecretKey& key, const RowIdentity& row, std::string_view plain) {
  const Identity identity = encode(row);
  return gcm::seal(key, std::string_view(identity.data(), identity.size()), plain);
}

Result<std::string> open_sealed(const SecretKey& key, const RowIdentity& row,
                                std::string_view sealed) {
  const Identity identity = encode(row);
  auto plain = gcm::open(key, std::string_view(identity.data(), identity.size()), sealed);
  if (!plain) {
    return Error{Errc::kTampered, "a sealed record does not open (column " +
                                      std::to_string(static_cast<int>(row.column)) + ")"};
  }
  return std::move(*plain);
}

}  // namespace mitr
