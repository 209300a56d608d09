// Goal: a conversation wakes by itself when it asked to, once in effect, whatever happens between.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/actor_world.h"

namespace mitr {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;
using namespace std::chrono_literals;

constexpr const char* kParent = "919800000001";

TEST(Timer, RemindsOfAFormLeftHalfFilled) {
  ActorWorld world;
  world.say(kParent, "I need leave for my daughter");
  world.advance(29min);
  EXPECT_THAT(world.replies(kParent), SizeIs(1));
  world.advance(2min);
  ASSERT_THAT(world.replies(kParent), SizeIs(2));
  EXPECT_THAT(world.replies(kParent)[1], HasSubstr("not sent yet"));
  EXPECT_EQ(world.courier().posted()[1].number, ActorWorld::kSchoolNumber);
  world.advance(60min);
  EXPECT_THAT(world.replies(kParent), SizeIs(2)) << "once";
}

TEST(Timer, MovesOnWithTheContact) {
  ActorWorld world;
  world.say(kParent, "I need leave for my daughter");
  world.advance(20min);
  world.say(kParent, "Aisha Khan");
  world.advance(20min);
  EXPECT_THAT(world.replies(kParent), SizeIs(2)) << "the contact was there 20 minutes ago";
  world.advance(11min);
  EXPECT_THAT(world.replies(kParent), SizeIs(3));
}

TEST(Timer, GoesWhenNothingWaits) {
  ActorWorld world;
  world.say(kParent, "I need leave for my daughter");
  world.run();
  EXPECT_EQ(world.store.timer_count(), 1u);
  world.say(kParent, "cancel");
  world.advance(31min);
  EXPECT_EQ(world.store.timer_count(), 0u);
  EXPECT_THAT(world.replies(kParent), SizeIs(2));
  EXPECT_EQ(world.store.turn_count(), 2u) << "a timer with nothing to say is no turn";
}

TEST(Timer, SurvivesACrash) {
  ActorWorld world;
  world.say(kParent, "I need leave for my daughter");
  world.advance(1s);
  world.crash();
  world.restart();
  world.advance(31min);
  EXPECT_THAT(world.replies(kParent), SizeIs(1)) << "of the second life: the reminder";
  world.crash();
  world.restart();
  world.advance(60min);
  EXPECT_THAT(world.replies(kParent), SizeIs(0));
  world.say(kParent, "Aisha Khan");
  world.run();
  ASSERT_THAT(world.replies(kParent), SizeIs(1));
  EXPECT_THAT(world.replies(kParent)[0], HasSubstr("Which class"));
}

TEST(Timer, IsToldOnceWhenTheCommitsAnswerIsLost) {
  ActorWorld world;
  world.say(kParent, "I need leave for my daughter");
  world.advance(29min + 59s);
  world.store.fail_next_commit(Errc::kAmbiguous, FailPoint::kAfterApply);
  world.advance(5min);
  std::size_t reminders = 0;
  for (const auto& text : world.replies(kParent))
    reminders += text.find("not sent yet") != std::string::npos;
  EXPECT_EQ(reminders, 1u);
  EXPECT_EQ(world.store.turn_count(), 2u);
}

TEST(Timer, ManyFireTogetherOnce) {
  ActorWorld world;
  constexpr int kParents = 300;
  for (int i = 0; i < kParents; ++i)
    world.say("9198000010" + std::to_string(100 + i), "I need leave for my daughter");
  world.advance(31min);
  world.crash();
  world.restart();
  world.advance(1min);
  EXPECT_EQ(world.store.turn_count(), 2u * kParents);
  EXPECT_EQ(world.store.timer_count(), static_cast<std::size_t>(kParents)) << "until they lapse";
}

TEST(Timer, AllFireOnceThroughAStormOfRestarts) {
  ActorWorld world;
  // More than are woken at once.
  constexpr std::size_t kParents = limits::kTimersInHandMax + 500;
  for (std::size_t i = 0; i < kParents; ++i)
    world.say("91980000" + std::to_string(10'000 + i), "I need leave for my daughter");
  world.run();
  ASSERT_EQ(world.store.turn_count(), kParents);
  world.crash();
  world.jump_clock(31min);
  int struck = 0;
  for (int life = 0; life < 8; ++life) {
    const auto before = world.store.turn_count();
    world.restart();
    world.tick(limits::kTimerPoll);
    // Every other life ends before it has committed anything, each a little later; the others in
    // the midst of it.
    world.run_some(500 * life);
    for (int slice = 0; life % 2 == 1 && slice < 500 && world.store.turn_count() == before; ++slice)
      world.run_some(25);
    const auto fired = world.store.turn_count() - kParents;
    struck += fired > 0 && fired < kParents ? 1 : 0;
    world.crash();
  }
  EXPECT_GE(struck, 3) << "the storm went over before it hit anything";
  world.restart();
  world.advance(1min);
  EXPECT_EQ(world.store.turn_count(), 2 * kParents) << "one turn for each timer";
  EXPECT_EQ(world.store.timer_count(), kParents) << "until they lapse";
}

TEST(Timer, OfATenantNobodyKnowsHoldsNoOtherUp) {
  ActorWorld world;
  world.say(kParent, "I need leave for my daughter");
  world.run();
  auto writer = world.store.writer();
  const auto stranger = random_id<TenantId>();
  for (std::size_t i = 0; i < limits::kTimersInHandMax + 1; ++i) {
    Append turn;
    turn.tenant = stranger;
    turn.conversation = random_id<ContactId>();
    turn.seq = 1;
    random_bytes(turn.message.bytes.data(), turn.message.bytes.size());
    turn.timer = TimerMove{std::chrono::sys_seconds{}, "1"};
    Batch batch;
    batch.appends = {turn};
    ASSERT_TRUE(writer->commit(batch).ok());
  }
  world.advance(31min);
  EXPECT_THAT(world.replies(kParent), SizeIs(2));
}

}  // namespace
}  // namespace mitr
