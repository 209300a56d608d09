// Goal: who is whom. One row a case: what is known, what is told, whose it is then. Method: the
// rules alone, over a table of names.
#include "persistence/identity_rules.h"

#include <gtest/gtest.h>

namespace mitr {
namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;

constexpr sys_seconds at(int second) {
  return sys_seconds{seconds{1'800'000'000 + second}};
}

ContactId person(std::uint8_t n) {
  ContactId id;
  id.bytes[0] = n;
  return id;
}
constexpr std::uint8_t kFresh = 99;

/// "b1" is a bsuid, "p1" a phone, "q1" a parent bsuid, "u1" a username.
Alias name(const std::string& text) {
  Alias alias;
  alias.hash.bytes[0] = static_cast<std::uint8_t>(text[0]);
  alias.hash.bytes[1] = static_cast<std::uint8_t>(text[1]);
  const auto kinds = std::string("bpqu");
  alias.kind = static_cast<AliasKind>(kinds.find(text[0]) + 1);
  return alias;
}
std::vector<Alias> names(const std::vector<std::string>& texts) {
  std::vector<Alias> all;
  for (const auto& text : texts) all.push_back(name(text));
  return all;
}

class Town {
 public:
  /// A message under these names, told at that second; answers whose it is.
  IdentityMoves told(int second, const std::vector<std::string>& texts) {
    return claim({{}, names(texts), {}, at(second), person(kFresh + count_), {}, {}});
  }
  IdentityMoves changed(int second, const std::vector<std::string>& former,
                        const std::vector<std::string>& now) {
    return claim({{}, names(now), names(former), at(second), person(kFresh + count_), {}, {}});
  }
  /// A row from before kinds were stored.
  void put_old(const std::string& text, const ContactId& owner) {
    table_[name(text).hash] = {owner, AliasKind::kUntold, {}, {}};
  }
  ContactId owner(const std::string& text) const { return table_.at(name(text).hash).contact; }
  bool left(const std::string& text) const { return table_.at(name(text).hash).until.has_value(); }
  std::optional<sys_seconds> passed(const std::string& text) const {
    return table_.at(name(text).hash).passed;
  }

 private:
  IdentityMoves claim(const Claim& wish) {
    auto moves = identity_moves(table_, wish, kin_);
    for (const auto& [hash, standing] : moves.rows) table_[hash] = standing;
    kin_.insert(kin_.end(), moves.kin.begin(), moves.kin.end());
    count_ += moves.created;
    return moves;
  }
  AliasTable table_;
  std::vector<LineageRow> kin_;
  std::uint8_t count_ = 0;
};

LineageReason only_reason(const IdentityMoves& moves) {
  EXPECT_EQ(moves.kin.size(), 1U);
  return moves.kin.empty() ? LineageReason{} : moves.kin.front().reason;
}

// -- what joins ----

TEST(IdentityRules, AMessageWithBothNamesJoinsThemWhicheverWasKnown) {
  for (const auto* first : {"b1", "p1"}) {
    Town town;
    const auto known = town.told(1, {first}).contact;
    const auto both = town.told(2, {"b1", "p1"});
    EXPECT_EQ(both.contact, known) << first;
    EXPECT_FALSE(both.created);
    EXPECT_TRUE(both.kin.empty());
    EXPECT_EQ(town.told(3, {"b1"}).contact, known);
    EXPECT_EQ(town.told(3, {"p1"}).contact, known);
  }
}

TEST(IdentityRules, AParentBsuidJoinsAcrossPortfolios) {
  Town town;
  const auto known = town.told(1, {"b1", "q1"}).contact;
  EXPECT_EQ(town.told(2, {"b2", "q1"}).contact, known);
  EXPECT_EQ(town.told(3, {"b2"}).contact, known);
}

TEST(IdentityRules, ANewPhoneOfAKnownBsuidIsAddedAndTheOldOneLeft) {
  Town town;
  const auto known = town.told(1, {"b1", "p1"}).contact;
  const auto moved = town.told(2, {"b1", "p2"});
  EXPECT_EQ(moved.contact, known);
  EXPECT_TRUE(moved.owns_phone);
  EXPECT_TRUE(town.left("p1"));
  EXPECT_FALSE(town.left("p2"));
}

TEST(IdentityRules, AUsernameNeverJoins) {
  Town town;
  const auto first = town.told(1, {"b1", "u1"}).contact;
  const auto second = town.told(2, {"b2", "u1"});
  EXPECT_TRUE(second.created);
  EXPECT_NE(second.contact, first);
  EXPECT_EQ(town.owner("u1"), second.contact) << "it goes with whoever used it last";
}

// -- what splits ----

TEST(IdentityRules, APhoneUnderAnotherBsuidIsSomebodyNew) {
  Town town;
  const auto before = town.told(1, {"b1", "p1"}).contact;
  const auto after = town.told(2, {"b2", "p1"});
  EXPECT_TRUE(after.created);
  EXPECT_TRUE(after.owns_phone);
  EXPECT_EQ(after.loser, before);
  EXPECT_TRUE(after.loser_is_phoneless);
  EXPECT_EQ(only_reason(after), LineageReason::kPhonePassed);
  EXPECT_EQ(town.owner("p1"), after.contact);
  EXPECT_EQ(town.told(3, {"b1"}).contact, before) << "who had it is known as before";
}

TEST(IdentityRules, APhoneThatWasLeftIsSomebodyNewEvenWithoutABsuid) {
  Town town;
  const auto before = town.told(1, {"b1", "p1"}).contact;
  town.changed(5, {"b1"}, {"b2", "p2"});
  const auto after = town.told(6, {"p1"});
  EXPECT_TRUE(after.created);
  EXPECT_EQ(after.loser, before);
  EXPECT_FALSE(after.loser_is_phoneless) << "they have another by now";
}

TEST(IdentityRules, AMessageFromBeforeAPhonePassedTakesNothingBack) {
  Town town;
  const auto before = town.told(1, {"b1", "p1"}).contact;
  const auto after = town.told(5, {"b2", "p1"}).contact;
  const auto late = town.told(3, {"b1", "p1"});
  EXPECT_EQ(late.contact, before);
  EXPECT_FALSE(late.owns_phone);
  EXPECT_EQ(town.owner("p1"), after);
}

TEST(IdentityRules, ALateMessageOfAStrangerGetsNoPhone) {
  Town town;
  const auto holder = town.told(5, {"b1", "p1"}).contact;
  const auto late = town.told(3, {"b2", "p1"});
  EXPECT_TRUE(late.created);
  EXPECT_FALSE(late.owns_phone);
  EXPECT_EQ(town.owner("p1"), holder);
}

TEST(IdentityRules, ALateMessageUnderAnOlderPhoneMovesNothing) {
  Town town;
  const auto known = town.told(5, {"b1", "p2"}).contact;
  const auto late = town.told(3, {"b1", "p1"});
  EXPECT_EQ(late.contact, known);
  EXPECT_FALSE(late.owns_phone);
  EXPECT_TRUE(town.left("p1"));
  EXPECT_FALSE(town.left("p2"));
}

TEST(IdentityRules, WhoWasStoredWithTwoNamesBeforeKindsHadABsuid) {
  Town town;
  town.put_old("b1", person(1));
  town.put_old("p1", person(1));
  EXPECT_TRUE(town.told(2, {"b2", "p1"}).created);
}

TEST(IdentityRules, WhoWasStoredWithAPhoneBeforeKindsJoinsABsuid) {
  Town town;
  town.put_old("p1", person(1));
  EXPECT_EQ(town.told(2, {"b1", "p1"}).contact, person(1));
}

// -- two that turn out to be one ----

TEST(IdentityRules, TwoThatMeetStayTwoAndThePhoneGoesWithTheBsuid) {
  Town town;
  const auto by_phone = town.told(1, {"p1"}).contact;
  const auto by_bsuid = town.told(2, {"b1"}).contact;
  const auto both = town.told(3, {"b1", "p1"});
  EXPECT_EQ(both.contact, by_bsuid);
  EXPECT_EQ(both.loser, by_phone);
  EXPECT_EQ(only_reason(both), LineageReason::kSamePhone);
  EXPECT_EQ(town.told(4, {"p1"}).contact, by_bsuid);
}

TEST(IdentityRules, TwoOfOneParentAreNotedAsOne) {
  Town town;
  const auto first = town.told(1, {"b1", "q1"}).contact;
  const auto second = town.told(2, {"b2"}).contact;
  const auto met = town.told(3, {"b2", "q1"});
  EXPECT_EQ(met.contact, second);
  EXPECT_EQ(only_reason(met), LineageReason::kSameParent);
  EXPECT_EQ(town.owner("q1"), first);
}

// -- changes that are told ----

TEST(IdentityRules, AToldChangeMovesTheNames) {
  Town town;
  const auto known = town.told(1, {"b1", "p1"}).contact;
  const auto change = town.changed(5, {"b1"}, {"b2", "p2"});
  EXPECT_EQ(change.contact, known);
  EXPECT_TRUE(change.owns_bsuid && change.owns_phone);
  EXPECT_EQ(town.told(6, {"b2", "p2"}).contact, known);
  EXPECT_TRUE(town.left("b1") && town.left("p1"));
  const auto late = town.told(4, {"b1", "p1"});
  EXPECT_EQ(late.contact, known) << "late messages are theirs all the same";
  EXPECT_FALSE(late.owns_bsuid || late.owns_phone);
}

TEST(IdentityRules, ANumberChangeFindsThePersonByTheOldPhone) {
  Town town;
  const auto known = town.told(1, {"p1"}).contact;
  EXPECT_EQ(town.changed(5, {"p1"}, {"p2"}).contact, known);
  EXPECT_EQ(town.told(6, {"p2"}).contact, known);
  EXPECT_TRUE(town.told(6, {"p1"}).created);
}

TEST(IdentityRules, AChangeToldTwiceMovesNothingMore) {
  Town town;
  const auto known = town.told(1, {"b1", "p1"}).contact;
  town.changed(5, {"b1", "p1"}, {"b2", "p2"});
  const auto passed = town.told(8, {"b9", "p2"}).contact;
  const auto again = town.changed(5, {"b1", "p1"}, {"b2", "p2"});
  EXPECT_EQ(again.contact, known);
  EXPECT_FALSE(again.owns_phone);
  EXPECT_EQ(town.owner("p2"), passed);
}

TEST(IdentityRules, AChangeToldAfterTheFirstMessageUnderTheNewIdNotesTheTwoAsOne) {
  Town town;
  const auto before = town.told(1, {"b1", "p1"}).contact;
  const auto after = town.told(6, {"b2", "p2"}).contact;
  const auto change = town.changed(5, {"b1"}, {"b2", "p2"});
  EXPECT_EQ(change.contact, before);
  ASSERT_FALSE(change.kin.empty());
  EXPECT_EQ(change.kin.front(), (LineageRow{after, before, LineageReason::kTold, at(5)}));
  EXPECT_EQ(town.told(7, {"b2", "p2"}).contact, after);
}

TEST(IdentityRules, AChangeToARecycledPhoneTakesItFromWhoHadIt) {
  Town town;
  const auto mover = town.told(1, {"b1", "p1"}).contact;
  const auto former_holder = town.told(1, {"b7", "p7"}).contact;
  const auto change = town.changed(5, {"b1"}, {"b2", "p7"});
  EXPECT_EQ(change.contact, mover);
  EXPECT_EQ(change.loser, former_holder);
  EXPECT_EQ(town.owner("p7"), mover);
}

TEST(IdentityRules, AChangeOfNobodyMakesNobody) {
  Town town;
  const auto change = town.changed(5, {"b1"}, {"b2", "p2"});
  EXPECT_TRUE(change.contact.is_nil());
  EXPECT_TRUE(change.rows.empty());
}

TEST(IdentityRules, AChangeOfWhomOnlyTheNewIdIsKnownKeepsTheOldOneForLateMessages) {
  Town town;
  const auto known = town.told(6, {"b2"}).contact;
  EXPECT_EQ(town.changed(5, {"b1"}, {"b2"}).contact, known);
  const auto late = town.told(4, {"b1"});
  EXPECT_EQ(late.contact, known);
  EXPECT_FALSE(late.owns_bsuid);
}

// -- what was filed under a phone ----

TEST(IdentityRules, APhoneRemembersWhenItCameFromAnotherPerson) {
  Town town;
  town.told(1, {"b1", "p1"});
  EXPECT_FALSE(town.passed("p1"));
  town.told(9, {"b2", "p1"});
  EXPECT_EQ(town.passed("p1"), at(9));
  town.told(20, {"b2", "p1"});
  EXPECT_EQ(town.passed("p1"), at(9)) << "it is theirs since then";
  town.told(30, {"b1", "p1"});
  EXPECT_EQ(town.passed("p1"), at(30)) << "who has it again was not the one meanwhile";
}

TEST(IdentityRules, APhoneThatWasLeftPassesToo) {
  Town town;
  town.told(1, {"b1", "p1"});
  town.changed(5, {"b1"}, {"b2", "p2"});
  town.told(9, {"b3", "p1"});
  EXPECT_EQ(town.passed("p1"), at(9));
}

TEST(IdentityRules, APhoneThatOnePersonTakesAlongPassesToNobody) {
  Town town;
  town.told(1, {"b1", "p1"});
  town.told(5, {"b2", "p2"});
  town.changed(9, {"b1"}, {"b2", "p1"});
  EXPECT_EQ(town.owner("p1"), town.owner("b2"));
  EXPECT_FALSE(town.passed("p1"));
}

}  // namespace
}  // namespace mitr
