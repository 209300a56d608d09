// Goal: what the driver writes by hand is what the simulator would have written. Method: both
// bodies parsed by the node's own reader, and as JSON.
#include "tools/load/provider_text.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "protocols/whatsapp/webhook.h"
#include "tests/tools/load/small_cast.h"
#include "tools/graph/webhook_body.h"
#include "tools/load/sent_reply.h"

namespace mitr::load {
namespace {

using nlohmann::json;

constexpr std::chrono::sys_seconds kAt{std::chrono::seconds(1'790'000'000)};

/// The simulator makes user ids of its own, and has another display phone.
json comparable(const std::string& body) {
  auto root = json::parse(body);
  auto& value = root["entry"][0]["changes"][0]["value"];
  value["metadata"].erase("display_phone_number");
  for (auto& contact : value["contacts"]) contact.erase("user_id");
  for (auto& message : value["messages"]) message.erase("from_user_id");
  for (auto& status : value["statuses"]) status.erase("recipient_user_id");
  return root;
}
graph::SimNumber number_of(const Cast& cast, PersonIndex person) {
  return {.id = cast.number(person), .name = "A", .display_phone = "910000"};
}

TEST(ProviderText, WritesAMessageAsTheSimulatorDoes) {
  const Cast cast = small_cast();
  const auto ours = message_webhook(cast, 0, 2, "wamid.one", kAt);
  const graph::SimInbound said{.wamid = Personal("wamid.one"),
                               .phone = Personal(cast.phone(0)),
                               .name = Personal(cast.profile_name(0)),
                               .at = kAt,
                               .text = Personal("fever, ref 1000000"),
                               .button_id = {},
                               .context = {}};
  EXPECT_EQ(comparable(ours), comparable(graph::render_inbound(number_of(cast, 0), said).reveal()));
}

TEST(ProviderText, WritesATapAsTheSimulatorDoes) {
  const Cast cast = small_cast();
  const auto ours = message_webhook(cast, 1, 2, "wamid.two", kAt);
  const graph::SimInbound tapped{.wamid = Personal("wamid.two"),
                                 .phone = Personal(cast.phone(1)),
                                 .name = Personal(cast.profile_name(1)),
                                 .at = kAt,
                                 .text = Personal("Two kilos"),
                                 .button_id = "two",
                                 .context = {}};
  EXPECT_EQ(comparable(ours),
            comparable(graph::render_inbound(number_of(cast, 1), tapped).reveal()));
}

TEST(ProviderText, WritesAStatusAsTheSimulatorDoes) {
  const Cast cast = small_cast();
  const auto ours = status_webhook(cast, 0, "wamid.out", "delivered", "callback \"1\"", kAt);
  const graph::SimStatus status{.wamid = Personal("wamid.out"),
                                .phone = Personal(cast.phone(0)),
                                .name = Personal(cast.profile_name(0)),
                                .state = "delivered",
                                .callback = "callback \"1\"",
                                .category = {},
                                .error_title = {},
                                .error_details = {},
                                .at = kAt};
  EXPECT_EQ(comparable(ours),
            comparable(graph::render_status(number_of(cast, 0), status).reveal()));
}

TEST(ProviderText, IsReadByTheNode) {
  const Cast cast = small_cast();
  const auto webhook =
      whatsapp::parse_webhook(message_webhook(cast, 1, 2, wamid_of_turn(cast, 1, 2), kAt));
  ASSERT_TRUE(webhook.ok());
  ASSERT_EQ(webhook->messages.size(), 1u);
  EXPECT_EQ(webhook->messages.front().phone, Personal(cast.phone(1)));
  ASSERT_TRUE(std::holds_alternative<Choice>(webhook->messages.front().body));
}

TEST(ProviderText, EscapesWhatJsonCannotHold) {
  const Cast cast = small_cast();
  const auto body = json::parse(message_webhook(cast, 0, 0, "wamid.x", kAt, "a \"b\"\\\n\x01"));
  EXPECT_EQ(body["entry"][0]["changes"][0]["value"]["messages"][0]["text"]["body"],
            "a \"b\"\\\n\x01");
}

TEST(ProviderText, GivesEveryTurnAnIdOfItsOwn) {
  const Cast cast = small_cast();
  EXPECT_EQ(wamid_of_turn(cast, 1, 2), wamid_of_turn(cast, 1, 2));
  EXPECT_NE(wamid_of_turn(cast, 1, 2), wamid_of_turn(cast, 1, 1));
  EXPECT_NE(wamid_of_turn(cast, 1, 2), wamid_of_turn(cast, 2, 2));
}

// -- replies ----

std::optional<SentReply> read(SentReplyReader& reader, std::string_view body,
                              std::string_view target = "/v23.0/100/messages") {
  return reader.read(target, body);
}

TEST(SentReply, ReadsWordsOfATextAndOfAnInteractiveMessage) {
  SentReplyReader reader;
  auto sent = read(
      reader, R"({"messaging_product":"whatsapp","to":"910","type":"text","text":{"body":"Hi\n"},
      "biz_opaque_callback_data":"cb"})");
  ASSERT_TRUE(sent);
  EXPECT_EQ(sent->number, "100");
  EXPECT_EQ(sent->to, "910");
  EXPECT_EQ(sent->text, "Hi\n");
  EXPECT_EQ(sent->callback, "cb");
  sent = read(reader, R"({"messaging_product":"whatsapp","to":"+910","type":"interactive",
      "interactive":{"type":"button","body":{"text":"Sure?"}}})");
  ASSERT_TRUE(sent);
  EXPECT_EQ(sent->to, "910");
  EXPECT_EQ(sent->text, "Sure?");
}

TEST(SentReply, KnowsTemplatesAndReadMarks) {
  SentReplyReader reader;
  EXPECT_EQ(
      read(reader, R"({"messaging_product":"whatsapp","to":"91","type":"template","template":{}})")
          ->kind,
      SentReply::Kind::kTemplate);
  EXPECT_EQ(
      read(reader, R"({"messaging_product":"whatsapp","status":"read","message_id":"w"})")->kind,
      SentReply::Kind::kReadMark);
}

TEST(SentReply, RefusesWhatIsNoSend) {
  SentReplyReader reader;
  constexpr std::string_view kGood =
      R"({"messaging_product":"whatsapp","to":"1","text":{"body":"x"}})";
  EXPECT_TRUE(read(reader, kGood));
  EXPECT_FALSE(read(reader, kGood, "/v23.0/100/media"));
  EXPECT_FALSE(read(reader, kGood, "/messages"));
  EXPECT_FALSE(read(reader, "{"));
  EXPECT_FALSE(read(reader, R"({"messaging_product":"whatsapp","to":"1"})"));
  EXPECT_FALSE(read(reader, R"({"messaging_product":"sms","to":"1","text":{"body":"x"}})"));
}

TEST(ProviderText, AnswersASendWithItsId) {
  const auto answer = json::parse(accepted_answer("910", "wamid.new"));
  EXPECT_EQ(answer["messages"][0]["id"], "wamid.new");
  EXPECT_EQ(answer["contacts"][0]["wa_id"], "910");
}

}  // namespace
}  // namespace mitr::load
