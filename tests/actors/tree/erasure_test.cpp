// Goal: who is erased is gone from the store and from a node that runs; a repeat makes no ghost,
// whoever writes again is somebody new, a stop stays one. Method: a whole node's actors, the store
// in memory, and what an operator's tool does.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/actor_world.h"
#include "tools/mitr/contact_erasure.h"
#include "tools/mitr/contact_export.h"

namespace mitr {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using namespace std::chrono_literals;

constexpr const char* kPhone = "919800000001";
constexpr const char* kOther = "919800000002";
constexpr const char* kAsk = "I need leave for my daughter";

class ErasureInANode : public ::testing::Test {
 protected:
  void SetUp() override {
    auto tenants = open_tenants(*reader_, world_.root(), "school");
    ASSERT_TRUE(tenants.ok());
    tenant_ = std::move(tenants->front());
  }

  /// A message that is written now; `said_` remembers it.
  int say(const std::string& phone, const std::string& text) {
    auto envelope = world_.envelope(phone, text);
    envelope.sent_at = world_.now();
    said_.push_back(envelope);
    return deliver(envelope);
  }
  int deliver(const Envelope& envelope) {
    WebhookArrived webhook;
    webhook.messages.push_back(envelope);
    const auto request = world_.send(std::move(webhook));
    world_.run();
    return world_.status(request);
  }

  static Addressee by_phone(const std::string& phone) { return {"", "+" + phone, "", "", ""}; }

  Result<ErasurePlan> erase(const std::string& phone) {
    return erase_person(world_.store, *reader_, tenant_, by_phone(phone));
  }

  std::size_t contacts() { return reader_->contacts(tenant_.row.id, {}, 100)->size(); }

  ActorWorld world_;
  std::unique_ptr<Reader> reader_ = world_.store.reader();
  OpenTenant tenant_;
  std::vector<Envelope> said_;
};

TEST_F(ErasureInANode, ALiveConversationIsNotResurrected) {
  say(kPhone, kAsk);
  world_.advance(500ms);
  const auto plan = erase(kPhone);
  ASSERT_TRUE(plan.ok());
  EXPECT_EQ(plan->erasure.last_seq, 1U);
  // The actor does not know it yet: what it would write meets the fence. A message of the second in
  // which somebody was erased would count as said before it.
  world_.advance(1s);
  EXPECT_EQ(say(kPhone, "Aisha Khan"), 503);
  EXPECT_TRUE(reader_->turns(tenant_.row.id, {}, 0, 10)->empty());
  // The provider tries again, and nobody is found by the journal; and again, and it is somebody who
  // never wrote before.
  EXPECT_EQ(deliver(said_.back()), 503);
  EXPECT_EQ(deliver(said_.back()), 200);
  EXPECT_THAT(world_.replies(kPhone).back(), Not(HasSubstr("Which class")));
  const auto turns = reader_->turns(tenant_.row.id, {}, 0, 10);
  ASSERT_THAT(*turns, SizeIs(1));
  EXPECT_NE(turns->front().row.conversation, plan->erasure.contact);
}

TEST_F(ErasureInANode, ANodeForgetsByItself) {
  say(kPhone, kAsk);
  say(kOther, kAsk);
  world_.advance(500ms);
  ASSERT_TRUE(erase(kPhone).ok());
  world_.advance(limits::kPackPoll * 2);
  EXPECT_EQ(say(kPhone, "Aisha Khan"), 200) << "no fence is met: nothing is left in memory";
  EXPECT_THAT(world_.replies(kPhone).back(), Not(HasSubstr("Which class")));
  say(kOther, "Aisha Khan");
  EXPECT_THAT(world_.replies(kOther).back(), HasSubstr("Which class"));
}

TEST_F(ErasureInANode, AParkedRecordAndATimerAreForgotten) {
  say(kPhone, kAsk);
  world_.advance(limits::kParkAfter * 3);
  ASSERT_TRUE(erase(kPhone).ok());
  const auto said = world_.replies(kPhone).size();
  world_.advance(40min);
  EXPECT_THAT(world_.replies(kPhone), SizeIs(said)) << "nobody is reminded";
  EXPECT_EQ(world_.store.timer_count(), 0U);
  EXPECT_EQ(say(kPhone, "Aisha Khan"), 200);
  EXPECT_THAT(world_.replies(kPhone).back(), Not(HasSubstr("Which class")));
}

TEST_F(ErasureInANode, ARepeatMakesNoGhost) {
  say(kPhone, kAsk);
  const auto heard = said_.front();
  world_.advance(500ms);
  ASSERT_TRUE(erase(kPhone).ok());
  world_.advance(limits::kPackPoll * 2);
  const auto before = contacts();
  EXPECT_EQ(deliver(heard), 200) << "else the provider would never stop";
  world_.crash();
  world_.restart();
  EXPECT_EQ(deliver(heard), 200);
  EXPECT_EQ(contacts(), before);
  EXPECT_TRUE(reader_->turns(tenant_.row.id, {}, 0, 10)->empty());
  EXPECT_THAT(world_.replies(kPhone), IsEmpty());
  // Not even once they have written again.
  EXPECT_EQ(say(kPhone, "hello"), 200);
  EXPECT_EQ(deliver(heard), 200);
  EXPECT_THAT(*reader_->turns(tenant_.row.id, {}, 0, 10), SizeIs(1));
}

TEST_F(ErasureInANode, ALateMessageBesideANewOneIsLetGo) {
  say(kPhone, kAsk);
  world_.advance(500ms);
  ASSERT_TRUE(erase(kPhone).ok());
  world_.advance(limits::kPackPoll * 2);
  auto late = world_.envelope(kPhone, "Aisha Khan");
  late.sent_at = said_.front().sent_at;
  auto fresh = world_.envelope(kPhone, "hello");
  fresh.sent_at = world_.now();
  WebhookArrived webhook;
  webhook.messages = {late, fresh};
  const auto request = world_.send(std::move(webhook));
  world_.run();
  EXPECT_EQ(world_.status(request), 200);
  EXPECT_THAT(*reader_->turns(tenant_.row.id, {}, 0, 10), SizeIs(1));
}

TEST_F(ErasureInANode, AStopIsAStopAfterwards) {
  say(kPhone, "stop");
  world_.advance(500ms);
  const auto plan = erase(kPhone);
  ASSERT_TRUE(plan.ok());
  EXPECT_NE(plan->erasure.withdrawn, 0U);
  world_.advance(limits::kPackPoll * 2);
  say(kPhone, "hello");
  const auto answered = world_.replies(kPhone).size();
  ASSERT_TRUE(world_.instruct(kPhone, Proactive{Personal("School is closed."), false}).ok());
  world_.advance(10s);
  EXPECT_THAT(world_.replies(kPhone), SizeIs(answered));
  // Nor does a node that wakes the new conversation from its journal write first.
  world_.crash();
  world_.restart();
  ASSERT_TRUE(world_.instruct(kPhone, Proactive{Personal("School is closed."), false}).ok());
  world_.advance(10s);
  EXPECT_THAT(world_.replies(kPhone), IsEmpty());
  // Until they say so.
  say(kPhone, "start");
  ASSERT_TRUE(world_.instruct(kPhone, Proactive{Personal("School is closed."), false}).ok());
  world_.advance(10s);
  EXPECT_THAT(world_.replies(kPhone).back(), HasSubstr("closed"));
}

TEST_F(ErasureInANode, AnInstructionForTheErasedEnds) {
  say(kPhone, kAsk);
  world_.advance(500ms);
  ASSERT_TRUE(world_.instruct(kPhone, Proactive{Personal("School is closed."), false}).ok());
  const auto said = world_.replies(kPhone).size();
  ASSERT_TRUE(erase(kPhone).ok());
  world_.advance(10s);
  EXPECT_THAT(world_.replies(kPhone), SizeIs(said));
  std::vector<Shard> shards;
  for (std::size_t shard = 0; shard < kShards; ++shard) shards.push_back(static_cast<Shard>(shard));
  EXPECT_TRUE(reader_->instructions(shards, 10)->empty());
}

TEST_F(ErasureInANode, WhoHasARoleIsTakenOutOfTheRosterFirst) {
  say(ActorWorld::kTeacherPhone, "hello");
  const auto refused = erase(ActorWorld::kTeacherPhone);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, Errc::kRefused);
  EXPECT_THAT(refused.error().what, HasSubstr("class_teacher"));
}

TEST_F(ErasureInANode, ExportsAllThatItErases) {
  say(kPhone, kAsk);
  say(kPhone, "Aisha Khan");
  say(kOther, "the other's words");
  const auto text = export_contact(*reader_, tenant_, by_phone(kPhone));
  ASSERT_TRUE(text.ok());
  EXPECT_THAT(text->reveal(), Not(HasSubstr("the other's words")));
  const auto json = nlohmann::json::parse(text->reveal(), nullptr, false);
  ASSERT_FALSE(json.is_discarded());
  EXPECT_EQ(json["details"]["phone"], kPhone);
  EXPECT_EQ(json["identity"]["names"].size(), 2U);
  ASSERT_EQ(json["turns"].size(), 2U);
  EXPECT_EQ(json["turns"][0]["heard"]["words"], kAsk);
  EXPECT_EQ(json["turns"][1]["values"][0]["value"], "Aisha Khan");
  EXPECT_THAT(json["turns"][1]["said"].get<std::string>(), HasSubstr("Which class"));
  ASSERT_TRUE(erase(kPhone).ok());
  EXPECT_EQ(export_contact(*reader_, tenant_, by_phone(kPhone)).error().code, Errc::kNotFound);
}

}  // namespace
}  // namespace mitr
