// Goal: nobody aims the driver at somebody else by accident, and no plan is without bounds.
#include "tools/load/plan.h"

#include <gmock/gmock.h>

#include "tools/load/arrivals.h"
#include "tools/load/load_options.h"
#include "tools/load/process_use.h"
#include "tools/load/target.h"

namespace mitr::load {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

// -- target ----

Status allowed(std::string_view url, bool is_ours = false, std::string_view confirmed = {}) {
  const auto target = parse_load_target(url);
  EXPECT_TRUE(target.ok()) << url;
  return allow_target(*target, is_ours, confirmed);
}

TEST(Target, IsThisMachineWithoutAsking) {
  for (const char* url : {"http://127.0.0.1:18080/webhook", "http://127.4.5.6/",
                          "http://[::1]:80/webhook", "http://localhost:18080/webhook"}) {
    EXPECT_TRUE(allowed(url).ok()) << url;
  }
}

TEST(Target, IsRefusedElsewhereUnlessSaidTwice) {
  constexpr std::string_view kUrl = "https://mitr.example.org:8443/webhook";
  EXPECT_EQ(allowed(kUrl).error().code, Errc::kRefused);
  EXPECT_THAT(allowed(kUrl).error().what,
              HasSubstr("--target-is-ours --confirm-target mitr.example.org"));
  EXPECT_EQ(allowed(kUrl, true).error().code, Errc::kRefused);
  EXPECT_EQ(allowed(kUrl, false, "mitr.example.org").error().code, Errc::kRefused);
  EXPECT_EQ(allowed(kUrl, true, "mitr.example.com").error().code, Errc::kRefused);
  EXPECT_TRUE(allowed(kUrl, true, "mitr.example.org").ok());
}

TEST(Target, IsNotFooledByANameThatBeginsLikeLoopback) {
  for (const char* url : {"http://127.0.0.1.example.org/", "http://localhost.example.org/",
                          "http://127.example.org/", "http://127.0.0.256/", "http://128.0.0.1/"}) {
    EXPECT_EQ(allowed(url).error().code, Errc::kRefused) << url;
  }
}

TEST(Target, HasAPathAndAnOrigin) {
  const auto target = parse_load_target("http://127.0.0.1:18080/hooks/one");
  EXPECT_EQ(target->origin, "http://127.0.0.1:18080");
  EXPECT_EQ(target->path, "/hooks/one");
  EXPECT_FALSE(parse_load_target("127.0.0.1/webhook").ok());
}

// -- plans ----

TEST(Profiles, AreAllPlansWithinTheirBounds) {
  for (const auto& profile : profiles()) {
    const auto plan = plan_of(profile.name);
    ASSERT_TRUE(plan.ok()) << profile.name;
    EXPECT_TRUE(check_plan(*plan).ok()) << profile.name;
  }
  EXPECT_THAT(plan_of("holiday").error().what, HasSubstr("school-morning"));
}

TEST(Plan, IsRefusedBeyondABound) {
  const auto refused = [](auto change) {
    Plan plan;
    change(plan);
    return !check_plan(plan).ok();
  };
  EXPECT_FALSE(refused([](Plan&) {}));
  EXPECT_TRUE(refused([](Plan& p) { p.people = limits::kLoadPeopleMax + 1; }));
  EXPECT_TRUE(refused([](Plan& p) { p.at_once = limits::kLoadAtOnceMax + 1; }));
  EXPECT_TRUE(refused([](Plan& p) { p.rate = limits::kLoadRateMax + 1; }));
  EXPECT_TRUE(refused([](Plan& p) { p.rate = -1; }));
  EXPECT_TRUE(refused([](Plan& p) { p.ahead = limits::kLoadAheadMax + 1; }));
  EXPECT_TRUE(refused([](Plan& p) { p.connections = 0; }));
  EXPECT_TRUE(refused([](Plan& p) { p.lasts = 25h; }));
  EXPECT_TRUE(refused([](Plan& p) { p.lasts = 0s; }));
  EXPECT_TRUE(refused([](Plan& p) { p.reply_patience = 601s; }));
  EXPECT_TRUE(refused([](Plan& p) { p.graph_delay = 31s; }));
  EXPECT_TRUE(refused([](Plan& p) { p.repeats = 1.1; }));
  EXPECT_TRUE(refused([](Plan& p) { p.statuses = {"seen"}; }));
}

TEST(Arrivals, KeepTheRateOfTheirShape) {
  for (const Shape shape : {Shape::kSteady, Shape::kMorning, Shape::kBursts}) {
    Arrivals arrivals(shape, 1000, 20s);
    double expected = 0;
    for (int ms = 0; ms < 20'000; ++ms) expected += Arrivals::share_at(shape, ms / 1000.0, 20);
    double came = 0;
    for (auto at = arrivals.next(), last = at; at < 20s; last = at, at = arrivals.next()) {
      EXPECT_GE(at, last);
      ++came;
    }
    EXPECT_NEAR(came, expected, expected * 0.05);
  }
}

// -- the command line ----

RunParts parts_of(const LoadOptions& options, const std::string& expected_error = {}) {
  auto parts = run_parts(options, [](const char*) { return false; });
  if (!parts) {
    EXPECT_THAT(parts.error().what, HasSubstr(expected_error));
    return {};
  }
  EXPECT_EQ(expected_error, "");
  return *std::move(parts);
}

TEST(LoadOptions, TakeEverythingFromTheTargetsSettings) {
  LoadOptions options;
  options.config = "config/examples/demo.yaml";
  options.server_pid = "none";
  const auto parts = parts_of(options);
  EXPECT_EQ(parts.target.origin, "http://127.0.0.1:18080");
  EXPECT_EQ(parts.target.path, "/webhook");
  EXPECT_EQ(parts.graph_port, 18090);
  EXPECT_EQ(parts.app_secret, Personal("demo-only"));
  ASSERT_EQ(parts.cast.numbers.size(), 3u);
  EXPECT_EQ(parts.cast.scripts.size(), 3u);
  for (const auto& number : parts.cast.numbers) EXPECT_EQ(number.id.size(), 15u);
}

TEST(LoadOptions, RefuseAForeignTargetAndWhatIsMissing) {
  LoadOptions options;
  parts_of(options, "no target");
  options.config = "config/examples/demo.yaml";
  options.server_pid = "none";
  options.target = "http://mitr.example.org/webhook";
  parts_of(options, "not this machine");
  options.target.clear();
  options.only = "bakery";
  parts_of(options, "no script fits");
  options.only.clear();
  options.profile = "holiday";
  parts_of(options, "no profile");
}

// -- /proc ----

TEST(StatLine, ReadsANameWithBracketsAndSpaces) {
  StatLine stat;
  ASSERT_TRUE(parse_stat("12 (a (b) c) S 7 1 1 0 -1 4 10 20 30 40 150 50 6 4 20 0", stat));
  EXPECT_EQ(stat.name, "a (b) c");
  EXPECT_EQ(stat.parent, 7);
  EXPECT_EQ(stat.ticks, 200u);
  EXPECT_EQ(stat.waited_ticks, 10u);
  EXPECT_FALSE(parse_stat("12 (cut", stat));
  EXPECT_FALSE(parse_stat("12 (short) S 7", stat));
}

}  // namespace
}  // namespace mitr::load
