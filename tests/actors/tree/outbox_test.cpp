// Goal: what is committed leaves, in order per recipient, and the store learns honestly how far it
// got.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <optional>

#include "tests/support/actor_world.h"

namespace mitr {
namespace {

using ::testing::SizeIs;
using whatsapp::SendVerdict;

constexpr const char* kParent = "919800000001";

DeliveryStatus status_of(const FakeCourier::Posted& posted, DeliveryState state) {
  return {ActorWorld::kSchoolNumber, Personal("wamid.out.1"), posted.callback, state, 0, {}};
}

std::uint64_t report(ActorWorld& world, DeliveryStatus status) {
  WebhookArrived webhook;
  webhook.statuses.push_back(std::move(status));
  auto request = world.send(std::move(webhook));
  world.advance(limits::kMarksLinger);
  return request;
}

/// A whole leave request: the last reply and a notice to the teacher leave together.
void request_leave(ActorWorld& world) {
  for (const char* text : {"leave for Rohan Mehta of class 5B tomorrow because of fever", "yes"}) {
    world.say(kParent, text);
    world.run();
  }
}

std::optional<OutboxState> state_of_notice(const ActorWorld& world) {
  for (const auto& kept : world.outbox()) {
    if (kept.row.lane == Lane::kTransaction) return kept.state;
  }
  return std::nullopt;
}

TEST(Outbox, MarksWhatTheProviderAccepted) {
  ActorWorld world;
  world.say(kParent, "hi");
  world.advance(limits::kMarksLinger);
  ASSERT_THAT(world.outbox(), SizeIs(1));
  EXPECT_EQ(world.outbox()[0].state, OutboxState::kSent);
  EXPECT_EQ(world.engine().outbox_in_hand(), 0u);
}

TEST(Outbox, SendsTheNextReplyOnlyAfterTheLastWasAnswered) {
  ActorWorld world;
  world.courier().hold();
  for (const char* text : {"I need leave for my daughter", "Aisha Khan", "5B"})
    world.say(kParent, text);
  world.say("919800000002", "hi");
  world.run();
  EXPECT_THAT(world.replies(kParent), SizeIs(1));
  EXPECT_THAT(world.replies("919800000002"), SizeIs(1)) << "another recipient does not wait";
  world.courier().release();
  world.run();
  EXPECT_THAT(world.replies(kParent), SizeIs(3));
}

TEST(Outbox, TriesAgainWhatWasRefusedForNow) {
  ActorWorld world;
  world.courier().answer_with(SendVerdict::kRetryLater);
  world.say(kParent, "hi");
  world.run();
  EXPECT_THAT(world.replies(kParent), SizeIs(1));
  world.courier().answer_with(SendVerdict::kAccepted);
  world.advance(limits::kSendRetryMin * 2);
  EXPECT_THAT(world.replies(kParent), SizeIs(2));
  EXPECT_EQ(world.outbox()[0].state, OutboxState::kSent);
}

TEST(Outbox, AStatusSettlesAReplyThatMayHaveLeft) {
  ActorWorld world;
  world.courier().answer_with(SendVerdict::kUnknown);
  world.say(kParent, "hi");
  world.advance(limits::kMarksLinger);
  EXPECT_EQ(world.outbox()[0].state, OutboxState::kUnknown);
  world.courier().answer_with(SendVerdict::kAccepted);
  report(world, status_of(world.courier().posted()[0], DeliveryState::kDelivered));
  EXPECT_EQ(world.outbox()[0].state, OutboxState::kDelivered);
  world.advance(limits::kUnknownPatience * 2);
  EXPECT_THAT(world.replies(kParent), SizeIs(1));
}

TEST(Outbox, RepeatsAReplyThatNobodyHeardOfOnce) {
  ActorWorld world;
  world.courier().answer_with(SendVerdict::kUnknown);
  world.say(kParent, "hi");
  world.advance(limits::kUnknownPatience - std::chrono::seconds{1});
  EXPECT_THAT(world.replies(kParent), SizeIs(1));
  world.advance(limits::kUnknownPatience * 5);
  EXPECT_THAT(world.replies(kParent), SizeIs(2));
  EXPECT_EQ(world.outbox()[0].state, OutboxState::kUnknown);
}

TEST(Outbox, DoesNotRepeatAReplyWhoseStatusCameBeforeItsLostAnswer) {
  ActorWorld world;
  world.courier().hold();
  world.say(kParent, "hi");
  world.run();
  report(world, status_of(world.courier().posted()[0], DeliveryState::kSent));
  world.courier().answer_with(SendVerdict::kUnknown);
  world.courier().release();
  world.courier().answer_with(SendVerdict::kAccepted);
  world.advance(limits::kUnknownPatience * 2);
  EXPECT_THAT(world.replies(kParent), SizeIs(1));
  EXPECT_EQ(world.outbox()[0].state, OutboxState::kSent);
}

TEST(Outbox, DoesNotRepeatAQuestionThatIsNoLongerTheLast) {
  ActorWorld world;
  world.courier().answer_with(SendVerdict::kUnknown);
  world.say(kParent, "I need leave for my daughter");
  world.advance(std::chrono::seconds{1});
  world.courier().answer_with(SendVerdict::kAccepted);
  world.say(kParent, "Aisha Khan");
  world.advance(limits::kUnknownPatience * 3);
  EXPECT_THAT(world.replies(kParent), SizeIs(2));
}

TEST(Outbox, DoesNotRepeatAQuestionAfterOneThatASweepFound) {
  ActorWorld world;
  world.courier().answer_with(SendVerdict::kUnknown);
  world.say(kParent, "I need leave for my daughter");
  world.advance(std::chrono::seconds{1});
  world.courier().answer_with(SendVerdict::kAccepted);
  world.store.fail_next_commit(Errc::kUnavailable, FailPoint::kAfterApply);
  world.say(kParent, "Aisha Khan");
  world.advance(limits::kUnknownPatience * 3);
  EXPECT_THAT(world.replies(kParent), SizeIs(2));
}

TEST(Outbox, ClaimsANoticeBeforeItLeaves) {
  ActorWorld world;
  request_leave(world);
  EXPECT_THAT(world.replies(ActorWorld::kTeacherPhone), SizeIs(1));
  world.courier().hold();
  request_leave(world);
  EXPECT_THAT(world.replies(ActorWorld::kTeacherPhone), SizeIs(2));
  bool claimed = false;
  for (const auto& kept : world.outbox()) claimed = claimed || kept.state == OutboxState::kClaimed;
  EXPECT_TRUE(claimed);
}

TEST(Outbox, TriesANoticeAgainThatWasRefusedForNow) {
  ActorWorld world;
  world.courier().answer_with(SendVerdict::kRetryLater);
  request_leave(world);
  world.courier().answer_with(SendVerdict::kAccepted);
  world.advance(limits::kSendRetryMin * 8);
  EXPECT_EQ(state_of_notice(world), OutboxState::kSent);
}

TEST(Outbox, NeverSendsANoticeAgainThatMayHaveLeft) {
  ActorWorld world;
  world.courier().answer_with(SendVerdict::kUnknown);
  request_leave(world);
  world.courier().answer_with(SendVerdict::kAccepted);
  world.advance(limits::kUnknownPatience * 5);
  EXPECT_THAT(world.replies(ActorWorld::kTeacherPhone), SizeIs(1));
  EXPECT_EQ(state_of_notice(world), OutboxState::kUnknown);
  EXPECT_THAT(*world.store.reader()->dead_letters(world.school(), 10), SizeIs(2))
      << "the notice, and the question that was not the last";
}

TEST(Outbox, ANoticeInFlightAtACrashIsADeadLetter) {
  ActorWorld world;
  world.courier().hold();
  request_leave(world);
  EXPECT_EQ(state_of_notice(world), OutboxState::kClaimed);
  world.crash();
  world.restart();
  world.advance(limits::kOutboxSweepEvery * 4);
  EXPECT_THAT(world.replies(ActorWorld::kTeacherPhone), SizeIs(0)) << "it may have left";
  EXPECT_EQ(state_of_notice(world), OutboxState::kUnknown);
}

TEST(Outbox, SendsARevivedDeadLetter) {
  ActorWorld world;
  world.courier().answer_with(SendVerdict::kFailed);
  request_leave(world);
  world.advance(limits::kMarksLinger);
  EXPECT_EQ(state_of_notice(world), OutboxState::kFailed);
  world.courier().answer_with(SendVerdict::kAccepted);
  const auto letters = *world.store.reader()->dead_letters(world.school(), 10);
  for (const auto& letter : letters) {
    ASSERT_TRUE(world.store
                    .revive(world.school(), letter.ref,
                            std::chrono::sys_days{std::chrono::year{2030} / 1 / 1})
                    .ok());
  }
  world.advance(limits::kOutboxSweepEvery * 2);
  EXPECT_EQ(state_of_notice(world), OutboxState::kSent);
  EXPECT_THAT(world.replies(ActorWorld::kTeacherPhone), SizeIs(2));
  EXPECT_THAT(world.replies(kParent), SizeIs(4)) << "replies too";
}

TEST(Outbox, DoesNotResendAfterACrashWhatAStatusProvesThatIsNotWrittenYet) {
  ActorWorld world;
  world.courier().hold();
  world.say(kParent, "I need leave for my daughter");
  world.run();
  const auto posted = world.courier().posted()[0];
  world.crash();
  world.restart();
  world.store.fail_next_commit(Errc::kUnavailable);
  EXPECT_EQ(world.status(report(world, status_of(posted, DeliveryState::kSent))), 503);
  world.advance(limits::kResendGrace * 3);
  EXPECT_THAT(world.replies(kParent), SizeIs(0));
}

TEST(Outbox, GivesUpWhatCannotWork) {
  ActorWorld world;
  world.courier().answer_with(SendVerdict::kFailed);
  world.say(kParent, "hi");
  world.run();
  world.advance(limits::kOutboxSweepEvery * 4);
  EXPECT_THAT(world.replies(kParent), SizeIs(1));
  EXPECT_EQ(world.outbox()[0].state, OutboxState::kFailed);
  EXPECT_EQ(world.outbox()[0].error_code, 131026);
}

TEST(Outbox, NeverMovesAStateBackwards) {
  ActorWorld world;
  world.say(kParent, "hi");
  world.run();
  auto posted = world.courier().posted()[0];
  EXPECT_EQ(world.status(report(world, status_of(posted, DeliveryState::kRead))), 200);
  report(world, status_of(posted, DeliveryState::kDelivered));
  report(world, status_of(posted, DeliveryState::kSent));
  EXPECT_EQ(world.outbox()[0].state, OutboxState::kRead);
}

TEST(Outbox, SendsAfterACrashWhatHadNotLeft) {
  ActorWorld world;
  world.courier().hold();
  world.say(kParent, "I need leave for my daughter");
  world.say(kParent, "Aisha Khan");
  world.run();
  world.crash();
  world.restart();
  EXPECT_THAT(world.replies(kParent), SizeIs(0)) << "first a pause, for status webhooks to come in";
  world.advance(limits::kResendGrace * 2);
  EXPECT_THAT(world.replies(kParent), SizeIs(2));
  world.advance(limits::kOutboxSweepEvery * 4);
  EXPECT_THAT(world.replies(kParent), SizeIs(2));
}

TEST(Outbox, SendsAfterACrashWhatASweepHadFoundLate) {
  ActorWorld world;
  world.say(kParent, "hi");
  world.run();
  world.courier().answer_with(SendVerdict::kRetryLater);
  world.store.fail_next_commit(Errc::kUnavailable, FailPoint::kAfterApply);
  world.say(kParent, "I need leave for my daughter");
  // Long after its turn the reply is found, and does not get through.
  world.advance(limits::kSettledMargin * 3);
  ASSERT_GE(world.courier().posted().size(), 2u);
  ASSERT_EQ(world.outbox().size(), 2u);
  ASSERT_EQ(world.outbox()[1].state, OutboxState::kDue);
  world.crash();
  world.restart();
  world.courier().answer_with(SendVerdict::kAccepted);
  world.advance(limits::kResendGrace * 3);
  EXPECT_EQ(world.outbox()[1].state, OutboxState::kSent);
}

TEST(Outbox, DoesNotResendAfterACrashWhatAStatusProves) {
  ActorWorld world;
  world.courier().hold();
  world.say(kParent, "I need leave for my daughter");
  world.run();
  auto posted = world.courier().posted()[0];
  world.crash();
  world.restart();
  report(world, status_of(posted, DeliveryState::kSent));
  world.advance(limits::kOutboxSweepEvery * 4);
  EXPECT_THAT(world.replies(kParent), SizeIs(0));
}

TEST(Outbox, TellsTheStoreAgainWhenItWasAway) {
  ActorWorld world;
  world.courier().hold();
  world.say(kParent, "hi");
  world.run();
  world.store.fail_next_commit(Errc::kUnavailable);
  world.courier().release();
  world.run();
  EXPECT_EQ(world.outbox()[0].state, OutboxState::kDue);
  world.advance(limits::kOutboxSweepEvery * 3);
  EXPECT_EQ(world.outbox()[0].state, OutboxState::kSent);
  EXPECT_THAT(world.replies(kParent), SizeIs(1)) << "not sent twice";
}

TEST(Outbox, PacesANumber) {
  ActorWorld world;
  WebhookArrived webhook;
  for (int i = 0; i < 200; ++i)
    webhook.messages.push_back(world.envelope("9198000001" + std::to_string(100 + i), "hi"));
  world.send(std::move(webhook));
  world.run();
  EXPECT_EQ(world.courier().posted().size(), limits::kNumberRatePerSecond);
  world.advance(std::chrono::seconds{1});
  EXPECT_LE(world.courier().posted().size(), 2 * limits::kNumberRatePerSecond);
  world.advance(std::chrono::seconds{2});
  EXPECT_THAT(world.courier().posted(), SizeIs(200));
}

}  // namespace
}  // namespace mitr
