// Goal: one person is one conversation under all their names, and nobody ever hears another's
// words. Method: a whole node's actors; webhooks as values, names that come, go and change hands.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/actor_world.h"
#include "tools/mitr/seed.h"

namespace mitr {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using namespace std::chrono_literals;

constexpr const char* kPhone = "919800000001";
constexpr const char* kNewPhone = "919800000002";
constexpr const char* kId = "IN.1001";
constexpr const char* kNewId = "IN.1002";
constexpr const char* kAsk = "I need leave for my daughter";

class Identity : public ::testing::Test {
 protected:
  std::uint64_t say(const std::string& bsuid, const std::string& phone, const std::string& text,
                    const std::string& number = ActorWorld::kSchoolNumber) {
    auto envelope = world_.envelope(phone, text);
    envelope.number = number;
    envelope.bsuid = Personal(bsuid);
    envelope.sent_at = world_.now();
    WebhookArrived webhook;
    webhook.messages.push_back(std::move(envelope));
    const auto request = world_.send(std::move(webhook));
    world_.run();
    return request;
  }

  std::uint64_t tell_change(const whatsapp::PersonIdentity& before,
                            const whatsapp::PersonIdentity& after) {
    whatsapp::IdentityChange change;
    change.number = ActorWorld::kSchoolNumber;
    change.message = Personal("identity:" + before.bsuid.reveal() + ":" + after.bsuid.reveal());
    change.before = before;
    change.after = after;
    change.at = world_.now();
    WebhookArrived webhook;
    webhook.identity_changes.push_back(std::move(change));
    const auto request = world_.send(std::move(webhook));
    world_.run();
    return request;
  }

  /// The first of an account that is heard at `number`, from kId; then its news of kId, which names
  /// no number.
  std::uint64_t tell_change_of_account(const std::string& account, const std::string& number) {
    auto first = world_.envelope(kPhone, kAsk);
    first.number = number;
    first.bsuid = Personal(kId);
    first.account = account;
    WebhookArrived webhook;
    webhook.messages.push_back(std::move(first));
    world_.send(std::move(webhook));
    world_.advance(1min);
    whatsapp::IdentityChange change;
    change.message = Personal("identity:unnamed");
    change.before = {account, {}, Personal(kId), {}, {}};
    change.after = {account, Personal(kNewPhone), Personal(kNewId), {}, {}};
    change.at = world_.now();
    WebhookArrived news;
    news.identity_changes.push_back(std::move(change));
    const auto request = world_.send(std::move(news));
    world_.run();
    return request;
  }

  static whatsapp::PersonIdentity person(const std::string& bsuid, const std::string& phone) {
    return {"1022", Personal(phone), Personal(bsuid), {}, {}};
  }

  ActorWorld world_;
};

TEST_F(Identity, APhoneThatComesLaterJoinsTheConversation) {
  say(kId, "", kAsk);
  EXPECT_THAT(world_.replies(kId), SizeIs(1)) << "answered by the only name there is";
  world_.advance(1s);
  say(kId, kPhone, "Aisha Khan");
  ASSERT_THAT(world_.replies(kPhone), SizeIs(1));
  EXPECT_THAT(world_.replies(kPhone)[0], HasSubstr("Which class"));
}

TEST_F(Identity, ABsuidThatComesLaterJoinsTheConversation) {
  say("", kPhone, kAsk);
  world_.advance(1s);
  say(kId, kPhone, "Aisha Khan");
  ASSERT_THAT(world_.replies(kPhone), SizeIs(2));
  EXPECT_THAT(world_.replies(kPhone)[1], HasSubstr("Which class"));
  world_.advance(1s);
  say(kId, "", "5B");
  EXPECT_THAT(world_.replies(kPhone), SizeIs(3)) << "the phone is known by now";
}

TEST_F(Identity, ARecycledPhoneOpensNobodysConversation) {
  say(kId, kPhone, kAsk);
  say(kId, kPhone, "Aisha Khan");
  world_.advance(10min);
  say(kNewId, kPhone, "hello");
  ASSERT_THAT(world_.replies(kPhone), SizeIs(3));
  EXPECT_THAT(world_.replies(kPhone)[2], Not(HasSubstr("Which class")));
  // Who had it is asked by the name they still have: not by the phone.
  world_.advance(31min);
  EXPECT_THAT(world_.replies(kPhone), SizeIs(3));
  ASSERT_THAT(world_.replies(kId), SizeIs(1));
  EXPECT_THAT(world_.replies(kId)[0], HasSubstr("not sent yet"));
  say(kId, "", "5B");
  ASSERT_THAT(world_.replies(kId), SizeIs(2));
  EXPECT_THAT(world_.replies(kId)[1], HasSubstr("day"));
}

TEST_F(Identity, ARecycledPhoneStaysTheNewHoldersAfterACrash) {
  say(kId, kPhone, kAsk);
  world_.advance(10min);
  say(kNewId, kPhone, "hello");
  world_.advance(limits::kMarksLinger);
  world_.crash();
  world_.restart();
  world_.advance(31min);
  EXPECT_THAT(world_.replies(kPhone), IsEmpty());
  EXPECT_THAT(world_.replies(kId), SizeIs(1)) << "the reminder";
}

TEST_F(Identity, ALateMessageOfTheFormerHolderGoesToTheirConversation) {
  auto late = world_.envelope(kPhone, "Aisha Khan");
  late.bsuid = Personal(kId);
  say(kId, kPhone, kAsk);
  late.sent_at = world_.now();
  world_.advance(1min);
  say(kNewId, kPhone, "hello");
  const auto heard = world_.replies(kPhone).size();
  WebhookArrived webhook;
  webhook.messages.push_back(late);
  world_.send(std::move(webhook));
  world_.run();
  EXPECT_THAT(world_.replies(kPhone), SizeIs(heard)) << "the new holder hears nothing of it";
  ASSERT_THAT(world_.replies(kId), SizeIs(1));
  EXPECT_THAT(world_.replies(kId)[0], HasSubstr("Which class"));
}

/// A turn of the former holder with new details, decided before the phone passed and stored after.
TEST_F(Identity, ATurnInFlightDoesNotBringALostPhoneBack) {
  for (int steps = 0; steps < 60; ++steps) {
    ActorWorld world;
    const auto send = [&](const char* bsuid, const char* phone, const char* text, const char* name,
                          std::chrono::seconds ago = 0s) {
      auto envelope = world.envelope(phone, text);
      envelope.bsuid = Personal(bsuid);
      envelope.profile_name = Personal(name);
      envelope.sent_at = world.now() - ago;
      WebhookArrived webhook;
      webhook.messages.push_back(std::move(envelope));
      world.send(std::move(webhook));
    };
    send(kId, kPhone, kAsk, "A Parent");
    world.run();
    world.advance(1500ms);
    send(kNewId, kPhone, "hello", "Another");
    world.run_some(steps);
    send(kId, kPhone, "Aisha Khan", "A Parent, renamed", 1s);
    world.run();
    world.crash();
    world.restart();
    send(kId, "", "5B", "A Parent, renamed");
    world.run();
    EXPECT_THAT(world.replies(kPhone), IsEmpty()) << "after " << steps << " steps";
    EXPECT_THAT(world.replies(kId), SizeIs(1)) << "after " << steps << " steps";
  }
}

TEST_F(Identity, AToldChangeTakesTheConversationAlong) {
  say(kId, kPhone, kAsk);
  world_.advance(10min);
  const auto told = tell_change(person(kId, ""), person(kNewId, kNewPhone));
  EXPECT_EQ(world_.status(told), 200);
  world_.advance(21min);
  ASSERT_THAT(world_.replies(kNewPhone), SizeIs(1)) << "the reminder";
  world_.advance(1min);
  say(kNewId, kNewPhone, "Aisha Khan");
  ASSERT_THAT(world_.replies(kNewPhone), SizeIs(2));
  EXPECT_THAT(world_.replies(kNewPhone)[1], HasSubstr("Which class"));
  EXPECT_THAT(world_.replies(kPhone), SizeIs(1));
}

TEST_F(Identity, AToldChangeTakesTheConversationAlongToTheNextNode) {
  say(kId, kPhone, kAsk);
  world_.advance(1min);
  tell_change(person(kId, ""), person(kNewId, kNewPhone));
  world_.crash();
  world_.restart();
  say(kNewId, kNewPhone, "Aisha Khan");
  ASSERT_THAT(world_.replies(kNewPhone), SizeIs(1));
  EXPECT_THAT(world_.replies(kNewPhone)[0], HasSubstr("Which class"));
}

TEST_F(Identity, AChangeThatNamesNoNumberConcernsTheAccountsTenants) {
  EXPECT_EQ(world_.status(tell_change_of_account("1022", ActorWorld::kSchoolNumber)), 200);
  say(kNewId, kNewPhone, "Aisha Khan");
  ASSERT_THAT(world_.replies(kNewPhone), SizeIs(1));
  EXPECT_THAT(world_.replies(kNewPhone)[0], HasSubstr("Which class"));
}

TEST_F(Identity, PortfoliosKnowNothingOfOneAnother) {
  constexpr auto kNorth = ActorWorld::kNorthNumber;
  say(kId, kPhone, kAsk);
  // The same person under another id, or somebody else who has the phone by now: nothing tells.
  world_.advance(1s);
  say(kNewId, kPhone, kAsk, kNorth);
  say(kNewId, kPhone, "Zoya Shaikh", kNorth);
  ASSERT_THAT(world_.replies(kPhone), SizeIs(3));
  EXPECT_THAT(world_.replies(kPhone)[2], HasSubstr("Which class"));
  // The phone did not pass over: both are reached by it, and go on where they were.
  world_.advance(1s);
  say("", kPhone, "Aisha Khan");
  say("", kPhone, "4C", kNorth);
  ASSERT_THAT(world_.replies(kPhone), SizeIs(5));
  EXPECT_THAT(world_.replies(kPhone)[3], HasSubstr("Which class"));
  EXPECT_THAT(world_.replies(kPhone)[4], Not(HasSubstr("Which class")));
  // An id of the one says nothing in the other.
  const auto before = world_.replies(kPhone).size();
  say(kId, "", "5B", kNorth);
  EXPECT_THAT(world_.replies(kPhone), SizeIs(before));
  EXPECT_THAT(world_.replies(kId), SizeIs(1)) << "somebody new, without a phone";
}

TEST_F(Identity, ANewPhoneIsReachedInItsPortfolioAfterACrash) {
  // The phone is lost in the main portfolio: whoever has it in the other keeps it all the same.
  say(kId, kNewPhone, "hello");
  world_.advance(1s);
  say("IN.1009", kNewPhone, "hello");
  constexpr auto kNorth = ActorWorld::kNorthNumber;
  say("IN.2001", kPhone, kAsk, kNorth);
  world_.advance(1s);
  say("IN.2001", kNewPhone, "Aisha Khan", kNorth);
  world_.crash();
  world_.restart();
  const auto before = world_.replies(kNewPhone).size();
  say("IN.2001", "", "5B", kNorth);
  EXPECT_THAT(world_.replies(kNewPhone), SizeIs(before + 1)) << "by the phone it is known to have";
}

TEST_F(Identity, ANumberStaysInItsPortfolio) {
  const auto rows = world_.store.reader()->tenants();
  ASSERT_TRUE(rows.ok());
  TenantSeed seed;
  seed.slug = "school";
  seed.name = "School";
  seed.numbers = {ActorWorld::kSchoolNumber, ActorWorld::kNorthNumber};
  seed.settings.pack = "school";
  const auto moved = seed_tenants(world_.store, SecretKey::random(), {seed});
  ASSERT_FALSE(moved.ok());
  EXPECT_EQ(moved.error().code, Errc::kInvalidConfig);
  EXPECT_THAT(moved.error().what, HasSubstr("100200301 is of the portfolio 'north'"));
  EXPECT_EQ(*world_.store.reader()->tenants(), *rows) << "nothing was written";
}

TEST_F(Identity, AChangeOfAnAccountIsOfItsPortfolio) {
  EXPECT_EQ(world_.status(tell_change_of_account("1033", ActorWorld::kNorthNumber)), 200);
  say(kNewId, kNewPhone, "Aisha Khan", ActorWorld::kNorthNumber);
  ASSERT_THAT(world_.replies(kNewPhone), SizeIs(1));
  EXPECT_THAT(world_.replies(kNewPhone)[0], HasSubstr("Which class"));
}

TEST_F(Identity, AChangeToldTwiceIsOneTurn) {
  say(kId, kPhone, kAsk);
  world_.advance(1min);
  for (int times = 0; times < 3; ++times)
    EXPECT_EQ(world_.status(tell_change(person(kId, ""), person(kNewId, kNewPhone))), 200);
  EXPECT_EQ(world_.store.turn_count(), 2u);
}

TEST_F(Identity, AChangeToldTooLateLeavesTwoConversations) {
  say(kId, kPhone, kAsk);
  world_.advance(1min);
  say(kNewId, kNewPhone, "hello");
  const auto heard = world_.replies(kNewPhone).size();
  tell_change(person(kId, ""), person(kNewId, kNewPhone));
  EXPECT_THAT(world_.replies(kNewPhone), SizeIs(heard));
  world_.advance(31min);
  ASSERT_THAT(world_.replies(kNewPhone), SizeIs(heard + 1))
      << "one person: reminded where they are";
  EXPECT_THAT(world_.replies(kNewPhone).back(), HasSubstr("not sent yet"));
}

TEST_F(Identity, AChangeOfNobodyIsAcknowledged) {
  EXPECT_EQ(world_.status(tell_change(person(kId, ""), person(kNewId, kNewPhone))), 200);
  EXPECT_EQ(world_.store.turn_count(), 0u);
}

TEST_F(Identity, AChangeThatWasNotStoredIsNotAcknowledged) {
  say(kId, kPhone, kAsk);
  world_.store.fail_next_commit(Errc::kUnavailable);
  EXPECT_EQ(world_.status(tell_change(person(kId, ""), person(kNewId, kNewPhone))), 503);
}

}  // namespace
}  // namespace mitr
