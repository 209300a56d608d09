// Statuses, whole batches, and bodies that are foreign or broken.
#include <gtest/gtest.h>
#include <string>
#include <utility>
#include <vector>

#include "protocols/limits.h"
#include "protocols/whatsapp/webhook.h"
#include "tests/protocols/whatsapp/webhook_bodies.h"

namespace mitr::whatsapp {
namespace {

// -- statuses ----

TEST(ParseWebhook, ReadsAStatus) {
  const auto status =
      read_one_status(status_of("delivered", {{"biz_opaque_callback_data", "ref.17.0"}}));
  EXPECT_EQ(status.number, kNumber);
  EXPECT_EQ(status.message, Personal("wamid.SAMPLE2"));
  EXPECT_EQ(status.callback, "ref.17.0");
  EXPECT_EQ(status.state, DeliveryState::kDelivered);
  EXPECT_EQ(status.error_code, 0);
  EXPECT_EQ(status.at.time_since_epoch().count(), 1767225601);
}

TEST(ParseWebhook, ReadsEveryState) {
  const std::vector<std::pair<std::string, DeliveryState>> states = {
      {"sent", DeliveryState::kSent},
      {"delivered", DeliveryState::kDelivered},
      {"read", DeliveryState::kRead},
      {"played", DeliveryState::kPlayed},
      {"failed", DeliveryState::kFailed}};
  for (const auto& [word, state] : states)
    EXPECT_EQ(read_one_status(status_of(word)).state, state) << word;
}

TEST(ParseWebhook, ReadsWhyASendFailed) {
  const json errors = {{{"code", 131047}, {"title", "Re-engagement message"}}};
  EXPECT_EQ(read_one_status(status_of("failed", {{"errors", errors}})).error_code, 131047);
  const json as_text = {{{"code", "131026"}}};
  EXPECT_EQ(read_one_status(status_of("failed", {{"errors", as_text}})).error_code, 131026);
  EXPECT_EQ(read_one_status(status_of("failed", {{"errors", json::array()}})).error_code, 0);
  EXPECT_EQ(
      read_one_status(status_of("failed", {{"errors", {{{"code", 99999999999}}}}})).error_code, 0);
}

TEST(ParseWebhook, SkipsStatusesItDoesNotActOn) {
  for (const auto& status :
       {status_of("warning"), status_of(""), status_of("captured", {{"type", "payment"}}),
        status_of("failed", {{"type", "payment"}}), status_of("sent", {{"id", nullptr}})}) {
    const auto webhook = read(body_with_status(status));
    EXPECT_TRUE(webhook.statuses.empty()) << status;
    EXPECT_EQ(webhook.filed.size(), 1u) << status;
  }
}

TEST(ParseWebhook, LeavesOutACallbackThatCannotBeOurs) {
  const auto status = status_of(
      "sent", {{"biz_opaque_callback_data", std::string(limits::kCallbackBytesMax + 1, 'c')}});
  EXPECT_EQ(read_one_status(status).callback, "");
}

// -- many, foreign, broken ----

TEST(ParseWebhook, ReadsSeveralOfEverything) {
  const auto change = change_of({{"messages", {text_message("one"), text_message("two")}},
                                 {"statuses", {status_of("read")}}});
  auto body = body_of({change, change});
  body["entry"].push_back(body["entry"][0]);
  const auto webhook = read(body);
  EXPECT_EQ(webhook.messages.size(), 8u);
  EXPECT_EQ(webhook.statuses.size(), 4u);
  EXPECT_EQ(webhook.messages[1].body, words("two"));
  EXPECT_EQ(webhook.filed.size(), 0u);
}

TEST(ParseWebhook, NeverActsOnStandby) {
  const json copies = {{"messages", {text_message("words")}}};
  auto change = change_of({{"standby", copies}, {"messages", copies["messages"]}}, "standby");
  const auto webhook = read(body_of(json::array({change})));
  EXPECT_TRUE(webhook.messages.empty());
  EXPECT_EQ(webhook.filed.size(), 1u);
}

TEST(ParseWebhook, SkipsFieldsItDoesNotKnow) {
  const auto webhook = read(body_of(
      {change_of({{"event", "APPROVED"}}, "message_template_status_update"),
       change_of({{"user_actions", json::array()}}), change_of({{"errors", {{{"code", 1}}}}}),
       change_of({{"messages", {text_message("words")}}})}));
  EXPECT_EQ(webhook.messages.size(), 1u);
  EXPECT_EQ(webhook.filed.size(), 3u);
}

TEST(ParseWebhook, GoesOnAfterItemsOfAStrangeForm) {
  const auto webhook = read_text(
      R"({"entry":[7,null,{"changes":null},{"changes":[null,{},)"
      R"({"field":"messages"},{"field":"messages","value":[]},)"
      R"({"field":"messages","value":{"metadata":{"phone_number_id":"1"},"contacts":[null,7,{"profile":8}],)"
      R"("messages":[null,"x",{"id":"wamid.A","from":"919800000001","type":"text","text":{"body":"words"}}],)"
      R"("statuses":[[],{}]}}]}]})");
  ASSERT_EQ(webhook.messages.size(), 1u);
  EXPECT_EQ(webhook.messages[0].body, words("words"));
  EXPECT_EQ(webhook.filed.size(), 3u + 4u + 2u + 2u + 2u);
}

TEST(ParseWebhook, ReadsAnEmptyEntry) {
  const auto webhook = read_text(R"({"object":"whatsapp_business_account","entry":[]})");
  EXPECT_TRUE(webhook.messages.empty());
  EXPECT_EQ(webhook.filed.size(), 0u);
}

TEST(ParseWebhook, RefusesWhatIsNoWebhook) {
  for (const std::string body :
       {"", " ", "null", "[]", "7", "\"entry\"", "{}", R"({"entry":{}})", R"({"entry":null})",
        R"({"entry":[})", R"({"entry":[]} x)", "\xEF\xBB\xBF", "{\"entry\":[\"\xFF\"]}",
        "{\"entry\":[\"\x01\"]}", R"({"entry":["\ud8)", R"({"entry":["\)"}) {
    EXPECT_EQ(error_of(body), Errc::kMalformed) << body;
  }
  EXPECT_EQ(error_of(std::string(100'000, '[')), Errc::kMalformed);
  EXPECT_EQ(error_of(std::string(64, '\0')), Errc::kMalformed);
}

TEST(ParseWebhook, RefusesEveryBodyCutShort) {
  const auto body = body_with(text_message("बुखार")).dump();
  for (std::size_t size = 0; size < body.size(); ++size)
    EXPECT_EQ(error_of(body.substr(0, size)), Errc::kMalformed) << size;
}

TEST(ParseWebhook, KeepsPersonalDataOutOfItsErrors) {
  auto body = body_with(text_message("fever")).dump();
  body.pop_back();
  auto webhook = parse_webhook(body);
  ASSERT_FALSE(webhook.ok());
  EXPECT_EQ(webhook.error().what.find("fever"), std::string::npos);
  EXPECT_EQ(webhook.error().what.find(kPhone), std::string::npos);
}

TEST(ParseWebhook, ReadsAsManyItemsAsOnePostMayCarry) {
  json messages = json::array();
  for (std::size_t i = 0; i + 1 < limits::kWebhookItemsMax; ++i)
    messages.push_back(text_message("words"));
  json value = {{"messages", messages}, {"statuses", {status_of("sent")}}};
  EXPECT_EQ(read(body_of(json::array({change_of(value)}))).messages.size(),
            limits::kWebhookItemsMax - 1);
  value["statuses"].push_back(status_of("warning"));
  EXPECT_EQ(error_of(body_of(json::array({change_of(value)})).dump()), Errc::kTooLarge);
}

TEST(ParseWebhook, RefusesABodyOverTheBound) {
  EXPECT_EQ(error_of(std::string(limits::kWebhookBytesMax + 1, ' ')), Errc::kTooLarge);
}

TEST(ParseWebhook, ReadsABodyThatDoesNotEndAtAZero) {
  const auto body = body_with(text_message("words")).dump();
  const auto longer = body + "}]garbage";
  auto webhook = parse_webhook(std::string_view(longer).substr(0, body.size()));
  ASSERT_TRUE(webhook.ok());
  EXPECT_EQ(webhook->messages.size(), 1u);
}

}  // namespace
}  // namespace mitr::whatsapp
