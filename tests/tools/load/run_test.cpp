// Goal: a run finds nothing where nothing is wrong, and finds each planted fault. Method: a stub
// deployment in this process, real sockets, a few dozen people.
#include "tools/load/run.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/tools/load/small_cast.h"
#include "tests/tools/load/stub_peer.h"

namespace mitr::load {
namespace {

using namespace std::chrono_literals;
using Does = StubPeer::Does;

Plan small_plan() {
  Plan plan;
  plan.people = 24;
  plan.to_the_end = true;
  plan.at_once = 6;
  plan.connections = 4;
  plan.settle = 0s;
  return plan;
}

LoadReport run(Does does, const Plan& plan) {
  const Cast cast = small_cast();
  StubPeer peer(cast, does);
  RunParts parts;
  parts.plan = plan;
  parts.cast = cast.parts();
  parts.target = *parse_load_target(peer.origin() + "/webhook");
  parts.app_secret = Personal(kPeerSecret);
  parts.listening = [&](std::uint16_t port) { peer.reply_to(port); };
  auto report = run_load(std::move(parts));
  EXPECT_TRUE(report.ok()) << report.error().what;
  return report ? *std::move(report) : LoadReport{};
}

/// The run failed for this reason, found `count` times, and for no other.
void expect_only(const LoadReport& report, Fault which, std::uint64_t count = 1) {
  EXPECT_FALSE(passed(report));
  EXPECT_EQ(report.reading.counts.fault(which), count) << to_string(which);
  EXPECT_EQ(report.reading.counts.faults_total(), count);
}

TEST(Run, PassesADeploymentThatAnswersRight) {
  const auto report = run(Does::kRight, small_plan());
  const Counts& counts = report.reading.counts;
  EXPECT_TRUE(passed(report));
  EXPECT_EQ(counts.dialogues, 24u);
  EXPECT_EQ(counts.completed, 24u);
  EXPECT_EQ(counts.turns, 72u);
  EXPECT_EQ(counts.accepted, 72u);
  EXPECT_EQ(counts.replies, 72u);
  EXPECT_EQ(report.reading.reply.total, 72u);
  EXPECT_FALSE(report.interrupted);
}

TEST(Run, PassesEveryWayOfWriting) {
  auto plan = small_plan();
  plan.ahead = 3;
  plan.repeats = 0.5;
  plan.forgeries = 0.5;
  plan.graph_delay = 5ms;
  plan.think = 1ms;
  plan.statuses = {"sent", "delivered", "read"};
  const auto report = run(Does::kRight, plan);
  EXPECT_TRUE(passed(report));
  EXPECT_GT(report.reading.counts.repeats, 10u);
  EXPECT_GT(report.reading.counts.forgeries, 10u);
  EXPECT_EQ(report.reading.counts.forgeries, report.reading.counts.forgeries_refused);
  EXPECT_EQ(report.reading.statuses, 3 * 72u);
}

TEST(Run, LetsPeopleComeAtARateOfTheirOwn) {
  auto plan = small_plan();
  plan.rate = 3000;
  EXPECT_TRUE(passed(run(Does::kRight, plan)));
}

TEST(Run, FindsALostReply) {
  auto plan = small_plan();
  plan.reply_patience = 1s;
  expect_only(run(Does::kDropsOne, plan), Fault::kLost);
}

TEST(Run, FindsADoubledReply) {
  expect_only(run(Does::kDoublesOne, small_plan()), Fault::kDoubled);
}

TEST(Run, FindsSwappedReplies) {
  auto plan = small_plan();
  plan.ahead = 2;
  expect_only(run(Does::kSwapsOne, plan), Fault::kOutOfOrder);
}

TEST(Run, FindsAWrongText) {
  expect_only(run(Does::kGarblesOne, small_plan()), Fault::kWrong);
}

TEST(Run, FindsARefusedWebhook) {
  expect_only(run(Does::kRefusesOne, small_plan()), Fault::kRefused);
}

TEST(Run, FindsAForgeryThatWasTaken) {
  auto plan = small_plan();
  plan.forgeries = 1;
  expect_only(run(Does::kTakesForgeries, plan), Fault::kForgeryTaken, 72);
}

TEST(Run, FindsASecondReplyToARepeat) {
  auto plan = small_plan();
  plan.repeats = 1;
  plan.settle = 1s;
  const auto report = run(Does::kAnswersRepeats, plan);
  EXPECT_FALSE(passed(report));
  EXPECT_GT(report.reading.counts.fault(Fault::kDoubled), 0u);
}

TEST(Run, EndsEarlyWhenToldAndSaysSo) {
  auto plan = small_plan();
  plan.people = 100'000;
  const Cast cast = small_cast();
  StubPeer peer(cast, Does::kRight);
  RunParts parts;
  parts.plan = plan;
  parts.cast = cast.parts();
  parts.target = *parse_load_target(peer.origin() + "/webhook");
  parts.app_secret = Personal(kPeerSecret);
  parts.listening = [&](std::uint16_t port) { peer.reply_to(port); };
  parts.wait = [](std::chrono::milliseconds) { return true; };
  const auto report = run_load(std::move(parts));
  ASSERT_TRUE(report.ok());
  EXPECT_TRUE(report->interrupted);
  EXPECT_EQ(report->reading.in_flight, 0u);
  EXPECT_EQ(report->reading.counts.faults_total(), 0u);
}

TEST(Run, SaysThatAPortIsTaken) {
  const Cast cast = small_cast();
  StubPeer peer(cast, Does::kRight);
  RunParts parts;
  parts.plan = small_plan();
  parts.cast = cast.parts();
  parts.target = *parse_load_target(peer.origin() + "/webhook");
  parts.app_secret = Personal(kPeerSecret);
  parts.graph_port =
      static_cast<std::uint16_t>(std::stoi(peer.origin().substr(peer.origin().rfind(':') + 1)));
  EXPECT_EQ(run_load(std::move(parts)).error().code, Errc::kUnavailable);
}

}  // namespace
}  // namespace mitr::load
