// Goal: the tenant's wall clock. Method: instants around a local midnight and a clock change.
#include "config/zone.h"

#include <gtest/gtest.h>

namespace mitr {
namespace {

using namespace std::chrono;

Moment moment_in(const char* zone, sys_seconds at) {
  auto found = Zone::find(zone);
  EXPECT_TRUE(found.ok());
  return found.ok() ? found->moment(at) : Moment{};
}

TEST(Zone, TurnsTheDayAtLocalMidnight) {
  const sys_seconds before = sys_days(2026y / November / 30) + 18h + 29min + 59s;
  const Moment late = moment_in("Asia/Kolkata", before);
  EXPECT_EQ(late.at, before);
  EXPECT_EQ(late.today, local_days(2026y / November / 30));
  EXPECT_EQ(late.time_of_day, 23h + 59min);
  const Moment midnight = moment_in("Asia/Kolkata", before + 1s);
  EXPECT_EQ(midnight.today, local_days(2026y / December / 1));
  EXPECT_EQ(midnight.time_of_day, 0min);
}

TEST(Zone, FollowsTheClockChange) {
  const sys_seconds change = sys_days(2026y / March / 29) + 1h;
  EXPECT_EQ(moment_in("Europe/Berlin", change - 1s).time_of_day, 1h + 59min);
  EXPECT_EQ(moment_in("Europe/Berlin", change).time_of_day, 3h);
}

TEST(Zone, AnswersBeforeTheEpoch) {
  const Moment moment = moment_in("America/New_York", sys_seconds(-1s));
  EXPECT_EQ(moment.today, local_days(1969y / December / 31));
  EXPECT_EQ(moment.time_of_day, 18h + 59min);
}

TEST(Zone, RefusesAnUnknownName) {
  const auto found = Zone::find("Asia/Atlantis");
  ASSERT_FALSE(found.ok());
  EXPECT_EQ(found.error().code, Errc::kNotFound);
}

}  // namespace
}  // namespace mitr
