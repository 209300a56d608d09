// Goal: a report says what was found, in a form that programs may rely on, and a page that needs
// nothing from elsewhere.
#include "tools/load/report.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "tools/load/chart.h"

namespace mitr::load {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

LoadReport good_report() {
  LoadReport report;
  report.target = "http://127.0.0.1:18080/webhook";
  report.started = "2026-11-25T18:30:00Z";
  report.scripts = {"school_leave"};
  report.numbers = 4;
  report.base = 77;
  report.reading.counts.turns = report.reading.counts.accepted = report.reading.counts.replies =
      700;
  report.reading.reply = {.total = 700,
                          .p50 = 1000,
                          .p90 = 2000,
                          .p99 = 3000,
                          .p999 = 4000,
                          .p9999 = 5000,
                          .max = 5000,
                          .mean = 1100};
  report.measured_s = 2;
  report.measured_turns = 700;
  report.turns_per_s = 350;
  report.cpu_known = true;
  report.server = {.us_per_turn = 70.5, .cores = 0.5};
  report.memory = {.known = true,
                   .before_mb = 20,
                   .end_mb = 30,
                   .settled_mb = 29,
                   .peak_mb = 31,
                   .per_live_bytes = -1,
                   .per_parked_bytes = 412};
  for (int i = 1; i <= 5; ++i) {
    Sample sample;
    sample.at_s = i;
    sample.turns_per_s = 300 + i;
    report.samples.push_back(sample);
  }
  return report;
}

TEST(Report, PassesOnlyWhenEveryTurnWasAnsweredOnce) {
  EXPECT_TRUE(passed(good_report()));
  EXPECT_FALSE(passed(LoadReport{}));
  auto report = good_report();
  report.reading.counts.replies = 699;
  EXPECT_FALSE(passed(report));
  report = good_report();
  report.reading.counts.accepted = 699;
  EXPECT_FALSE(passed(report));
  for (std::size_t i = 0; i < kFaults; ++i) {
    report = good_report();
    report.reading.counts.faults[i] = 1;
    EXPECT_FALSE(passed(report)) << i;
  }
}

TEST(Report, HasTheFormThatProgramsRead) {
  const auto root = json::parse(render_json(good_report()));
  EXPECT_EQ(root["form"], "mitr-load-1");
  EXPECT_EQ(root["passed"], true);
  for (const char* key :
       {"interrupted",    "started",     "target",       "scripts",      "numbers",  "base",
        "plan",           "measured_s",  "turns",        "turns_per_s",  "ack",      "reply",
        "waited_to_send", "counts",      "faults",       "first_faults", "server",   "database",
        "driver",         "driver_busy", "others_cores", "memory",       "cautions", "series"}) {
    EXPECT_TRUE(root.contains(key)) << key;
  }
  EXPECT_EQ(root["reply"]["p99_us"], 3000);
  EXPECT_EQ(root["server"]["us_per_turn"], 70.5);
  EXPECT_EQ(root["series"].size(), 5u);
  EXPECT_EQ(root["memory"]["per_parked_bytes"], 412);
  EXPECT_FALSE(root["memory"].contains("per_live_bytes"));
  for (const char* fault :
       {"lost", "doubled", "out_of_order", "wrong", "refused", "forgery_taken", "unexpected"}) {
    EXPECT_EQ(root["faults"][fault], 0) << fault;
  }
  EXPECT_FALSE(root["counts"].empty());
}

TEST(Report, LeavesOutWhatWasNotMeasured) {
  auto report = good_report();
  report.cpu_known = false;
  report.memory.known = false;
  const auto root = json::parse(render_json(report));
  EXPECT_FALSE(root.contains("server"));
  EXPECT_FALSE(root.contains("memory"));
}

TEST(Report, IsAPageOfItsOwn) {
  const auto page = render_html(good_report());
  EXPECT_THAT(page, HasSubstr("<svg"));
  EXPECT_THAT(page, HasSubstr("every reply right"));
  EXPECT_THAT(page, HasSubstr("prefers-color-scheme:dark"));
  for (const char* outside : {"<script", "<link", "<img", "src=", "@import", "url("}) {
    EXPECT_THAT(page, Not(HasSubstr(outside)));
  }
}

TEST(Report, NamesTheFaultsOnThePage) {
  auto report = good_report();
  report.reading.counts.faults[0] = 3;
  report.faults = {"lost: person 5, <b>school</b> turn 2"};
  const auto page = render_html(report);
  EXPECT_THAT(page, HasSubstr("failed"));
  EXPECT_THAT(page, HasSubstr("&lt;b&gt;school"));
  EXPECT_THAT(render_table(report), HasSubstr("FAILED"));
}

TEST(Report, WarnsOfABusyDriver) {
  auto report = good_report();
  EXPECT_TRUE(cautions(report).empty());
  report.driver_busy = 0.9;
  EXPECT_THAT(cautions(report), testing::ElementsAre(HasSubstr("busy 90 %")));
}

TEST(ShortNumber, HasThreeDigitsOfWeight) {
  EXPECT_EQ(short_number(0), "0");
  EXPECT_EQ(short_number(0.25), "0.25");
  EXPECT_EQ(short_number(31.24), "31.2");
  EXPECT_EQ(short_number(250), "250");
  EXPECT_EQ(short_number(1234567), "1,234,567");
  EXPECT_EQ(short_number(-12345), "-12,345");
}

}  // namespace
}  // namespace mitr::load
