// Goal: what a tenant's people say and do in a conversation has one outcome, in their order,
// whatever fails; while a person has it the machine is silent, and afterwards it goes on where it
// was.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/actor_world.h"
#include "tools/mitr/desk.h"

namespace mitr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using namespace std::chrono_literals;

constexpr const char* kParent = "919800000001";

class Instruction : public ::testing::Test {
 protected:
  void tell(const Input& input) { ASSERT_TRUE(world_.instruct(kParent, input).ok()); }
  HumanMessage words(const char* text) { return {Personal(text), false}; }
  std::size_t waiting() {
    std::vector<Shard> all;
    for (std::size_t shard = 0; shard < kShards; ++shard) all.push_back(static_cast<Shard>(shard));
    return world_.store.reader()->instructions(all, 100)->size();
  }
  ActorWorld world_;
};

TEST_F(Instruction, APersonSpeaksAndTheMachineIsSilent) {
  world_.say(kParent, "I need leave for my daughter");
  world_.run();
  tell(words("This is the office. Which daughter?"));
  world_.advance(2s);
  ASSERT_THAT(world_.replies(kParent), SizeIs(2));
  EXPECT_EQ(world_.replies(kParent)[1], "This is the office. Which daughter?");
  EXPECT_EQ(world_.courier().posted()[1].number, ActorWorld::kSchoolNumber);
  EXPECT_EQ(waiting(), 0U);
  world_.say(kParent, "Aisha Khan");
  world_.run();
  EXPECT_THAT(world_.replies(kParent), SizeIs(2)) << "the person answers that";
}

TEST_F(Instruction, LeavesByANumberThatReachesThem) {
  constexpr auto kNorth = ActorWorld::kNorthNumber;
  auto hello = world_.envelope(kParent, "I need leave for my daughter");
  hello.number = kNorth;
  WebhookArrived webhook;
  webhook.messages.push_back(std::move(hello));
  world_.send(std::move(webhook));
  world_.run();
  tell(words("This is the office."));
  world_.advance(2s);
  ASSERT_THAT(world_.courier().posted(), SizeIs(2));
  EXPECT_EQ(world_.courier().posted()[1].number, kNorth) << "nobody else has that phone";
  const auto elsewhere = world_.instruct(kParent, HandBack{}, ActorWorld::kSchoolNumber);
  ASSERT_FALSE(elsewhere.ok());
  EXPECT_EQ(elsewhere.error().code, Errc::kNotFound) << "in the main portfolio it is nobody's";

  world_.say(kParent, "hello");
  world_.run();
  EXPECT_FALSE(world_.instruct(kParent, HandBack{}).ok()) << "which of the two?";
  EXPECT_TRUE(world_.instruct(kParent, HandBack{}, kNorth).ok());
  EXPECT_TRUE(world_.instruct(kParent, HandBack{}, ActorWorld::kSchoolNumber).ok());
}

TEST_F(Instruction, HandedBackTheFlowGoesOnWhereItWas) {
  world_.say(kParent, "I need leave for my daughter");
  world_.say(kParent, "Aisha Khan");
  world_.run();
  tell(words("One moment please."));
  world_.advance(2s);
  tell(HandBack{});
  world_.advance(2s);
  ASSERT_THAT(world_.replies(kParent), SizeIs(4));
  EXPECT_THAT(world_.replies(kParent)[3], HasSubstr("Which class")) << "the slot that was open";
  world_.say(kParent, "5B");
  world_.run();
  EXPECT_THAT(world_.replies(kParent), SizeIs(5));
}

TEST_F(Instruction, SeveralAreCarriedOutInTheirOrder) {
  world_.say(kParent, "hello");
  world_.run();
  for (const char* text : {"one", "two", "three"}) tell(words(text));
  world_.advance(5s);
  auto said = world_.replies(kParent);
  said.erase(said.begin());
  EXPECT_THAT(said, ElementsAre("one", "two", "three"));
  EXPECT_EQ(waiting(), 0U);
}

TEST_F(Instruction, IsCarriedOutOnceThoughTheNodeDiesBeforeItIsLetGo) {
  world_.say(kParent, "hello");
  world_.run();
  tell(words("This is the office."));
  // The turn commits, the instruction's end does not.
  world_.tick(1s);
  for (int i = 0; i < 10'000 && world_.store.turn_count() < 2; ++i) world_.run_some(1);
  ASSERT_EQ(world_.store.turn_count(), 2U);
  ASSERT_EQ(waiting(), 1U);
  world_.crash();
  world_.restart();
  world_.advance(10s);
  EXPECT_EQ(waiting(), 0U);
  EXPECT_EQ(world_.store.turn_count(), 2U);
}

TEST_F(Instruction, WaitsWhileTheStoreIsAway) {
  world_.say(kParent, "hello");
  world_.run();
  tell(words("This is the office."));
  world_.store.fail_next_commit(Errc::kUnavailable, FailPoint::kBeforeApply, 5);
  world_.advance(2s);
  EXPECT_EQ(waiting(), 1U);
  world_.advance(1min);
  EXPECT_EQ(waiting(), 0U);
  ASSERT_THAT(world_.replies(kParent), SizeIs(2));
  EXPECT_EQ(world_.replies(kParent)[1], "This is the office.");
}

TEST_F(Instruction, ReachesAConversationThatIsParked) {
  world_.say(kParent, "I need leave for my daughter");
  world_.advance(10min);
  tell(words("This is the office."));
  world_.advance(2s);
  EXPECT_THAT(world_.replies(kParent), SizeIs(2));
}

TEST_F(Instruction, ReachesAConversationThatIsOnlyInTheJournal) {
  world_.say(kParent, "I need leave for my daughter");
  world_.advance(1s);
  world_.crash();
  world_.restart();
  tell(HandBack{});
  tell(words("This is the office."));
  world_.advance(5s);
  EXPECT_THAT(world_.replies(kParent), ElementsAre("This is the office."));
  EXPECT_EQ(waiting(), 0U) << "nothing to hand back, nothing to say, and no turn of it";
}

TEST_F(Instruction, AComingTooLateIsDropped) {
  world_.say(kParent, "hello");
  world_.run();
  tell(words("This is the office."));
  world_.crash();
  world_.jump_clock(25h);
  world_.restart();
  world_.advance(5s);
  EXPECT_EQ(waiting(), 0U);
  EXPECT_THAT(world_.replies(kParent), IsEmpty());
}

TEST_F(Instruction, ANoticeIsForWhoHasNotRefused) {
  world_.say(kParent, "hello");
  world_.run();
  tell(Proactive{Personal("School is closed tomorrow."), false});
  world_.advance(2s);
  ASSERT_THAT(world_.replies(kParent), SizeIs(2));
  EXPECT_EQ(world_.replies(kParent)[1], "School is closed tomorrow.");
  tell(ConsentChange{Consent::kMessages, false});
  tell(Proactive{Personal("School is open again."), false});
  world_.advance(5s);
  EXPECT_THAT(world_.replies(kParent), SizeIs(2));
  tell(ConsentChange{Consent::kMessages, true});
  tell(Proactive{Personal("Exams begin on Monday."), false});
  world_.advance(5s);
  EXPECT_THAT(world_.replies(kParent), SizeIs(3));
  EXPECT_EQ(waiting(), 0U);
}

TEST_F(Instruction, TheDeskSeesWhomAPersonHas) {
  const auto tenant = open_tenants(*world_.store.reader(), world_.root(), "school")->front();
  const auto handed = [&] {
    std::vector<HandedConversation> list;
    EXPECT_TRUE(list_handed(*world_.store.reader(), tenant, world_.now(), [&](const auto& each) {
                  list.push_back(each);
                }).ok());
    return list;
  };
  world_.say(kParent, "I need leave for my daughter");
  world_.say("919800000002", "hello");
  world_.run();
  EXPECT_THAT(handed(), IsEmpty());
  tell(words("This is the office."));
  world_.advance(2s);
  ASSERT_THAT(handed(), SizeIs(1));
  EXPECT_EQ(handed()[0].flow, "leave");
  EXPECT_GT(handed()[0].until, world_.now());
  tell(HandBack{});
  world_.advance(2s);
  EXPECT_THAT(handed(), IsEmpty());
}

TEST_F(Instruction, IsForNobodyWhoNeverWrote) {
  const auto filed = world_.instruct("919800000009", HandBack{});
  ASSERT_FALSE(filed.ok());
  EXPECT_EQ(filed.error().code, Errc::kNotFound);
}

}  // namespace
}  // namespace mitr
