// Keyed hashes: find a phone or message id without keeping it. Under a key of the tenant's own, so
// that two tenants cannot be linked. The phone space is small: who holds the index key can
// enumerate it, so it never leaves the process.
#pragma once

#include <memory>
#include <string_view>

#include "persistence/crypto/keys.h"

namespace mitr {

/// What is hashed; part of the input, so that equal values in two fields differ. Append only.
enum class IndexedField : std::uint8_t {
  kPhone = 1,
  kBsuid = 2,
  kInboundMessage = 3,
  kOutboundMessage = 4,
  kTimer = 5,          ///< Contact and moment of a timer: it has one outcome.
  kCall = 6,           ///< Contact and turn that called: its answer has one outcome.
  kRecordKey = 7,      ///< Kind and key of a record.
  kRecordContent = 8,  ///< All fields of a record.
  kRecordFinder = 9,   ///< Kind and finder text of a record.
  kInstruction = 10,   ///< Id of an instruction: it has one outcome.
  kParentBsuid = 11,
  kUsername = 12,  ///< Small letters, without '@'.
};

/// Derived once from the tenant key (HKDF-SHA256, info "mitr index"); keeps the keyed state. Not
/// shared between threads.
class BlindIndex {
 public:
  explicit BlindIndex(const SecretKey& tenant_key);
  ~BlindIndex();
  BlindIndex(BlindIndex&&) noexcept;
  BlindIndex& operator=(BlindIndex&&) noexcept;
  /// `value` is normalised by the caller: phones digits only, ids verbatim.
  KeyedHash hash(IndexedField field, std::string_view value) const;
  /// A person's name, which means somebody only within its portfolio: equal names of two portfolios
  /// differ. The main portfolio's name is empty.
  KeyedHash hash(IndexedField field, std::string_view portfolio, std::string_view name) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mitr
