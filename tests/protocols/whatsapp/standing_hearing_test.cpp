// Goal: what Meta says of accounts, numbers, templates and payments is heard as the latest word on
// each, and nothing else is. Method: bodies as they come.
#include "protocols/whatsapp/standing_hearing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "protocols/whatsapp/webhook.h"

namespace mitr::whatsapp {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<Standing> heard(const std::string& field, const std::string& value) {
  const auto webhook = parse_webhook(
      R"({"object":"whatsapp_business_account","entry":[{"id":"1022","time":1767000000,)"
      R"("changes":[{"field":")" +
      field + R"(","value":)" + value + "}]}]}");
  return webhook ? webhook->standings : std::vector<Standing>{};
}

constexpr std::chrono::sys_seconds kTold{std::chrono::seconds{1767000000}};

Standing said(const std::string& subject, const std::string& name, const std::string& aspect,
              const std::string& value, const std::string& reason = "") {
  return {"1022", subject, name, aspect, value, reason, kTold, std::nullopt};
}

TEST(StandingHearing, ATemplatesStatusAndCategory) {
  EXPECT_THAT(heard("message_template_status_update",
                    R"({"event":"PAUSED","message_template_id":1,"message_template_name":"leave",
                        "message_template_language":"en","message_template_category":"UTILITY",
                        "reason":"QUALITY"})"),
              ElementsAre(said("template", "leave/en", "status", "PAUSED", "QUALITY"),
                          said("template", "leave/en", "category", "UTILITY")));
}

TEST(StandingHearing, ARestrictionWithItsEnd) {
  const auto all = heard("account_update", R"({"event":"ACCOUNT_RESTRICTION","restriction_info":[
      {"restriction_type":"RESTRICTED_BIZ_INITIATED_MESSAGING",
       "expiration":"2026-04-19T13:59:20+0000"}]})");
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].aspect, "restriction:RESTRICTED_BIZ_INITIATED_MESSAGING");
  EXPECT_EQ(all[0].until, std::chrono::sys_seconds{std::chrono::seconds{1776607160}});
}

TEST(StandingHearing, ARestrictionWhoseEndCannotBeReadLasts) {
  const auto all = heard("account_update", R"({"event":"ACCOUNT_RESTRICTION","restriction_info":[
      {"restriction_type":"RESTRICTED_BIZ_INITIATED_MESSAGING","expiration":"soon"}]})");
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].until, std::nullopt);
}

TEST(StandingHearing, APartnerEventIsAboutTheAccountItNames) {
  const auto all =
      heard("account_update", R"({"event":"PARTNER_REMOVED","waba_info":{"waba_id":"2044"}})");
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].account, "2044") << "there the entry's id is a portfolio's";
  EXPECT_EQ(all[0].value, "PARTNER_REMOVED");
}

TEST(StandingHearing, ABanANumberAndAPayment) {
  EXPECT_THAT(heard("account_update",
                    R"({"event":"DISABLED_UPDATE","ban_info":{"waba_ban_state":"DISABLE"}})"),
              ElementsAre(said("account", "", "ban", "DISABLE")));
  EXPECT_THAT(heard("phone_number_quality_update",
                    R"({"display_phone_number":"910000050000","event":"FLAGGED",
                        "max_daily_conversations_per_business":"TIER_2K"})"),
              ElementsAre(said("number", "910000050000", "quality", "FLAGGED"),
                          said("number", "910000050000", "limit", "TIER_2K")));
  EXPECT_THAT(heard("payment_configuration_update",
                    R"({"configuration_name":"fees","provider_name":"razorpay",
                        "status":"Needs Connecting"})"),
              ElementsAre(said("payment", "fees", "status", "Needs Connecting", "razorpay")));
}

TEST(StandingHearing, NothingFromMessagesAndUnknownFields) {
  EXPECT_THAT(heard("messages", R"({"metadata":{"phone_number_id":"1065"}})"), IsEmpty());
  EXPECT_THAT(heard("hologram_update", R"({"event":"PAUSED"})"), IsEmpty());
}

}  // namespace
}  // namespace mitr::whatsapp
