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
constexpr std::chrono::seconds kLong{limits::kLeaseSecondsMax};

/// Another node that holds every lease from now on, as if this one had been stopped for long.
std::unique_ptr<Leases> another_takes(ActorWorld& world) {
  auto other = world.store.leases();
  world.store.expire_leases();
  EXPECT_TRUE(other->hold(kLong, kLong)->at(0).mine);
  return other;
}

TEST(Lease, WithoutItsLeasesANodeAnswers503) {
  ActorWorld world;
  world.say(kParent, "hi");
  world.run();
  auto other = another_takes(world);
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
  auto other = another_takes(world);
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
  auto other = another_takes(world);
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
  auto other = another_takes(world);
  world.advance(limits::kLeaseLasts);
  const auto before = world.replies(kParent).size();
  world.advance(limits::kSendRetryMax * 2);
  EXPECT_THAT(world.replies(kParent), SizeIs(before)) << "another node may be speaking";
}

TEST(Lease, WhatAnotherSaidMeanwhileIsNotSaidAgain) {
  ActorWorld world;
  world.courier().answer_with(whatsapp::SendVerdict::kRetryLater);
  world.say(kParent, "hi");
  world.run();
  auto other = another_takes(world);
  world.advance(limits::kLeaseLasts);
  const auto tried = world.replies(kParent).size();
  Batch batch;
  batch.marks = {{world.school(), world.outbox()[0].row.ref, std::nullopt, OutboxState::kSent, 0}};
  ASSERT_TRUE(world.store.writer()->commit(batch).ok());
  world.courier().answer_with(whatsapp::SendVerdict::kAccepted);
  other.reset();
  world.advance(limits::kSendRetryMax * 2);
  EXPECT_THAT(world.replies(kParent), SizeIs(tried));
}

TEST(Lease, WhatNobodySaidMeanwhileIsSaid) {
  ActorWorld world;
  world.courier().answer_with(whatsapp::SendVerdict::kRetryLater);
  world.say(kParent, "hi");
  world.run();
  auto other = another_takes(world);
  world.advance(limits::kLeaseLasts);
  const auto tried = world.replies(kParent).size();
  world.courier().answer_with(whatsapp::SendVerdict::kAccepted);
  other.reset();
  world.advance(limits::kSendRetryMax * 2);
  EXPECT_THAT(world.replies(kParent), SizeIs(tried + 1));
}

TEST(Lease, AStandbyLeavesTheLeadersClaimsAlone) {
  ActorWorld world;
  world.say(kParent, "leave for Rohan Mehta of class 5B tomorrow because of fever");
  world.run();
  world.courier().hold();
  world.say(kParent, "yes");
  world.run();
  const auto claims = [&] {
    std::size_t count = 0;
    for (const auto& kept : world.outbox()) count += kept.state == OutboxState::kClaimed;
    return count;
  };
  ASSERT_EQ(claims(), 1u);
  auto leader = another_takes(world);
  world.crash();
  world.restart();  // as a standby: it holds nothing
  world.advance(limits::kOutboxSweepEvery * 4);
  EXPECT_EQ(claims(), 1u);
}

}  // namespace
}  // namespace mitr
