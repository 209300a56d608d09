// The simulator on real sockets, seen from both sides: the webhook's and the business's.
#include "tools/graph/simulator.h"

#include <atomic>
#include <gmock/gmock.h>

#include "protocols/limits.h"
#include "tests/tools/graph/small_world.h"
#include "tools/graph/wamid.h"

namespace mitr::graph {
namespace {

using nlohmann::json;

whatsapp::Webhook parsed(const HttpRequest& request) {
  auto webhook = whatsapp::parse_webhook(request.body);
  EXPECT_TRUE(webhook.ok());
  return webhook ? *webhook : whatsapp::Webhook{};
}
/// The next status the receiver hears of; messages before it are passed over.
DeliveryStatus next_status(Receiver& receiver) {
  for (int tries = 0; tries < 20; ++tries) {
    const auto request = receiver.next();
    if (request.body.empty()) break;
    const auto webhook = parsed(request);
    if (!webhook.statuses.empty()) return webhook.statuses.front();
  }
  return {};
}
json error_of(const PostAnswer& answer) {
  return json::parse(answer.body, nullptr, false)["error"];
}

TEST(Simulator, SignsWhatAPersonSays) {
  Receiver receiver;
  SmallWorld world(small_settings(receiver));
  ASSERT_EQ(world.say({{"text", "Meera को बुखार है 🤒"}}).status, 200);
  const auto request = receiver.next();
  EXPECT_TRUE(whatsapp::Signer({"test-secret"}).accepts(request.signature, request.body));
  EXPECT_FALSE(whatsapp::Signer({"another"}).accepts(request.signature, request.body));
  const auto webhook = parsed(request);
  ASSERT_EQ(webhook.messages.size(), 1u);
  const auto& message = webhook.messages.front();
  EXPECT_EQ(message.number, kNumber);
  EXPECT_EQ(message.phone, Personal(kParent));
  EXPECT_EQ(message.profile_name, Personal("Asha Verma"));
  EXPECT_EQ(message.bsuid, bsuid_of(kParent));
  EXPECT_EQ(phone_in_wamid(message.message.reveal()), Personal(kParent));
  ASSERT_TRUE(std::holds_alternative<Words>(message.body));
  EXPECT_EQ(std::get<Words>(message.body).text,
            Personal("Meera को बुखार है 🤒"));
}

TEST(Simulator, EscapesNonAsciiAsMetaDoes) {
  Receiver receiver;
  SmallWorld world(small_settings(receiver));
  world.say({{"text", "बुखार"}});
  const auto body = receiver.next().body;
  EXPECT_TRUE(std::all_of(body.begin(), body.end(),
                          [](char c) { return static_cast<unsigned char>(c) < 0x80; }));
  EXPECT_THAT(body, testing::HasSubstr("\\u092c"));
}

TEST(Simulator, RepeatsARefusedWebhookWithTheSameId) {
  Receiver receiver({503, 500, 503});
  SmallWorld world(small_settings(receiver));
  world.say({{"text", "hello"}});
  const auto first = receiver.next();
  for (int i = 0; i < 3; ++i) {
    const auto again = receiver.next();
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(again.signature, first.signature);
  }
  EXPECT_FALSE(world.event_with({{"kind", "state"}, {"state", "accepted"}}).is_null());
}

TEST(Simulator, GivesUpAfterTheLastAttempt) {
  Receiver receiver({500, 500});
  auto settings = small_settings(receiver);
  settings.attempts_max = 2;
  SmallWorld world(std::move(settings));
  world.say({{"text", "hello"}});
  EXPECT_FALSE(world.event_with({{"kind", "state"}, {"state", "failed"}}).is_null());
}

TEST(Simulator, KeepsOnePhonesMessagesInOrderThroughAFailure) {
  Receiver receiver({503});
  SmallWorld world(small_settings(receiver));
  world.say({{"text", "one"}});
  world.say({{"text", "two"}});
  std::vector<std::string> texts;
  for (int i = 0; i < 3; ++i) {
    const auto webhook = parsed(receiver.next());
    ASSERT_EQ(webhook.messages.size(), 1u);
    texts.push_back(std::get<Words>(webhook.messages.front().body).text.reveal());
  }
  EXPECT_THAT(texts, testing::ElementsAre("one", "one", "two"));
}

TEST(Simulator, AnswersASendWithAWamidThatStatusesRepeat) {
  Receiver receiver;
  SmallWorld world(small_settings(receiver));
  world.say({{"text", "hello"}});
  const auto answer = world.send(text_send(kParent, "Which class?"));
  EXPECT_EQ(answer.status, 200);
  const auto body = json::parse(answer.body);
  EXPECT_EQ(body["messaging_product"], "whatsapp");
  EXPECT_EQ(body["contacts"][0]["wa_id"], kParent);
  const std::string wamid = body["messages"][0]["id"];
  const auto sent = next_status(receiver);
  EXPECT_EQ(sent.message, Personal(wamid));
  EXPECT_EQ(sent.callback, "callback-1");
  EXPECT_EQ(sent.state, DeliveryState::kSent);
  const auto delivered = next_status(receiver);
  EXPECT_EQ(delivered.message, Personal(wamid));
  EXPECT_EQ(delivered.state, DeliveryState::kDelivered);
}

TEST(Simulator, ReportsReadOnlyOnceTheChatIsOnAScreen) {
  Receiver receiver;
  SmallWorld world(small_settings(receiver));
  world.say({{"text", "hello"}});
  world.send(text_send(kParent, "Which class?"));
  EXPECT_FALSE(world.event_with({{"kind", "state"}, {"state", "delivered"}}).is_null());
  EXPECT_EQ(next_status(receiver).state, DeliveryState::kSent);
  EXPECT_EQ(next_status(receiver).state, DeliveryState::kDelivered);
  const auto open = std::string(kNumber) + ":" + kParent;
  EXPECT_FALSE(world.event_with({{"kind", "state"}, {"state", "read"}}, open).is_null());
  EXPECT_EQ(next_status(receiver).state, DeliveryState::kRead);
  world.send(text_send(kParent, "And from when?"));
  EXPECT_EQ(next_status(receiver).state, DeliveryState::kSent);
  EXPECT_EQ(next_status(receiver).state, DeliveryState::kDelivered);
  EXPECT_EQ(next_status(receiver).state, DeliveryState::kRead);
}

TEST(Simulator, FailsFreeWordsOutsideTheServiceWindow) {
  Receiver receiver;
  auto now = std::make_shared<std::atomic<std::int64_t>>(1'795'000'000);
  auto settings = small_settings(receiver);
  settings.clock = [now] { return std::chrono::sys_seconds(std::chrono::seconds(now->load())); };
  SmallWorld world(std::move(settings));
  world.say({{"text", "hello"}});
  EXPECT_EQ(world.send(text_send(kParent, "in time")).status, 200);
  EXPECT_EQ(next_status(receiver).state, DeliveryState::kSent);
  EXPECT_EQ(next_status(receiver).state, DeliveryState::kDelivered);
  now->fetch_add(std::chrono::seconds(limits::kServiceWindow).count());
  EXPECT_EQ(world.send(text_send(kParent, "too late")).status, 200)
      << "the refusal comes as a status";
  const auto failed = next_status(receiver);
  EXPECT_EQ(failed.state, DeliveryState::kFailed);
  EXPECT_EQ(failed.error_code, 131047);
  EXPECT_EQ(failed.callback, "callback-1");
}

TEST(Simulator, DeliversATemplateToAPhoneThatNeverWrote) {
  Receiver receiver;
  SmallWorld world(small_settings(receiver));
  EXPECT_EQ(world.send(template_send(kTeacher, {"Meera", "5B"})).status, 200);
  const auto sent = next_status(receiver);
  EXPECT_EQ(sent.state, DeliveryState::kSent);
  EXPECT_EQ(sent.callback, "callback-2");
  const auto event = world.event_with({{"kind", "message"}, {"phone", kTeacher}});
  ASSERT_FALSE(event.is_null());
  EXPECT_EQ(event["template"], "leave_notice");
}

TEST(Simulator, WantsAToken) {
  Receiver receiver;
  SmallWorld world(small_settings(receiver));
  const auto answer = world.send(text_send(kParent, "hello"), "");
  EXPECT_EQ(answer.status, 401);
  EXPECT_EQ(error_of(answer)["code"], 190);
  EXPECT_EQ(error_of(answer)["type"], "OAuthException");
}

TEST(Simulator, RefusesANumberItDoesNotHave) {
  Receiver receiver;
  SmallWorld world(small_settings(receiver));
  const auto answer = world.send(text_send(kParent, "hello"), "Bearer token", "999");
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(error_of(answer)["code"], 100);
  EXPECT_EQ(error_of(answer)["error_subcode"], 33);
}

TEST(Simulator, TakesReadMarksForMessagesItMade) {
  Receiver receiver;
  SmallWorld world(small_settings(receiver));
  world.say({{"text", "hello"}});
  const auto wamid = parsed(receiver.next()).messages.front().message.reveal();
  json mark = {{"messaging_product", "whatsapp"},
               {"status", "read"},
               {"message_id", wamid},
               {"typing_indicator", {{"type", "text"}}}};
  const auto answer = world.send(mark);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(json::parse(answer.body), json({{"success", true}}));
  EXPECT_FALSE(world.event_with({{"kind", "typing"}}).is_null());
  mark["message_id"] = make_wamid(kParent, Direction::kFromPerson).reveal();
  EXPECT_EQ(error_of(world.send(mark))["code"], 131009);
}

TEST(Simulator, TurnsATapIntoAButtonReplyUnderItsMessage) {
  Receiver receiver;
  SmallWorld world(small_settings(receiver));
  world.say({{"text", "hello"}});
  receiver.next();
  auto body = text_send(kParent, "");
  body["type"] = "interactive";
  body["interactive"] = {
      {"type", "button"},
      {"body", {{"text", "Is this right?"}}},
      {"action",
       {{"buttons", {{{"type", "reply"}, {"reply", {{"id", "yes"}, {"title", "Yes"}}}}}}}}};
  const auto answer = world.send(body);
  ASSERT_EQ(answer.status, 200) << answer.body;
  const auto question = world.event_with({{"kind", "message"}, {"from", "business"}});
  ASSERT_FALSE(question.is_null());
  EXPECT_EQ(question["buttons"][0]["title"], "Yes");
  world.say({{"button", {{"id", "yes"}, {"title", "Yes"}}}, {"under", question["id"]}});
  for (int i = 0; i < 5; ++i) {
    const auto request = receiver.next();
    const auto webhook = parsed(request);
    if (webhook.messages.empty()) continue;
    ASSERT_TRUE(std::holds_alternative<Choice>(webhook.messages.front().body));
    EXPECT_EQ(std::get<Choice>(webhook.messages.front().body).id, "yes");
    const auto value = json::parse(request.body)["entry"][0]["changes"][0]["value"];
    EXPECT_EQ(value["messages"][0]["context"]["id"], json::parse(answer.body)["messages"][0]["id"]);
    return;
  }
  FAIL() << "no tap came";
}

TEST(Simulator, ServesThePageAndTellsWhoThereIs) {
  Receiver receiver;
  SmallWorld world(small_settings(receiver));
  EXPECT_THAT(world.get("/").body.reveal(), testing::HasSubstr("<!doctype html>"));
  EXPECT_EQ(world.get("/chat.js").status, 200);
  EXPECT_EQ(world.get("/../settings.h").status, 404);
  const auto told = json::parse(world.get("/sim/world").body.reveal());
  EXPECT_EQ(told["numbers"][0]["name"], "Test School");
  EXPECT_EQ(told["people"][1]["desk"], true);
}

TEST(Simulator, RefusesWordsForANumberOrFromAPhoneThatCannotBe) {
  Receiver receiver;
  SmallWorld world(small_settings(receiver));
  const auto post = [&](const json& body) {
    const auto answer = local_post(world.url() + "/sim/say", Personal(body.dump()), kPatience);
    return answer ? answer->status : 0;
  };
  EXPECT_EQ(post({{"from", kParent}, {"to_number", "1"}, {"text", "hello"}}), 400);
  EXPECT_EQ(post({{"from", "abc"}, {"to_number", kNumber}, {"text", "hello"}}), 400);
  EXPECT_EQ(post({{"from", kParent}, {"to_number", kNumber}, {"text", ""}}), 400);
  EXPECT_EQ(post(json::array()), 400);
}

TEST(Simulator, SaysSoWhenTheWebhookStopsAndResumesAnswering) {
  Receiver receiver({503, 503});
  auto settings = small_settings(receiver);
  settings.attempts_max = 2;
  SmallWorld world(std::move(settings));
  world.say({{"text", "hello"}});
  EXPECT_FALSE(world.event_with({{"kind", "state"}, {"state", "failed"}}).is_null());
  // Told at once to whoever knew otherwise: the difference is news even without an event.
  const auto told = [&](const std::string& known) {
    const auto answer = world.get("/sim/events?after=2&webhook=" + known);
    return json::parse(answer.body.reveal())["webhook"];
  };
  EXPECT_EQ(told("up"), "down");
  world.say({{"text", "again"}});
  EXPECT_EQ(world.event_with({{"id", "m3"}, {"state", "accepted"}})["state"], "accepted");
  EXPECT_EQ(told("down"), "up");
}

TEST(Simulator, DoesNotStartWithoutASecretOrANumber) {
  Receiver receiver;
  auto settings = small_settings(receiver);
  settings.app_secret.clear();
  EXPECT_EQ(Simulator::start(settings).error().code, Errc::kInvalidConfig);
  settings = small_settings(receiver);
  settings.numbers.clear();
  EXPECT_EQ(Simulator::start(settings).error().code, Errc::kInvalidConfig);
}

}  // namespace
}  // namespace mitr::graph
