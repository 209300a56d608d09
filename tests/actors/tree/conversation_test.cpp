// Goal: a conversation goes on where it was, from memory, from the journal, after a crash, after a
// fault of its own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/actor_world.h"

namespace mitr {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr const char* kParent = "919800000001";

void begin_leave(ActorWorld& world) {
  world.say(kParent, "I need leave for my daughter");
  world.say(kParent, "Aisha Khan");
  world.run();
}

TEST(Conversation, GoesOnFromItsParkedRecord) {
  ActorWorld world;
  begin_leave(world);
  auto actors_before = world.system().registry().running();
  world.advance(limits::kParkAfter * 3);
  EXPECT_EQ(world.system().registry().running(), actors_before - 1) << "its actor is gone";
  world.say(kParent, "5B");
  world.run();
  EXPECT_THAT(world.replies(kParent).back(), HasSubstr("From which day"));
}

TEST(Conversation, ThatWasParkedAtRestGoesOnWithoutTheStore) {
  ActorWorld world;
  world.say(kParent, "hello");
  world.run();
  world.advance(limits::kParkAfter * 3);
  world.store.fail_next_read(Errc::kUnavailable);
  auto request = world.say(kParent, "I need leave for my daughter");
  world.run();
  EXPECT_EQ(world.status(request), 200);
  EXPECT_THAT(world.replies(kParent).back(), HasSubstr("name of the student"));
}

TEST(Conversation, GoesOnFromTheJournalAfterACrash) {
  ActorWorld world;
  begin_leave(world);
  world.crash();
  world.restart();
  world.say(kParent, "5B");
  world.run();
  ASSERT_THAT(world.replies(kParent), SizeIs(1)) << "the new courier has only seen this turn";
  EXPECT_THAT(world.replies(kParent)[0], HasSubstr("From which day"));
}

TEST(Conversation, KeepsTurnsThatComeWhileItWakes) {
  ActorWorld world;
  begin_leave(world);
  world.crash();
  world.restart();
  world.say(kParent, "5B");
  world.say(kParent, "tomorrow");
  world.run();
  EXPECT_THAT(world.replies(kParent), SizeIs(2));
}

TEST(Conversation, ThatCannotWakeFailsItsTurnsAndTheNextOneWakes) {
  ActorWorld world;
  begin_leave(world);
  world.crash();
  world.restart();
  world.store.fail_next_read(Errc::kUnavailable);
  auto request = world.say(kParent, "5B");
  world.run();
  EXPECT_EQ(world.status(request), 503);
  auto again = world.redeliver(2);
  world.run();
  EXPECT_EQ(world.status(again), 200);
  EXPECT_THAT(world.replies(kParent).back(), HasSubstr("From which day"));
}

TEST(Conversation, ThatParksWhileATurnComesLosesNothing) {
  ActorWorld world;
  begin_leave(world);
  // Just before the tick that parks it, then the tick and the turn in one run.
  world.advance(limits::kParkAfter - std::chrono::milliseconds{20});
  world.say(kParent, "5B");
  world.advance(limits::kParkAfter * 4);
  world.say(kParent, "tomorrow");
  world.advance(std::chrono::milliseconds{20});
  EXPECT_THAT(world.replies(kParent), SizeIs(4));
}

TEST(Conversation, OfAContactWithoutAPhoneIsAnsweredByBsuid) {
  ActorWorld world;
  WebhookArrived webhook;
  webhook.messages.push_back(world.envelope(kParent, "I need leave for my daughter"));
  webhook.messages[0].phone = Personal{};
  world.send(std::move(webhook));
  world.run();
  ASSERT_THAT(world.courier().posted(), SizeIs(1));
  EXPECT_EQ(world.courier().posted()[0].to, "IN.919800000001");
}

TEST(Conversation, IsOneForPhoneAndBsuid) {
  ActorWorld world;
  WebhookArrived first;
  first.messages.push_back(world.envelope(kParent, "I need leave for my daughter"));
  first.messages[0].bsuid = Personal{};
  world.send(std::move(first));
  world.run();
  world.say(kParent, "Aisha Khan");  // now with both
  world.run();
  WebhookArrived third;
  third.messages.push_back(world.envelope(kParent, "5B"));
  third.messages[0].phone = Personal{};
  world.send(std::move(third));
  world.run();
  ASSERT_THAT(world.courier().posted(), SizeIs(3));
  EXPECT_THAT(world.courier().posted()[2].text, HasSubstr("From which day"));
  EXPECT_EQ(world.courier().posted()[2].to, kParent) << "its phone is known from before";
}

TEST(Conversation, ThatDiesOfABugIsFollowedByOneFromTheJournal) {
  ActorWorld world;
  begin_leave(world);
  world.throw_in_next_turn();
  auto request = world.say(kParent, "5B");
  world.run();
  EXPECT_EQ(world.status(request), 0) << "the door answers 503 when its patience ends";
  auto again = world.redeliver(2);
  world.run();
  EXPECT_EQ(world.status(again), 200);
  EXPECT_THAT(world.replies(kParent).back(), HasSubstr("From which day"));
}

}  // namespace
}  // namespace mitr
