// Goal: a new version of a pack, deployed while people are in the middle of a form, costs none of
// them an answer. Method: many parents at different steps in ActorWorld; each answers what the last
// reply asks, so that a question asked twice or a value lost shows in what they are asked.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>

#include "tests/support/actor_world.h"

namespace mitr {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

/// What both versions ask, told by words of the question, and what this parent answers.
struct Line {
  const char* asks;
  std::string answer;
};

class Parent {
 public:
  explicit Parent(int number)
      : phone_("9198000" + std::to_string(10'000 + number)),
        lines_{{"name of the student", "Asha Verma"},
               {"Which class", "5B"},
               {"From which day", "10 Dec"},
               {"Until which day", "12 Dec"},
               {"What is the reason", "a wedding"},
               {"by bus", "no"},
               {"Yes", "yes"}} {}

  const std::string& phone() const { return phone_; }
  bool done() const { return done_; }

  /// What to write next, in answer to the last reply; empty: nothing.
  std::string next(const std::vector<std::string>& replies) {
    if (replies.size() == heard_) return heard_ == 0 && !begun_ ? begin() : std::string();
    heard_ = replies.size();
    const std::string& reply = replies.back();
    if (reply.find("is recorded") != std::string::npos) {
      done_ = true;
      return {};
    }
    for (std::size_t line = 0; line < lines_.size(); ++line) {
      if (reply.find(lines_[line].asks) == std::string::npos) continue;
      ++asked_[line];
      return lines_[line].answer;
    }
    ADD_FAILURE() << "not a question of either version: " << reply;
    return {};
  }

  /// The confirmation is no question of the form: it comes again when something was added to it.
  void expect_no_question_twice() const {
    for (const auto& [line, times] : asked_) {
      EXPECT_LE(times, line + 1 == lines_.size() ? 2 : 1) << lines_[line].asks;
    }
  }

 private:
  std::string begin() {
    begun_ = true;
    return "I need leave for my daughter";
  }

  std::string phone_;
  std::vector<Line> lines_;
  std::map<std::size_t, int> asked_;
  std::size_t heard_ = 0;
  bool begun_ = false;
  bool done_ = false;
};

class Crowd {
 public:
  Crowd(ActorWorld& world, int people) : world_(world) {
    for (int number = 0; number < people; ++number) people_.emplace_back(number);
  }

  /// Everyone who has begun by this round writes once; `whole`: and is answered.
  void round(int number, bool whole) {
    for (std::size_t who = 0; who < people_.size(); ++who) {
      if (static_cast<int>(who % 8) > number) continue;
      Parent& parent = people_[who];
      const std::string line = parent.next(world_.replies(parent.phone()));
      if (!line.empty()) requests_.push_back(world_.say(parent.phone(), line));
    }
    if (whole) {
      world_.advance(std::chrono::seconds{1});  // The number's pace lets so many replies a second.
    } else {
      world_.run_some(50);
    }
  }

  void expect_all_recorded() const {
    for (const Parent& parent : people_) {
      EXPECT_TRUE(parent.done()) << parent.phone();
      parent.expect_no_question_twice();
    }
    for (const auto request : requests_) EXPECT_EQ(world_.status(request), 200);
  }

 private:
  ActorWorld& world_;
  std::vector<Parent> people_;
  std::vector<std::uint64_t> requests_;
};

TEST(Deploy, UnderLoadLosesNoAnswerAndAsksNothingTwice) {
  constexpr int kPeople = 64;
  constexpr int kRounds = 24;
  ActorWorld world;
  Crowd crowd(world, kPeople);
  for (int round = 0; round < 6; ++round) crowd.round(round, true);
  crowd.round(6, false);
  world.deploy("tests/golden/packs/school_next");
  // The watch looks while messages are under way; some have parked by then.
  world.advance(limits::kPackPoll + limits::kParkAfter * 2);
  for (int round = 7; round < kRounds; ++round) crowd.round(round, true);
  crowd.expect_all_recorded();
  const auto requests = world.store.reader()->requests(world.school(), 1000);
  ASSERT_TRUE(requests.ok());
  EXPECT_THAT(*requests, SizeIs(kPeople));
}

TEST(Deploy, IsHeardOfByANodeThatRuns) {
  ActorWorld world;
  world.say("919800000001", "I need leave for my daughter");
  world.run();
  world.deploy("tests/golden/packs/school_next");
  world.advance(limits::kPackPoll * 2);
  world.say("919800000002", "leave");
  world.run();
  EXPECT_THAT(world.replies("919800000002").back(), HasSubstr("name of the student"));
  for (const char* line : {"Asha Verma", "5B", "10 Dec", "same day"}) {
    world.say("919800000002", line);
    world.run();
  }
  EXPECT_THAT(world.replies("919800000002").back(), HasSubstr("bus"));
}

TEST(Deploy, IsKnownToANodeThatStartsLater) {
  ActorWorld world;
  world.deploy("tests/golden/packs/school_next");
  world.crash();
  world.restart();
  for (const char* line : {"leave", "Asha Verma", "5B", "10 Dec", "same day"}) {
    world.say("919800000002", line);
    world.run();
  }
  EXPECT_THAT(world.replies("919800000002").back(), HasSubstr("bus"));
}

}  // namespace
}  // namespace mitr
