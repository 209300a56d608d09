// Goal: what the provider says of a business acts: notices wait while they may not leave, leave
// when they may, and those that waited too long say why. Method: a whole node's actors.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "actors/outbox/hold.h"
#include "tests/support/actor_world.h"

namespace mitr {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using namespace std::chrono_literals;

constexpr const char* kParent = "919800000001";
constexpr const char* kAccount = "1022";
constexpr const char* kRestriction = "restriction:RESTRICTED_BIZ_INITIATED_MESSAGING";

class StandingOf : public ::testing::Test {
 protected:
  StandingOf() {
    // The account is learnt from a message of the number.
    say("hello");
  }

  void say(const std::string& text) {
    auto envelope = world_.envelope(kParent, text);
    envelope.account = kAccount;
    WebhookArrived webhook;
    webhook.messages.push_back(std::move(envelope));
    world_.send(std::move(webhook));
    world_.run();
  }

  std::uint64_t tell(const std::string& subject, const std::string& name, const std::string& aspect,
                     const std::string& value,
                     std::optional<std::chrono::sys_seconds> until = std::nullopt) {
    WebhookArrived webhook;
    webhook.standings.push_back({kAccount, subject, name, aspect, value, "", world_.now(), until});
    const auto request = world_.send(std::move(webhook));
    world_.run();
    return request;
  }

  void instruct(const Input& input) { ASSERT_TRUE(world_.instruct(kParent, input).ok()); }
  std::vector<std::string> said() const { return world_.replies(kParent); }

  /// A whole leave request: a notice goes to the class teacher.
  void request_leave() {
    say("leave for Rohan Mehta of class 5B tomorrow because of fever");
    say("yes");
  }

  std::vector<std::string> notices() const { return world_.replies(ActorWorld::kTeacherPhone); }
  std::string template_of_notice() {
    request_leave();
    const auto text = notices().back();
    world_.advance(1min);
    return text.substr(9, text.find(':') - 9) + "/en";
  }
  MemoryStore::KeptOutbox notice_row() const {
    for (const auto& kept : world_.outbox())
      if (kept.row.lane == Lane::kTransaction) return kept;
    return {};
  }

  ActorWorld world_;
};

TEST_F(StandingOf, ARestrictedAccountSendsNoNoticesAndAnswersAllTheSame) {
  EXPECT_EQ(world_.status(tell("account", "", kRestriction, "RESTRICTED")), 200);
  const auto before = world_.replies(kParent).size();
  request_leave();
  world_.advance(5min);
  EXPECT_THAT(notices(), IsEmpty());
  EXPECT_THAT(world_.replies(kParent), SizeIs(before + 2));
}

TEST_F(StandingOf, NoticesLeaveWhenARestrictionIsOver) {
  tell("account", "", kRestriction, "RESTRICTED", world_.now() + 10min);
  request_leave();
  world_.advance(9min);
  EXPECT_THAT(notices(), IsEmpty());
  world_.advance(3min);
  EXPECT_THAT(notices(), SizeIs(1));
}

TEST_F(StandingOf, NoticesLeaveWhenTheAccountIsConnectedAgain) {
  tell("account", "", "link", "PARTNER_REMOVED");
  request_leave();
  world_.advance(2min);
  EXPECT_THAT(notices(), IsEmpty());
  tell("account", "", "link", "ACCOUNT_RECONNECTED");
  world_.advance(2min);
  EXPECT_THAT(notices(), SizeIs(1));
}

TEST_F(StandingOf, APausedTemplateHoldsItsNoticesOnly) {
  tell("template", "another_notice/en", "status", "PAUSED");
  const auto made_of = template_of_notice();
  ASSERT_THAT(notices(), SizeIs(1)) << "another template is paused";
  tell("template", made_of, "status", "PAUSED");
  request_leave();
  world_.advance(2min);
  EXPECT_THAT(notices(), SizeIs(1));
  tell("template", made_of, "status", "APPROVED");
  world_.advance(2min);
  EXPECT_THAT(notices(), SizeIs(2));
}

TEST_F(StandingOf, IsKnownToTheNextNode) {
  tell("account", "", "ban", "DISABLE");
  world_.crash();
  world_.restart();
  request_leave();
  world_.advance(2min);
  EXPECT_THAT(notices(), IsEmpty());
}

TEST_F(StandingOf, WhatWaitedTooLongIsADeadLetterThatSaysWhy) {
  tell("account", "", "link", "PARTNER_REMOVED");
  request_leave();
  world_.tick(25h);
  world_.advance(5min);
  EXPECT_THAT(notices(), IsEmpty());
  EXPECT_EQ(notice_row().state, OutboxState::kFailed);
  EXPECT_EQ(notice_row().error_code, static_cast<int>(Hold::kDisconnected));
}

TEST_F(StandingOf, AnotherAccountConcernsNobodyHere) {
  WebhookArrived webhook;
  webhook.standings.push_back({"9999", "account", "", "ban", "DISABLE", "", world_.now(), {}});
  const auto request = world_.send(std::move(webhook));
  world_.run();
  EXPECT_EQ(world_.status(request), 200);
  request_leave();
  EXPECT_THAT(notices(), SizeIs(1));
}

TEST_F(StandingOf, ADesksNoticeWaitsUntilTheRestrictionIsOver) {
  tell("account", "", kRestriction, "RESTRICTED", world_.now() + 10min);
  instruct(Proactive{Personal("School is closed tomorrow."), false});
  world_.advance(9min);
  EXPECT_THAT(said(), SizeIs(1)) << "the answer to hello";
  world_.advance(3min);
  ASSERT_THAT(said(), SizeIs(2));
  EXPECT_EQ(said().back(), "School is closed tomorrow.");
  world_.advance(5min);
  EXPECT_THAT(said(), SizeIs(2));
}

TEST_F(StandingOf, ADesksNoticeThatWaitsOutlivesTheNodeAndEndsAsADeadLetter) {
  tell("account", "", "link", "PARTNER_REMOVED");
  instruct(Proactive{Personal("School is closed tomorrow."), false});
  world_.advance(1min);
  world_.crash();
  world_.restart();
  world_.advance(1min);
  EXPECT_THAT(said(), IsEmpty());
  EXPECT_EQ(notice_row().state, OutboxState::kDue);
  world_.tick(25h);
  world_.advance(5min);
  EXPECT_EQ(notice_row().state, OutboxState::kFailed);
  EXPECT_EQ(notice_row().error_code, static_cast<int>(Hold::kDisconnected));
}

TEST_F(StandingOf, WhatAPersonOfTheDeskAnswersLeavesThoughNothingMayBeBegun) {
  tell("account", "", kRestriction, "RESTRICTED");
  instruct(HumanMessage{Personal("This is the office."), false});
  world_.advance(5s);
  EXPECT_EQ(said().back(), "This is the office.");
}

TEST_F(StandingOf, AReminderIsPutOffUntilTheRestrictionIsOver) {
  say("I need leave for my daughter");
  tell("account", "", kRestriction, "RESTRICTED", world_.now() + 40min);
  const auto before = said().size();
  world_.advance(44min);
  EXPECT_THAT(said(), SizeIs(before)) << "put off for a quarter of an hour";
  world_.advance(2min);
  ASSERT_THAT(said(), SizeIs(before + 1));
  EXPECT_THAT(said().back(), HasSubstr("not sent yet"));
}

TEST_F(StandingOf, AReminderThatWasPutOffIsNotSaidToWhoWentOn) {
  say("I need leave for my daughter");
  tell("account", "", kRestriction, "RESTRICTED", world_.now() + 40min);
  world_.advance(35min);
  say("Aisha Khan");
  const auto before = said().size();
  world_.advance(25min);
  EXPECT_THAT(said(), SizeIs(before)) << "half an hour has not passed since";
  world_.advance(10min);
  EXPECT_THAT(said(), SizeIs(before + 1));
}

TEST_F(StandingOf, AReminderThatWasPutOffForADayIsNone) {
  say("I need leave for my daughter");
  tell("account", "", kRestriction, "RESTRICTED", world_.now() + 25h);
  const auto before = said().size();
  world_.advance(31min);
  world_.tick(24h);
  world_.advance(1min);
  EXPECT_THAT(said(), SizeIs(before));
  EXPECT_EQ(world_.store.timer_count(), 0u) << "the form has lapsed";
}

TEST_F(StandingOf, AnAnswerWaitsWhereTheProviderForbidsToAnswer) {
  constexpr const char* kSilenced = "restriction:RESTRICTED_CUSTOMER_INITIATED_MESSAGING";
  tell("account", "", kSilenced, "RESTRICTED", world_.now() + 10min);
  const auto before = said().size();
  say("I need leave for my daughter");
  world_.advance(9min);
  EXPECT_THAT(said(), SizeIs(before));
  world_.advance(2min);
  ASSERT_THAT(said(), SizeIs(before + 1));
  EXPECT_THAT(said().back(), HasSubstr("name of the student"));
}

TEST_F(StandingOf, WhatWasNotStoredIsNotAcknowledged) {
  world_.store.fail_next_commit(Errc::kUnavailable);
  EXPECT_EQ(world_.status(tell("account", "", "ban", "DISABLE")), 503);
}

}  // namespace
}  // namespace mitr
