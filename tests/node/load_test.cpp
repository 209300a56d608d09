// Goal: `mitr load` as an operator runs it finds a real node right and a broken one broken, and
// says so with its exit code. Method: the program itself against a real node, and against a stub.
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/node/node_process.h"
#include "tests/tools/load/stub_peer.h"

namespace mitr {
namespace {

using nlohmann::json;

struct Ran {
  int exit_code = -1;
  std::string printed;
  json report;
};

/// Runs the school's script with these further words.
Ran run_load(const TemporaryFolder& folder, const std::string& origin, std::uint16_t graph_port,
             const std::string& secret, const std::vector<std::string>& more) {
  const auto secret_file = folder.path() / "secret";
  const auto report_file = folder.path() / "report.json";
  std::ofstream(secret_file) << secret << "\n";
  std::vector<std::string> words{"load",
                                 "--target",
                                 origin + "/webhook",
                                 "--graph-port",
                                 std::to_string(graph_port),
                                 "--app-secret-file",
                                 secret_file.string(),
                                 "--number",
                                 std::string("school=") + kSchoolNumber,
                                 "--json",
                                 report_file.string()};
  words.insert(words.end(), more.begin(), more.end());
  Ran ran;
  std::tie(ran.exit_code, ran.printed) = run_mitr(words);
  std::ifstream in(report_file);
  ran.report = json::parse(in, nullptr, false);
  return ran;
}

TEST(Load, FindsARealNodeRight) {
  TemporaryFolder folder;
  const auto graph_port = free_port();
  NodeProcess node(folder.path(), "http://127.0.0.1:" + std::to_string(graph_port));
  ASSERT_TRUE(node.start());
  const auto page = folder.path() / "report.html";
  const auto plain =
      run_load(folder, node.base_url(), graph_port, kAppSecret,
               {"--people", "40", "--at-once", "12", "--settle", "1", "--html", page.string()});
  EXPECT_EQ(plain.exit_code, 0) << plain.printed;
  ASSERT_TRUE(plain.report.is_object());
  EXPECT_EQ(plain.report["counts"]["turns"], 40 * 7);
  EXPECT_EQ(plain.report["counts"]["accepted"], 40 * 7);
  EXPECT_EQ(plain.report["counts"]["replies"], 40 * 7);
  EXPECT_EQ(plain.report["counts"]["completed"], 40);
  EXPECT_GT(plain.report["server"]["us_per_turn"], 0);
  EXPECT_GT(plain.report["memory"]["before_mb"], 0);
  EXPECT_TRUE(std::filesystem::exists(page));

  const auto hard =
      run_load(folder, node.base_url(), graph_port, kAppSecret,
               {"--people", "20", "--at-once", "10", "--settle", "1", "--ahead", "3", "--repeats",
                "0.5", "--forgeries", "0.3", "--statuses", "sent,delivered,read"});
  EXPECT_EQ(hard.exit_code, 0) << hard.printed;
  ASSERT_TRUE(hard.report.is_object());
  EXPECT_EQ(hard.report["counts"]["replies"], 20 * 7);
  EXPECT_GT(hard.report["counts"]["repeats"], 0);
  EXPECT_EQ(hard.report["counts"]["forgeries"], hard.report["counts"]["forgeries_refused"]);
}

class LoadOfABrokenPeer
    : public ::testing::TestWithParam<std::pair<load::StubPeer::Does, const char*>> {};

TEST_P(LoadOfABrokenPeer, ExitsWithOne) {
  const auto [does, fault] = GetParam();
  auto scripts = load::read_scripts("config/load/school_leave.yaml");
  ASSERT_TRUE(scripts.ok());
  const load::Cast cast(
      {.scripts = *scripts,
       .numbers = {{kSchoolNumber, 0}},
       .base = 4'000'000,
       .today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now())});
  TemporaryFolder folder;
  const auto graph_port = free_port();
  load::StubPeer peer(cast, does);
  peer.reply_to(graph_port);
  const auto ran = run_load(folder, peer.origin(), graph_port, load::kPeerSecret,
                            {"--people", "10", "--at-once", "5", "--settle", "0", "--reply-timeout",
                             "2", "--base", "4000000", "--server-pid", "none"});
  EXPECT_EQ(ran.exit_code, 1) << ran.printed;
  ASSERT_TRUE(ran.report.is_object());
  EXPECT_EQ(ran.report["faults"][fault], 1);
}

INSTANTIATE_TEST_SUITE_P(Each, LoadOfABrokenPeer,
                         ::testing::Values(std::pair{load::StubPeer::Does::kDropsOne, "lost"},
                                           std::pair{load::StubPeer::Does::kDoublesOne,
                                                     "doubled"}));

TEST(Load, RefusesATargetBeyondThisMachine) {
  TemporaryFolder folder;
  const auto ran = run_load(folder, "http://mitr.example.org", 0, "secret", {"--target-is-ours"});
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_TRUE(ran.report.is_discarded());
}

}  // namespace
}  // namespace mitr
