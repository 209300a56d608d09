// Goal: edits, revokes, echoes and wishes have the outcome a person expects, in whichever order
// they come, and what is filed is stored before it is acknowledged. Method: webhooks as values,
// heard by a whole node's actors.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "protocols/whatsapp/webhook.h"
#include "tests/support/actor_world.h"

namespace mitr {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using whatsapp::InboundMessage;

constexpr const char* kParent = "919800000001";
constexpr const char* kAsk = "I need leave for my daughter";

WebhookArrived arrived(whatsapp::NumberNews news, const std::string& field = "messages") {
  news.metadata = whatsapp::NumberMetadata{"910000050000", ActorWorld::kSchoolNumber, {}};
  whatsapp::Notification notification;
  notification.entries.push_back({"1022", {}, {{field, std::move(news), {}}}, {}, {}});
  auto heard = whatsapp::heard_of(notification);
  WebhookArrived webhook;
  if (!heard) return webhook;
  webhook.messages = std::move(heard->messages);
  webhook.statuses = std::move(heard->statuses);
  webhook.filed = std::move(heard->filed);
  return webhook;
}
WebhookArrived arrived(const InboundMessage& message) {
  whatsapp::NumberNews news;
  news.messages.push_back(message);
  return arrived(std::move(news));
}
InboundMessage message_of(const std::string& id, const std::string& type) {
  InboundMessage message;
  message.id = Personal(id);
  message.from = Personal(kParent);
  message.type = type;
  return message;
}
InboundMessage text(const std::string& id, const std::string& words) {
  auto message = message_of(id, "text");
  message.content = whatsapp::TypedText{Personal(words), {}};
  return message;
}
InboundMessage edit(const std::string& id, const std::string& named, const std::string& words) {
  auto message = message_of(id, "edit");
  const whatsapp::EditedMessage now{"text", whatsapp::TypedText{Personal(words), {}}, {}};
  message.edit = whatsapp::Edit{Personal(named), now, {}};
  return message;
}
InboundMessage revoke(const std::string& id, const std::string& named) {
  auto message = message_of(id, "revoke");
  message.content = whatsapp::Revoke{Personal(named), {}};
  return message;
}

TEST(Inbound, AMessageTakenBackBeforeItCameIsNeverHeard) {
  ActorWorld world;
  const auto gone = world.send(arrived(revoke("wamid.2", "wamid.1")));
  world.run();
  const auto late = world.send(arrived(text("wamid.1", kAsk)));
  world.run();
  EXPECT_EQ(world.status(gone), 200);
  EXPECT_EQ(world.status(late), 200);
  EXPECT_THAT(world.replies(kParent), IsEmpty());
}

TEST(Inbound, AMessageTakenBackBeforeItCameIsNotHeardByTheNextNodeEither) {
  ActorWorld world;
  world.send(arrived(revoke("wamid.2", "wamid.1")));
  world.run();
  world.crash();
  world.restart();
  const auto late = world.send(arrived(text("wamid.1", kAsk)));
  world.run();
  EXPECT_EQ(world.status(late), 200);
  EXPECT_THAT(world.replies(kParent), IsEmpty());
}

TEST(Inbound, ARevokeOfWhatWasHeardChangesNothing) {
  ActorWorld world;
  world.send(arrived(text("wamid.1", kAsk)));
  world.run();
  world.send(arrived(revoke("wamid.2", "wamid.1")));
  world.run();
  EXPECT_THAT(world.replies(kParent), SizeIs(1));
}

TEST(Inbound, AnEditThatOvertookItsMessageIsHeardInItsPlace) {
  ActorWorld world;
  world.send(arrived(edit("wamid.2", "wamid.1", kAsk)));
  world.run();
  EXPECT_THAT(world.replies(kParent), SizeIs(1));
  world.send(arrived(text("wamid.1", "My order has not come")));
  world.run();
  ASSERT_THAT(world.replies(kParent), SizeIs(1));
  EXPECT_THAT(world.replies(kParent)[0], HasSubstr("name of the student"));
}

TEST(Inbound, AnEditOfWhatWasHeardIsHeardOnce) {
  ActorWorld world;
  world.send(arrived(text("wamid.1", "hello")));
  world.run();
  for (int times = 0; times < 3; ++times) {
    world.send(arrived(edit("wamid.2", "wamid.1", kAsk)));
    world.run();
  }
  ASSERT_THAT(world.replies(kParent), SizeIs(2));
  EXPECT_THAT(world.replies(kParent)[1], HasSubstr("name of the student"));
}

TEST(Inbound, APersonOfTheBusinessWhoWritesHasTheConversation) {
  ActorWorld world;
  whatsapp::MessageEcho echo;
  echo.id = Personal("wamid.9");
  echo.to = Personal(kParent);
  echo.type = "text";
  echo.content = whatsapp::TypedText{Personal("I will look into it"), {}};
  whatsapp::NumberNews news;
  news.echoes.push_back(echo);
  const auto wrote = world.send(arrived(std::move(news), "smb_message_echoes"));
  world.run();
  world.send(arrived(text("wamid.1", kAsk)));
  world.run();
  EXPECT_EQ(world.status(wrote), 200);
  EXPECT_THAT(world.replies(kParent), IsEmpty()) << "a person answers by now";
}

TEST(Inbound, AMarketingWishIsKeptWithoutAWord) {
  ActorWorld world;
  whatsapp::UserPreference wish;
  wish.phone = Personal(kParent);
  wish.category = "marketing_messages";
  wish.value = "stop";
  whatsapp::NumberNews news;
  news.preferences.push_back(wish);
  const auto stopped = world.send(arrived(std::move(news), "user_preferences"));
  world.run();
  EXPECT_EQ(world.status(stopped), 200);
  EXPECT_THAT(world.replies(kParent), IsEmpty());
}

TEST(Inbound, WhatIsFiledIsStoredItemByItem) {
  ActorWorld world;
  whatsapp::NumberNews news;
  news.messages = {text("wamid.1", kAsk), message_of("", "text"),
                   message_of("wamid.2", "hologram")};
  news.messages[1].from = {};
  news.calls.push_back({});
  const auto request = world.send(arrived(std::move(news)));
  world.run();
  EXPECT_EQ(world.status(request), 200);
  EXPECT_EQ(world.kept_count(), 3u) << "one dead, one of a new type, and the call beside them";
  EXPECT_THAT(world.replies(kParent), SizeIs(2)) << "to the words, and to what cannot be read";
}

TEST(Inbound, WhatCouldNotBeFiledIsNotAcknowledged) {
  ActorWorld world;
  world.store.fail_next_commit(Errc::kUnavailable);
  whatsapp::NumberNews news;
  news.calls.push_back({});
  const auto request = world.send(arrived(std::move(news), "calls"));
  world.run();
  EXPECT_EQ(world.status(request), 503);
  EXPECT_EQ(world.kept_count(), 0u);
}

}  // namespace
}  // namespace mitr
