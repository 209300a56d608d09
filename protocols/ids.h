// Identities as distinct types: passing a ContactId where a TenantId belongs does not compile.
// No identity here is personal data: uuids are random, a KeyedHash needs the tenant's index key to
// be tried.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace mitr {

/// 128 bits with a name. Text form: 36 characters, lower case, RFC 4122.
template <class Tag>
struct Uuid {
  std::array<std::uint8_t, 16> bytes{};
  auto operator<=>(const Uuid&) const = default;
  bool is_nil() const { return *this == Uuid{}; }
};

using TenantId = Uuid<struct TenantIdTag>;
/// A person as one tenant knows them; also names their one conversation (tenant, contact).
using ContactId = Uuid<struct ContactIdTag>;
/// A filed request (leave, order, appointment).
using RequestId = Uuid<struct RequestIdTag>;

std::string uuid_text(const std::array<std::uint8_t, 16>& bytes);
std::optional<std::array<std::uint8_t, 16>> parse_uuid(std::string_view text);
template <class Tag>
std::string to_string(const Uuid<Tag>& id) {
  return uuid_text(id.bytes);
}
template <class Id>
std::optional<Id> parse_id(std::string_view text) {
  auto bytes = parse_uuid(text);
  if (!bytes) return std::nullopt;
  return Id{*bytes};
}

/// First 16 bytes of HMAC-SHA256 under a tenant's index key: finds a phone, BSUID or message id
/// without keeping it.
struct KeyedHash {
  std::array<std::uint8_t, 16> bytes{};
  auto operator<=>(const KeyedHash&) const = default;
};

/// Where an outbound message stands: the turn that caused it and its place in that turn.
/// Text form `<contact uuid>.<seq>.<ord>`: goes to the provider as callback data and comes back in
/// statuses.
struct OutboxRef {
  ContactId
      contact;  ///< The conversation whose turn caused the message (not always its recipient).
  std::uint64_t seq = 0;
  std::uint16_t ord = 0;
  auto operator<=>(const OutboxRef&) const = default;
};
std::string to_string(const OutboxRef& ref);
std::optional<OutboxRef> parse_outbox_ref(std::string_view text);

namespace detail {
inline std::size_t fold_bytes(const std::uint8_t* bytes) {
  // Uuids and keyed hashes are already uniform: the first word is as good a hash as any.
  std::size_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}
}  // namespace detail

}  // namespace mitr

template <class Tag>
struct std::hash<mitr::Uuid<Tag>> {
  std::size_t operator()(const mitr::Uuid<Tag>& id) const {
    return mitr::detail::fold_bytes(id.bytes.data());
  }
};
template <>
struct std::hash<mitr::KeyedHash> {
  std::size_t operator()(const mitr::KeyedHash& h) const {
    return mitr::detail::fold_bytes(h.bytes.data());
  }
};
template <>
struct std::hash<mitr::OutboxRef> {
  std::size_t operator()(const mitr::OutboxRef& r) const {
    return std::hash<mitr::ContactId>{}(r.contact) ^ (r.seq * 0x9E3779B97F4A7C15ULL + r.ord);
  }
};
