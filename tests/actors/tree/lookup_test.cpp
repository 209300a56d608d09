// Goal: what a tenant has imported answers its contacts, in the order of their messages, once, and
// whatever fails. Method: the school's roster and fees in the store, a parent writes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/actor_world.h"

namespace mitr {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;
using namespace std::chrono_literals;

constexpr const char* kParent = "919800000001";
constexpr const char* kStranger = "919800000002";
constexpr const char* kRoster =
    "admission_no,student,class,phone\n"
    "A-17,Diya Sharma,3A,919800000001\n";
constexpr const char* kFees =
    "admission_no,period,amount,due_on\n"
    "A-17,Term 2,12500,2026-12-10\n";

class Lookup : public ::testing::Test {
 protected:
  Lookup() {
    world_.import_table("roster", kRoster);
    world_.import_table("fees", kFees);
    world_.crash();
    world_.restart();
  }

  /// By the parent's phone, whoever has it.
  void say(const std::string& bsuid, const std::string& text,
           const std::string& number = ActorWorld::kSchoolNumber) {
    auto envelope = world_.envelope(kParent, text);
    envelope.number = number;
    envelope.bsuid = Personal(bsuid);
    envelope.sent_at = world_.now();
    WebhookArrived webhook;
    webhook.messages.push_back(std::move(envelope));
    world_.send(std::move(webhook));
    world_.run();
  }

  ActorWorld world_;
};

TEST_F(Lookup, AKnownChildIsNotAskedFor) {
  world_.say(kParent, "need leave tomorrow due to fever");
  world_.run();
  ASSERT_THAT(world_.replies(kParent), SizeIs(1)) << "nothing is said while it is looked up";
  EXPECT_THAT(world_.replies(kParent)[0], HasSubstr("Diya Sharma"));
  EXPECT_THAT(world_.replies(kParent)[0], HasSubstr("3A"));
}

TEST_F(Lookup, AParentsFeesAreTheirs) {
  world_.say(kParent, "how much fee is due?");
  world_.run();
  ASSERT_THAT(world_.replies(kParent), SizeIs(1));
  EXPECT_THAT(world_.replies(kParent)[0], HasSubstr("12,500"));
  world_.say(kStranger, "how much fee is due?");
  world_.say(kStranger, "Diya Sharma");
  world_.say(kStranger, "3A");
  world_.run();
  for (const auto& reply : world_.replies(kStranger)) EXPECT_THAT(reply, Not(HasSubstr("12,500")));
}

TEST_F(Lookup, ANameOfTheRosterIsHeardInSmallLetters) {
  const std::string words = "qalmip drozde has to rest tomorrow, leave please";
  world_.say(kStranger, words);
  world_.run();
  EXPECT_THAT(world_.replies(kStranger).back(), HasSubstr("name of the student"));
  world_.import_table("roster",
                      "admission_no,student,class,phone\n"
                      "A-18,Qalmip Drozde,4B,919800000009\n");
  world_.advance(1min);
  world_.say(kStranger, "cancel");
  world_.say(kStranger, words);
  world_.run();
  EXPECT_THAT(world_.replies(kStranger).back(), HasSubstr("Qalmip Drozde"));
}

TEST_F(Lookup, WhoWritesAheadIsAnsweredInOrder) {
  world_.say(kParent, "need leave tomorrow due to fever");
  world_.say(kParent, "yes");
  world_.run();
  ASSERT_THAT(world_.replies(kParent), SizeIs(2));
  EXPECT_THAT(world_.replies(kParent)[1], HasSubstr("recorded"));
}

TEST_F(Lookup, ARecordThatCannotBeReadIsAskedFor) {
  world_.say(kParent, "I need leave for my daughter");
  world_.run();
  world_.store.fail_next_read(Errc::kUnavailable);
  world_.say(kParent, "cancel");
  world_.say(kParent, "need leave tomorrow due to fever");
  world_.run();
  EXPECT_THAT(world_.replies(kParent).back(), HasSubstr("name of the student"));
}

TEST_F(Lookup, ARecycledPhoneDoesNotOpenTheFormerFamilysRows) {
  say("IN.1", "hello");
  world_.advance(1min);
  say("IN.2", "need leave tomorrow due to fever");
  EXPECT_THAT(world_.replies(kParent).back(), HasSubstr("name of the student"));
  say("IN.2", "cancel");
  say("IN.2", "how much fee is due?");
  say("IN.2", "Diya Sharma");
  say("IN.2", "3A");
  for (const auto& reply : world_.replies(kParent)) {
    EXPECT_THAT(reply, Not(HasSubstr("12,500")));
    EXPECT_THAT(reply, Not(HasSubstr("which child")));
  }
}

TEST_F(Lookup, APhoneThatPassedInAnotherPortfolioIsStillTheirsHere) {
  say("IN.1", "hello");
  say("IN.7", "hello", ActorWorld::kNorthNumber);
  world_.advance(1min);
  say("IN.8", "need leave tomorrow due to fever", ActorWorld::kNorthNumber);
  EXPECT_THAT(world_.replies(kParent).back(), HasSubstr("name of the student")) << "it passed";
  say("IN.1", "need leave tomorrow due to fever");
  EXPECT_THAT(world_.replies(kParent).back(), HasSubstr("Diya Sharma"));
}

TEST_F(Lookup, ARosterThatIsImportedAgainConfirmsAPhone) {
  say("IN.1", "hello");
  world_.advance(1min);
  say("IN.2", "hello");
  world_.advance(1min);
  world_.import_table("roster", kRoster);
  say("IN.2", "need leave tomorrow due to fever");
  EXPECT_THAT(world_.replies(kParent).back(), HasSubstr("Diya Sharma"));
}

TEST_F(Lookup, APhoneThatComesBackIsConfirmedAnewToo) {
  say("IN.1", "hello");
  world_.advance(1min);
  say("IN.2", "hello");
  world_.advance(1min);
  say("IN.1", "need leave tomorrow due to fever");
  EXPECT_THAT(world_.replies(kParent).back(), HasSubstr("name of the student"));
}

TEST_F(Lookup, WhoTakesTheirPhoneAlongKeepsTheirRows) {
  say("IN.1", "hello");
  world_.advance(1min);
  whatsapp::IdentityChange change;
  change.number = ActorWorld::kSchoolNumber;
  change.message = Personal("identity:IN.1:IN.2");
  change.before.bsuid = Personal("IN.1");
  change.after.bsuid = Personal("IN.2");
  change.after.phone = Personal(kParent);
  change.at = world_.now();
  WebhookArrived webhook;
  webhook.identity_changes.push_back(std::move(change));
  world_.send(std::move(webhook));
  world_.run();
  say("IN.2", "need leave tomorrow due to fever");
  EXPECT_THAT(world_.replies(kParent).back(), HasSubstr("Diya Sharma"));
}

TEST_F(Lookup, IsMadeAgainAfterACrash) {
  world_.say(kParent, "need leave tomorrow due to fever");
  while (world_.store.turn_count() == 0) world_.run_some(1);
  world_.crash();
  ASSERT_EQ(world_.store.turn_count(), 1u) << "the question is stored, its answer is not";
  world_.restart();
  world_.advance(3min);
  ASSERT_THAT(world_.replies(kParent), SizeIs(1));
  EXPECT_THAT(world_.replies(kParent)[0], HasSubstr("Diya Sharma"));
}

}  // namespace
}  // namespace mitr
