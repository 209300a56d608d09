// The rules over a copy of the rows, so that a later step sees what an earlier one moved.
#include "persistence/identity_rules.h"

#include <algorithm>

namespace mitr {
namespace {

using std::chrono::sys_seconds;

class Moving {
 public:
  Moving(const AliasTable& known, const Claim& claim, const std::vector<LineageRow>& kin)
      : known_(known), claim_(claim), kin_(kin) {}

  IdentityMoves moves() {
    if (claim_.former.empty()) {
      const auto owner = owner_of(claim_.aliases);
      moves_.created = !owner;
      moves_.contact = owner.value_or(claim_.fresh);
      settle(moves_.contact, claim_.aliases);
    } else {
      change();
    }
    for (const auto& [hash, standing] : moved_) moves_.rows.emplace_back(hash, standing);
    return std::move(moves_);
  }

 private:
  std::optional<AliasStanding> find(const KeyedHash& hash) const {
    if (const auto moved = moved_.find(hash); moved != moved_.end()) return moved->second;
    if (const auto known = known_.find(hash); known != known_.end()) return known->second;
    return std::nullopt;
  }

  static const Alias* of_kind(const std::vector<Alias>& names, AliasKind kind) {
    const auto at = std::find_if(names.begin(), names.end(),
                                 [kind](const Alias& name) { return name.kind == kind; });
    return at == names.end() ? nullptr : &*at;
  }

  /// Visits the contact's other aliases.
  template <class Visit>
  void each_other(const ContactId& contact, const KeyedHash& besides, Visit visit) const {
    for (const auto& [hash, standing] : known_) {
      if (hash == besides || moved_.contains(hash)) continue;
      if (standing.contact == contact) visit(hash, standing);
    }
    for (const auto& [hash, standing] : moved_) {
      if (hash != besides && standing.contact == contact) visit(hash, standing);
    }
  }

  /// Before kinds were stored, who had two names had a bsuid.
  bool has_bsuid(const ContactId& contact, const KeyedHash& besides) const {
    bool has = false;
    each_other(contact, besides, [&](const KeyedHash&, const AliasStanding& other) {
      has = has || other.kind == AliasKind::kBsuid || other.kind == AliasKind::kUntold;
    });
    return has;
  }

  std::optional<ContactId> owner_of(const std::vector<Alias>& names) const {
    for (const auto kind : {AliasKind::kBsuid, AliasKind::kParentBsuid}) {
      const auto* name = of_kind(names, kind);
      if (name == nullptr) continue;
      if (const auto standing = find(name->hash)) return standing->contact;
    }
    const auto* phone = of_kind(names, AliasKind::kPhone);
    const auto standing = phone == nullptr ? std::nullopt : find(phone->hash);
    if (!standing) return std::nullopt;
    if (standing->until && claim_.told > *standing->until) return std::nullopt;
    const bool by_bsuid = of_kind(names, AliasKind::kBsuid) != nullptr;
    if (by_bsuid && has_bsuid(standing->contact, phone->hash)) return std::nullopt;
    return standing->contact;
  }

  // -- names that are the owner's from now on ----

  void settle(const ContactId& owner, const std::vector<Alias>& names) {
    for (const auto& name : names) {
      if (name.kind == AliasKind::kBsuid) moves_.owns_bsuid = settle_id(owner, name);
      if (name.kind == AliasKind::kParentBsuid) settle_id(owner, name);
      if (name.kind == AliasKind::kUsername) moved_[name.hash] = standing_of(owner, name);
      if (name.kind == AliasKind::kPhone) moves_.owns_phone = settle_phone(owner, name);
    }
  }

  AliasStanding standing_of(const ContactId& owner, const Alias& name) const {
    return {owner, name.kind, claim_.told, std::nullopt, std::nullopt};
  }

  /// True if it is the owner's now.
  bool settle_id(const ContactId& owner, const Alias& name) {
    auto standing = find(name.hash);
    if (!standing) standing = standing_of(owner, name);
    standing->kind = name.kind;
    moved_[name.hash] = *standing;
    if (standing->contact == owner) return !standing->until;
    const bool parent = name.kind == AliasKind::kParentBsuid;
    note_kin(owner, standing->contact, parent ? LineageReason::kSameParent : LineageReason::kTold);
    return false;
  }

  bool settle_phone(const ContactId& owner, const Alias& name) {
    // Whoever has a later phone has left this one.
    std::optional<sys_seconds> left;
    each_other(owner, name.hash, [&](const KeyedHash&, const AliasStanding& other) {
      if (other.kind != AliasKind::kPhone || other.until || other.since <= claim_.told) return;
      left = left ? std::min(*left, other.since) : other.since;
    });
    auto standing = find(name.hash);
    if (!standing) {
      moved_[name.hash] = {owner, name.kind, claim_.told, left, std::nullopt};
      if (left) return false;
    } else if (standing->contact == owner) {
      if (standing->until && (claim_.told <= *standing->until || left)) return false;
      if (standing->until) standing->since = claim_.told;
      standing->until.reset();
      standing->kind = name.kind;
      moved_[name.hash] = *standing;
    } else {
      if (claim_.told < standing->since || left) return false;
      pass_phone(owner, name, standing->contact);
    }
    leave_other_phones(owner, name.hash);
    return true;
  }

  void pass_phone(const ContactId& owner, const Alias& phone, const ContactId& loser) {
    note_kin(
        owner, loser,
        has_bsuid(loser, phone.hash) ? LineageReason::kPhonePassed : LineageReason::kSamePhone);
    moves_.loser = loser;
    moves_.loser_is_phoneless = true;
    each_other(loser, phone.hash, [&](const KeyedHash&, const AliasStanding& other) {
      if (other.kind == AliasKind::kPhone && !other.until) moves_.loser_is_phoneless = false;
    });
    moved_[phone.hash] = standing_of(owner, phone);
    if (!are_one(owner, loser)) moved_[phone.hash].passed = claim_.told;
  }

  /// Known to be one person, by what is stored or by this claim.
  bool are_one(const ContactId& one, const ContactId& other) const {
    const auto says = [&](const LineageRow& row) {
      const bool both =
          (row.later == one && row.earlier == other) || (row.later == other && row.earlier == one);
      return both && row.reason <= LineageReason::kSameParent;
    };
    return std::any_of(kin_.begin(), kin_.end(), says) ||
           std::any_of(moves_.kin.begin(), moves_.kin.end(), says);
  }

  void leave_other_phones(const ContactId& owner, const KeyedHash& besides) {
    std::vector<KeyedHash> left;
    each_other(owner, besides, [&](const KeyedHash& hash, const AliasStanding& other) {
      if (other.kind == AliasKind::kPhone && !other.until) left.push_back(hash);
    });
    for (const auto& hash : left) leave(hash);
  }

  void leave(const KeyedHash& hash) {
    auto standing = *find(hash);
    if (standing.until) return;
    standing.until = claim_.told;
    moved_[hash] = standing;
  }

  void note_kin(const ContactId& later, const ContactId& earlier, LineageReason reason) {
    moves_.kin.push_back({later, earlier, reason, claim_.told});
  }

  // -- a change that the provider tells ----

  void change() {
    std::vector<Alias> ids;
    for (const auto& name : claim_.aliases) {
      if (name.kind != AliasKind::kPhone && name.kind != AliasKind::kUsername) ids.push_back(name);
    }
    auto before = owner_of(claim_.former);
    if (!before) before = owner_of(ids);
    if (!before) return;
    moves_.contact = *before;
    // Who wrote under the new id before we were told is a contact of its own by now.
    const auto* bsuid = of_kind(claim_.aliases, AliasKind::kBsuid);
    const auto known = bsuid == nullptr ? std::nullopt : find(bsuid->hash);
    const auto now = known ? known->contact : *before;
    if (now != *before) note_kin(now, *before, LineageReason::kTold);
    settle(now, claim_.aliases);
    for (const auto& name : claim_.former) {
      const bool stays = std::any_of(claim_.aliases.begin(), claim_.aliases.end(),
                                     [&](const Alias& kept) { return kept.hash == name.hash; });
      if (stays) continue;
      const auto standing = find(name.hash);
      if (!standing)
        moved_[name.hash] = {*before, name.kind, claim_.told, claim_.told, std::nullopt};
      if (standing && standing->contact == *before) leave(name.hash);
    }
  }

  const AliasTable& known_;
  const Claim& claim_;
  const std::vector<LineageRow>& kin_;
  AliasTable moved_;
  IdentityMoves moves_;
};

}  // namespace

IdentityMoves identity_moves(const AliasTable& known, const Claim& claim,
                             const std::vector<LineageRow>& kin) {
  return Moving(known, claim, kin).moves();
}

}  // namespace mitr
