// Who a claim is about, and which names change hands: the rules, over what the store knows. The
// memory store asks here; claim_contact of schema/0007_identities.sql says the same.
//
// - A bsuid says who it is. Then a parent bsuid; then a phone, unless its holder is known by
//   another bsuid than the one given, or had left it before: then it is somebody new.
// - Names that nobody had are added to whoever it is. A phone that another has passes over, if
//   `told` is not before the other got it; a bsuid never does.
// - A phone that came from another person says nothing of what was filed under it before that.
// - A contact has one phone at a time. What was told late moves nothing back.
// - A username finds nobody, and goes with whoever used it last.
// - Two contacts that turn out to be one stay two, and are noted as kin.
#pragma once

#include <map>
#include <utility>
#include <vector>

#include "persistence/identity.h"

namespace mitr {

using AliasTable = std::map<KeyedHash, AliasStanding>;

/// What a claim does. `contact` is nil where a change is about nobody.
struct IdentityMoves {
  ContactId contact;
  bool created = false;
  bool owns_bsuid = true;
  bool owns_phone = true;
  std::optional<ContactId> loser;
  /// True: the phone in the loser's details is not theirs. Else that is a later one.
  bool loser_is_phoneless = false;
  std::vector<std::pair<KeyedHash, AliasStanding>> rows;  ///< As they stand from now on.
  std::vector<LineageRow> kin;
};

/// `kin`: what is known of the claim's people so far.
IdentityMoves identity_moves(const AliasTable& known, const Claim& claim,
                             const std::vector<LineageRow>& kin = {});

}  // namespace mitr
