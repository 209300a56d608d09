// Goal: a node whose wall clock is set forward or back by hours keeps its leases, loses no turn,
// and tells every reminder once: late by the jump at most. Method: the node's clock jumps, the
// store's does not. MITR_SEED: the seed.
#include <cstdio>
#include <cstdlib>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <random>

#include "tests/support/actor_world.h"

namespace mitr {
namespace {

using ::testing::HasSubstr;
using namespace std::chrono_literals;

constexpr const char* kParent = "919800000001";

std::size_t reminders(const ActorWorld& world, const std::string& parent) {
  std::size_t count = 0;
  for (const auto& text : world.replies(parent))
    count += text.find("not sent yet") != std::string::npos ? 1 : 0;
  return count;
}

TEST(Clock, SetForwardRemindsAtOnceAndOnce) {
  ActorWorld world;
  world.say(kParent, "I need leave for my daughter");
  world.advance(1min);
  world.jump_clock(3h);
  world.advance(1s);
  EXPECT_EQ(reminders(world, kParent), 1u);
  world.jump_clock(-3h);
  world.advance(60min);
  EXPECT_EQ(reminders(world, kParent), 1u);
  world.say(kParent, "Aisha Khan");
  world.run();
  EXPECT_THAT(world.replies(kParent).back(), HasSubstr("Which class"));
}

TEST(Clock, SetBackRemindsLateByTheJump) {
  ActorWorld world;
  world.say(kParent, "I need leave for my daughter");
  world.advance(1min);
  world.jump_clock(-3h);
  world.advance(30min);
  EXPECT_EQ(reminders(world, kParent), 0u);
  world.advance(3h);
  EXPECT_EQ(reminders(world, kParent), 1u);
}

TEST(Clock, SetBackToTheSameSecondDoesNotTakeOneReminderForAnother) {
  ActorWorld world;
  world.say(kParent, "I need leave for my daughter");
  world.advance(31min);
  ASSERT_EQ(reminders(world, kParent), 1u);
  world.jump_clock(-31min);
  world.say(kParent, "Aisha Khan");
  world.advance(31min);
  EXPECT_EQ(reminders(world, kParent), 2u) << "the contact went away twice";
  EXPECT_EQ(world.store.turn_count(), 4u);
}

TEST(Clock, DoesNotMoveALease) {
  ActorWorld world;
  for (const auto jump : {5h, -9h, 4h}) {
    world.jump_clock(jump);
    world.advance(limits::kLeaseLasts / 2);
    const auto request = world.say(kParent, "hi");
    world.run();
    EXPECT_EQ(world.status(request), 200) << "a node without its leases answers 503";
  }
}

TEST(Clock, JumpingAllTheTimeRemindsEverybodyOnce) {
  const char* given = std::getenv("MITR_SEED");
  const auto seed = given == nullptr ? std::random_device{}()
                                     : static_cast<unsigned>(std::strtoul(given, nullptr, 10));
  std::printf("seed %u (MITR_SEED=%u plays it again)\n", seed, seed);
  std::mt19937 random(seed);
  ActorWorld world;
  constexpr int kParents = 40;
  const auto phone = [](int parent) { return "9198000020" + std::to_string(100 + parent); };
  int ahead = 0;
  for (int parent = 0; parent < kParents; ++parent) {
    const auto request = world.say(phone(parent), "I need leave for my daughter");
    world.run();
    EXPECT_EQ(world.status(request), 200);
    // Never so far that a form lapses, which is another promise.
    const int wanted = static_cast<int>(random() % 360) - 180;
    world.jump_clock(std::chrono::minutes(wanted - ahead));
    ahead = wanted;
    world.advance(10s);
  }
  world.jump_clock(-std::chrono::minutes(ahead));
  world.advance(4h);
  for (int parent = 0; parent < kParents; ++parent)
    EXPECT_EQ(reminders(world, phone(parent)), 1u) << "parent " << parent;
  EXPECT_EQ(world.store.turn_count(), 2u * kParents);
}

}  // namespace
}  // namespace mitr
