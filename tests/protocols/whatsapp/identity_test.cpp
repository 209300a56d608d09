// Goal: every name of a person is read as what it is, and none is taken for another kind.
#include "protocols/whatsapp/identity.h"

#include <gtest/gtest.h>
#include <string>

#include "protocols/bsuid.h"
#include "protocols/limits.h"
#include "protocols/phone_number.h"
#include "tests/protocols/whatsapp/webhook_bodies.h"

namespace mitr::whatsapp {
namespace {

constexpr auto kNewBsuid = "IN.77";
constexpr auto kParentBsuid = "IN.ENT.1181579921288684";
constexpr auto kAccount = "102290129340398";

TEST(Bsuid, HasACountryAndLettersOrDigits) {
  for (const std::string id :
       {"US.13491208655302741918", "IN.a", "US.ENT.1181", "IN.9876543210", "ZZ.ENT"})
    EXPECT_TRUE(is_bsuid(id)) << id;
  for (const std::string id : {"", "US", "US.", "us.1", "USA.1", "US.1.2", "US.ENT.", "US.ENT.1.2",
                               "1.US", "US.a-b", "919800000001", "+919800000001"})
    EXPECT_FALSE(is_bsuid(id)) << id;
  EXPECT_TRUE(is_bsuid("US." + std::string(128, '1')));
  EXPECT_FALSE(is_bsuid("US." + std::string(129, '1')));
}

TEST(Bsuid, OfAGroupOfPortfoliosIsToldApart) {
  EXPECT_TRUE(is_parent_bsuid("US.ENT.1181"));
  EXPECT_FALSE(is_parent_bsuid("US.1181"));
  EXPECT_FALSE(is_parent_bsuid("US.ENT"));
}

TEST(Bsuid, IsNeverAPhone) {
  for (const std::string id : {"MY.2035550112", "US.16505551234", "IN.919800000001",
                               "IN.9876543210", "US.ENT.16505551234"}) {
    EXPECT_TRUE(phone_digits(Personal(id)).empty()) << id;
    for (const char* region : {"IN", "US", "MY", "ZZ"})
      EXPECT_FALSE(e164_phone(id, region).has_value()) << id << region;
  }
  EXPECT_TRUE(e164_phone("9876543210", "IN").has_value());
}

TEST(Username, ComparesWithoutItsMarkAndCase) {
  EXPECT_EQ(username_key(Personal("@RealName.7")), Personal("realname.7"));
  EXPECT_EQ(username_key(Personal("realname.7")), Personal("realname.7"));
  EXPECT_TRUE(username_key(Personal("a\nb")).empty());
  EXPECT_TRUE(username_key({}).empty());
}

TEST(Identity, OfASenderIsReadFromMessageAndContact) {
  auto message = text_message("words");
  message["from_user_id"] = kBsuid;
  const json contacts = {{{"profile", {{"name", "A"}, {"username", "@Sample"}}},
                          {"wa_id", kPhone},
                          {"user_id", kBsuid},
                          {"parent_user_id", kParentBsuid}}};
  const auto envelope = read_one(message, contacts);
  EXPECT_EQ(envelope.account, kAccount);
  EXPECT_EQ(envelope.phone, Personal(kPhone));
  EXPECT_EQ(envelope.bsuid, Personal(kBsuid));
  EXPECT_EQ(envelope.parent_bsuid, Personal(kParentBsuid));
  EXPECT_EQ(envelope.username, Personal("sample"));
}

TEST(Identity, NeedsNoPhone) {
  auto message = text_message("words");
  message.erase("from");
  message["from_user_id"] = kBsuid;
  message["from_parent_user_id"] = kParentBsuid;
  const auto envelope = read_one(message);
  EXPECT_TRUE(envelope.phone.empty());
  EXPECT_EQ(envelope.bsuid, Personal(kBsuid));
  EXPECT_EQ(envelope.parent_bsuid, Personal(kParentBsuid));
}

// -- changes ----

IdentityChange only_change(const json& body) {
  const auto webhook = read(body);
  EXPECT_EQ(webhook.identity_changes.size(), 1u) << body;
  EXPECT_TRUE(webhook.messages.empty());
  EXPECT_EQ(webhook.filed.size(), 1u);
  return webhook.identity_changes.empty() ? IdentityChange{} : webhook.identity_changes[0];
}

TEST(IdentityChange, LinksOldAndNewIdByItsOwnField) {
  const auto update =
      json::parse(R"({"user_id_update": [{"wa_id": "919800000001", "timestamp": "1767225601",
    "user_id": {"previous": "IN.1", "current": "IN.77"},
    "parent_user_id": {"previous": "IN.ENT.2", "current": "IN.ENT.88"}}]})");
  const auto change = only_change(body_of(json::array({change_of(update, "user_id_update")})));
  EXPECT_EQ(change.number, kNumber);
  EXPECT_EQ(change.before,
            (PersonIdentity{kAccount, {}, Personal("IN.1"), Personal("IN.ENT.2"), {}}));
  EXPECT_EQ(
      change.after,
      (PersonIdentity{kAccount, Personal(kPhone), Personal("IN.77"), Personal("IN.ENT.88"), {}}));
  EXPECT_EQ(change.at.time_since_epoch().count(), 1767225601);
}

TEST(IdentityChange, TellsTheNewPhone) {
  const auto change = only_change(body_with(message_of(
      "system", {{"system", {{"type", "user_changed_number"}, {"wa_id", "919800000009"}}}})));
  EXPECT_EQ(change.before.phone, Personal(kPhone));
  EXPECT_EQ(change.after.phone, Personal("919800000009"));
}

IdentityChange changed_id(const std::string& sentence) {
  auto message = message_of(
      "system",
      {{"system", {{"type", "user_changed_user_id"}, {"user_id", kNewBsuid}, {"body", sentence}}}});
  message.erase("from");
  return only_change(body_with(message));
}

TEST(IdentityChange, FindsTheOldIdInItsSentence) {
  const auto change = changed_id("User A B changed from IN.1 to IN.77");
  EXPECT_EQ(change.before.bsuid, Personal("IN.1"));
  EXPECT_EQ(change.after.bsuid, Personal(kNewBsuid));
}

TEST(IdentityChange, DoesNotGuessTheOldId) {
  // A person may be called anything.
  for (const char* sentence :
       {"", "User IN.5 changed from IN.1 to IN.77", "changed to IN.77 from IN.1",
        "User A changed from IN.1", "User A changed from IN.77 to IN.77", "IN.1 to IN.78"})
    EXPECT_TRUE(changed_id(sentence).before.bsuid.empty()) << sentence;
}

}  // namespace
}  // namespace mitr::whatsapp
