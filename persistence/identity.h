// By which names a contact is found, and what became of those names. The store holds keyed hashes
// of names, never the names.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocols/ids.h"

namespace mitr {

/// Bytes under AES-256-GCM with their own header; opened only with the right key and the row's
/// identity.
using Sealed = std::string;

/// What kind of name it is: how much it says about who somebody is. The numbers are stored.
enum class AliasKind : std::uint8_t {
  kUntold = 0,       ///< Stored before kinds were: a bsuid or a phone.
  kBsuid = 1,        ///< One person's for ever, within a portfolio.
  kPhone = 2,        ///< One person's at a time.
  kParentBsuid = 3,  ///< As kBsuid, within a group of portfolios.
  kUsername = 4,  ///< Changes hands at will: finds somebody for an operator, never for a message.
};

struct Alias {
  KeyedHash hash;
  AliasKind kind = AliasKind::kPhone;
  bool operator==(const Alias&) const = default;
};

/// Find the contact who goes by these names, or make one; with `former`, find the contact who went
/// by those and goes by these from now on, and make nobody. Who is whom: identity_rules.h.
struct Claim {
  TenantId tenant;
  std::vector<Alias> aliases;  ///< At least one, unless there are former ones.
  std::vector<Alias> former;
  std::chrono::sys_seconds told{};  ///< When the names were true, by the provider's clock.
  ContactId fresh;                  ///< The id a new contact gets.
  Sealed wrapped_key;               ///< A new contact's key, wrapped by the tenant's.
  Sealed details;                   ///< A new contact's details, sealed under that key for `fresh`.
  bool operator==(const Claim&) const = default;
};

struct ClaimedContact {
  /// Nil: of a change, that nobody is known by any of its names; else, that whoever goes by these
  /// names was erased after the claim was true, and nobody is made of it.
  ContactId contact;
  bool created = false;
  Sealed wrapped_key;
  Sealed details;
  std::uint64_t last_seq = 0;  ///< 0: never wrote.
  /// The bsuid and the phone of the claim are the contact's now. Else they were once, or the phone
  /// is another's: nothing may be sent there on the claim's word.
  bool owns_bsuid = true;
  bool owns_phone = true;
  std::optional<ContactId> loser;  ///< Whose phone it was until now.
  /// Of a new contact: what somebody of these names withdrew before they were erased, a bit each.
  std::uint8_t withdrawn = 0;
  bool operator==(const ClaimedContact&) const = default;
};

struct KnownContact {
  ContactId contact;
  Sealed wrapped_key;
};

/// Why two contacts are named together. The numbers are stored.
enum class LineageReason : std::uint8_t {
  kTold = 1,         ///< The provider said that the one's ids became the other's: one person.
  kSameParent = 2,   ///< They share a parent bsuid: one person.
  kSamePhone = 3,    ///< The earlier was known by the phone alone: likely one person.
  kPhonePassed = 4,  ///< The phone was another bsuid's before: another person, as far as is known.
};

/// `later` came after `earlier`; their conversations stay two.
struct LineageRow {
  ContactId later;
  ContactId earlier;
  LineageReason reason = LineageReason::kTold;
  std::chrono::sys_seconds at{};
  bool operator==(const LineageRow&) const = default;
};

/// Where one alias of a contact stands.
struct AliasStanding {
  ContactId contact;
  AliasKind kind = AliasKind::kUntold;
  std::chrono::sys_seconds since{};
  std::optional<std::chrono::sys_seconds> until;  ///< None: it is the contact's still.
  /// When it came to the contact from another person: what was filed under it before may be the
  /// other's. None: it never did, as far as is known.
  std::optional<std::chrono::sys_seconds> passed = std::nullopt;
  bool operator==(const AliasStanding&) const = default;
};

/// A contact's names and kin, for an operator.
struct ContactLineage {
  bool phone_lost = false;             ///< The phone in the details is somebody else's by now.
  std::vector<AliasStanding> aliases;  ///< In the order in which they came.
  std::vector<LineageRow> kin;         ///< Of which the contact is the one or the other.
};

}  // namespace mitr
