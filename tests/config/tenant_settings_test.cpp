// Goal: a tenant's choices survive the store. Method: round trips, then rows by older and newer
// nodes, then damage.
#include "config/tenant_settings.h"

#include <gtest/gtest.h>

namespace mitr {
namespace {

TEST(TenantSettings, ComeBackAsTheyWereWritten) {
  TenantSettings settings;
  settings.pack = "school";
  settings.zone = "Asia/Dubai";
  settings.dialogue.language = "hi";
  settings.dialogue.country = "AE";
  settings.dialogue.past_dates = true;
  settings.dialogue.echo_typed = true;
  settings.pacing = false;
  settings.portfolios = {{"1066", "north"}, {"1067", "south"}};
  const auto read = parse_tenant_settings(to_json(settings));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(*read, settings);
}

TEST(TenantSettings, KeepTheDefaultsOfMissingKeys) {
  const auto read = parse_tenant_settings(R"({"pack":"school"})");
  ASSERT_TRUE(read.ok());
  TenantSettings expected;
  expected.pack = "school";
  EXPECT_EQ(*read, expected);
}

TEST(TenantSettings, TellANumbersPortfolio) {
  TenantSettings settings;
  settings.portfolios = {{"1066", "north"}};
  EXPECT_EQ(settings.portfolio_of("1066"), "north");
  EXPECT_EQ(settings.portfolio_of("1065"), "") << "the main one";
}

TEST(TenantSettings, SkipKeysOfANewerNode) {
  const auto read = parse_tenant_settings(R"({"pack":"school","quota":7})");
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->pack, "school");
}

TEST(TenantSettings, RefuseWhatIsNoObject) {
  for (const char* text : {"", "{", "[]", "7", "null", "{\"pack\":\"school\"} x"}) {
    const auto read = parse_tenant_settings(text);
    ASSERT_FALSE(read.ok()) << text;
    EXPECT_EQ(read.error().code, Errc::kMalformed) << text;
  }
}

TEST(TenantSettings, RefuseAKeyOfTheWrongKind) {
  const auto read = parse_tenant_settings(R"({"pacing":"off"})");
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().what, "tenant settings: 'pacing' has the wrong kind");
  for (const char* text : {R"({"portfolios":["north"]})", R"({"portfolios":{"1066":7}})"}) {
    const auto portfolios = parse_tenant_settings(text);
    ASSERT_FALSE(portfolios.ok()) << text;
    EXPECT_EQ(portfolios.error().what, "tenant settings: 'portfolios' has the wrong kind");
  }
}

}  // namespace
}  // namespace mitr
