// Goal: one inbound message has one outcome, durable before audible, whatever is repeated, hurried
// or lost. Method: a whole node's actors in ActorWorld, the store and the channel failing where
// each test says.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/actor_world.h"

namespace mitr {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr const char* kParent = "919800000001";

TEST(Turn, IsStoredBeforeItsReplyLeaves) {
  ActorWorld world;
  auto request = world.say(kParent, "I need leave for my daughter");
  world.run();
  EXPECT_EQ(world.status(request), 200);
  ASSERT_THAT(world.courier().posted(), SizeIs(1));
  EXPECT_EQ(world.courier().posted()[0].turns_stored, 1u);
  EXPECT_THAT(world.courier().posted()[0].text, HasSubstr("name of the student"));
}

TEST(Turn, IsNotAnsweredAndNotAudibleWhenItsCommitFails) {
  ActorWorld world;
  world.say(kParent, "hello");
  world.run();
  world.store.fail_next_commit(Errc::kUnavailable);
  auto request = world.say(kParent, "I need leave for my daughter");
  world.run();
  EXPECT_EQ(world.status(request), 503);
  EXPECT_THAT(world.courier().posted(), SizeIs(1)) << "only the greeting was answered";

  auto again = world.redeliver(1);
  world.run();
  EXPECT_EQ(world.status(again), 200);
  ASSERT_THAT(world.courier().posted(), SizeIs(2));
  EXPECT_THAT(world.courier().posted()[1].text, HasSubstr("name of the student"));
}

TEST(Turn, WhoseCommitAnswerWasLostIsRepliedToOnce) {
  ActorWorld world;
  world.say(kParent, "hello");
  world.run();
  world.store.fail_next_commit(Errc::kAmbiguous, FailPoint::kAfterApply);
  auto request = world.say(kParent, "I need leave for my daughter");
  world.run();
  EXPECT_EQ(world.status(request), 503);
  auto again = world.redeliver(1);
  world.run();
  EXPECT_EQ(world.status(again), 200);
  EXPECT_THAT(world.courier().posted(), SizeIs(1))
      << "the row is due in the store; memory does not know it";

  world.advance(limits::kOutboxSweepEvery * 3);
  ASSERT_THAT(world.courier().posted(), SizeIs(2)) << "the sweep found it";
  world.advance(limits::kOutboxSweepEvery * 3);
  EXPECT_THAT(world.courier().posted(), SizeIs(2)) << "and only once";
}

TEST(Turn, OfARepeatedMessageHasNoSecondReply) {
  ActorWorld world;
  world.say(kParent, "I need leave for my daughter");
  world.run();
  auto again = world.redeliver(0);
  auto and_again = world.redeliver(0);
  world.run();
  EXPECT_EQ(world.status(again), 200);
  EXPECT_EQ(world.status(and_again), 200);
  EXPECT_THAT(world.courier().posted(), SizeIs(1));
  EXPECT_EQ(world.store.turn_count(), 1u);
}

TEST(Turn, OfAMessageRepeatedAfterParkingHasNoSecondReply) {
  ActorWorld world;
  world.say(kParent, "I need leave for my daughter");
  world.run();
  world.advance(limits::kParkAfter * 3);
  auto again = world.redeliver(0);
  world.run();
  EXPECT_EQ(world.status(again), 200);
  EXPECT_THAT(world.courier().posted(), SizeIs(1));
}

TEST(Turn, OfASecondQuickMessageIsDecidedOnTheStateOfTheFirst) {
  ActorWorld world;
  world.say(kParent, "I need leave for my daughter");
  world.say(kParent, "Aisha Khan");
  world.say(kParent, "5B");
  world.run();
  auto replies = world.replies(kParent);
  ASSERT_THAT(replies, SizeIs(3));
  EXPECT_THAT(replies[0], HasSubstr("name of the student"));
  EXPECT_THAT(replies[1], HasSubstr("class"));
  EXPECT_THAT(replies[2], HasSubstr("From which day"));
}

TEST(Turn, ThatCompletesALeaveTellsTheTeacherAndStoresTheRequest) {
  ActorWorld world;
  for (const char* text :
       {"Aisha Khan of class 5B is absent from Wednesday to Friday, viral fever", "yes"}) {
    world.say(kParent, text);
    world.run();
  }
  auto told = world.replies(ActorWorld::kTeacherPhone);
  ASSERT_THAT(told, SizeIs(1));
  EXPECT_THAT(told[0], HasSubstr("template leave_notice"));
  EXPECT_THAT(told[0], HasSubstr("Aisha Khan"));
  EXPECT_THAT(*world.store.reader()->requests(world.school(), 10), SizeIs(1));
}

TEST(Turn, ThatCannotBeStoredWakesTheNextFromTheJournal) {
  ActorWorld world;
  world.say(kParent, "I need leave for my daughter");
  world.run();
  world.store.fail_next_commit(Errc::kUnavailable, FailPoint::kAfterApply);
  world.say(kParent, "Aisha Khan");  // committed, though nobody was told
  world.run();
  world.say(kParent, "5B");
  world.run();
  auto replies = world.replies(kParent);
  ASSERT_THAT(replies, SizeIs(2));
  EXPECT_THAT(replies[1], HasSubstr("From which day")) << "the name was not asked again";
}

TEST(Webhook, WithAnUnknownNumberIsKept) {
  ActorWorld world;
  WebhookArrived webhook;
  webhook.messages.push_back(world.envelope(kParent, "hello"));
  webhook.messages[0].number = "999";
  auto request = world.send(std::move(webhook));
  world.run();
  EXPECT_EQ(world.status(request), 200);
  EXPECT_EQ(world.kept_count(), 1u);
  EXPECT_THAT(world.courier().posted(), SizeIs(0));
}

TEST(Webhook, OfManyMessagesIsAnsweredWhenAllAreCommitted) {
  ActorWorld world;
  WebhookArrived webhook;
  for (int i = 0; i < 100; ++i)
    webhook.messages.push_back(world.envelope("9198000001" + std::to_string(10 + i), "hi"));
  auto request = world.send(std::move(webhook));
  world.run();
  EXPECT_EQ(world.status(request), 200);
  EXPECT_EQ(world.store.turn_count(), 100u);
}

TEST(Webhook, WithOneFailedItemIsRefusedAndItsRedeliveryMendsIt) {
  ActorWorld world;
  world.say("919800000101", "hi");
  world.say("919800000102", "hi");
  world.run();
  world.store.fail_next_commit(Errc::kUnavailable);
  WebhookArrived webhook;
  webhook.messages.push_back(world.envelope("919800000101", "I need leave for my son"));
  webhook.messages.push_back(world.envelope("919800000102", "I need leave for my son"));
  auto again = webhook;
  auto request = world.send(std::move(webhook));
  world.run();
  EXPECT_EQ(world.status(request), 503);
  request = world.send(std::move(again));
  world.run();
  EXPECT_EQ(world.status(request), 200);
  EXPECT_EQ(world.store.turn_count(), 4u);
  EXPECT_THAT(world.courier().posted(), SizeIs(4));
}

TEST(Webhook, IsRefusedWhenTooMuchIsInHand) {
  ActorWorld world;
  std::uint64_t last = 0;
  for (std::size_t i = 0; i <= limits::kTurnsInHandMax; ++i) {
    last = world.say("91981" + std::to_string(1'000'000 + i % 5000), "hi");
  }
  world.run();
  EXPECT_EQ(world.status(last), 503);
  EXPECT_EQ(world.status(1), 200);
  auto later = world.say(kParent, "hi");
  world.run();
  EXPECT_EQ(world.status(later), 200) << "room again";
}

}  // namespace
}  // namespace mitr
