// Goal: a node that lost its leases decides nothing and says nothing, and one that gets them goes
// on from the journal.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/actor_world.h"

namespace mitr {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr const char* kParent = "919800000001";
constexpr std::chrono::seconds kLong{3600};

TEST(Lease, WithoutItsLeasesANodeAnswers503) {
  ActorWorld world;
  world.say(kParent, "hi");
  world.run();
  auto other = world.store.leases();
  world.store.expire_leases();
  ASSERT_TRUE(other->hold(kLong, kLong)->at(0).mine);
  world.advance(limits::kLeaseLasts);
  auto refused = world.say(kParent, "I need leave for my daughter");
  world.run();
  EXPECT_EQ(world.status(refused), 503);
  EXPECT_EQ(world.store.turn_count(), 1u);
  EXPECT_THAT(world.replies(kParent), SizeIs(1));
}

TEST(Lease, ADeposedNodeIsFencedBeforeItKnows) {
  ActorWorld world;
  world.say(kParent, "hi");
  world.run();
  auto other = world.store.leases();
  world.store.expire_leases();
  ASSERT_TRUE(other->hold(kLong, kLong)->at(0).mine);
  auto refused = world.say(kParent, "I need leave for my daughter");
  world.run();  // no time passes: the node believes that it leads
  EXPECT_EQ(world.status(refused), 503);
  EXPECT_EQ(world.store.turn_count(), 1u);
  EXPECT_THAT(world.replies(kParent), SizeIs(1));
}

TEST(Lease, RegainedLeasesStartFromTheJournal) {
  ActorWorld world;
  world.say(kParent, "I need leave for my daughter");
  world.run();
  auto other = world.store.leases();
  world.store.expire_leases();
  ASSERT_TRUE(other->hold(kLong, kLong)->at(0).mine);
  world.advance(limits::kLeaseLasts);
  other.reset();
  world.advance(limits::kLeaseLasts);
  auto request = world.say(kParent, "Aisha Khan");
  world.run();
  EXPECT_EQ(world.status(request), 200);
  ASSERT_THAT(world.replies(kParent), SizeIs(2));
  EXPECT_THAT(world.replies(kParent)[1], HasSubstr("Which class"));
}

TEST(Lease, ANodeThatLostItsLeasesHoldsItsTongue) {
  ActorWorld world;
  world.courier().answer_with(whatsapp::SendVerdict::kRetryLater);
  world.say(kParent, "hi");
  world.run();
  EXPECT_THAT(world.replies(kParent), SizeIs(1));
  auto other = world.store.leases();
  world.store.expire_leases();
  ASSERT_TRUE(other->hold(kLong, kLong)->at(0).mine);
  world.advance(limits::kLeaseLasts);
  const auto before = world.replies(kParent).size();
  world.advance(limits::kSendRetryMax * 2);
  EXPECT_THAT(world.replies(kParent), SizeIs(before)) << "another node may be speaking";
}

}  // namespace
}  // namespace mitr
