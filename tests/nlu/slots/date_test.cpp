// Goal: a day is read as its writer meant it. Method: tables of text and date, today is Monday 23
// November 2026.
#include "nlu/slots/date.h"

#include <gtest/gtest.h>

namespace mitr {
namespace {

const std::chrono::local_days kToday = *parse_iso_date("2026-11-23");

std::string read(std::string_view text,
                 DateContext context = {
                     .today = kToday, .anchor = {}, .past_dates = false, .asked = false}) {
  const Tokens tokens(text);
  const auto found = find_date(tokens, context);
  return found ? iso_date(found->day) : "none";
}

struct Case {
  const char* text;
  const char* day;
};

TEST(Date, ReadsADayAsIndiaSpeaksOfIt) {
  const Case cases[] = {
      {"aaj", "2026-11-23"},
      {"kal", "2026-11-24"},
      {"parso", "2026-11-25"},
      {"परसों", "2026-11-25"},
      {"agle somvar", "2026-11-30"},
      {"is shukravar ko", "2026-11-27"},
      {"pichle somvar", "2026-11-16"},
      {"5 tareekh", "2026-12-05"},
      {"5 tarikh ko", "2026-12-05"},
      {"tareekh 5 ko", "2026-12-05"},
      {"५ तारीख", "2026-12-05"},
      {"३० नवंबर", "2026-11-30"},
      {"३०/११/२६", "2026-11-30"},
      {"30/11/26", "2026-11-30"},
      {"agle mahine ki 5 tareekh", "2026-12-05"},
      {"5th of next month", "2026-12-05"},
      {"is mahine ki 28", "2026-11-28"},
      {"3 din baad", "2026-11-26"},
      {"do hafte baad", "2026-12-07"},
      {"pandrah din baad", "2026-12-08"},
      {"3 days later", "2026-11-26"},
      {"2 days ago", "2026-11-21"},
      {"do din pehle", "2026-11-21"},
      {"5 ko", "none"},
      {"5 baje", "none"},
  };
  for (const Case& c : cases) EXPECT_EQ(read(c.text), c.day) << c.text;
  EXPECT_EQ(read("5 ko", {.today = kToday, .anchor = {}, .past_dates = false, .asked = true}),
            "2026-12-05");
}

TEST(Date, LeavesKalOpenWherePastDatesAreTaken) {
  const auto days = [](std::string_view text, bool past_dates) {
    const Tokens tokens(text);
    const auto found = find_date(
        tokens, {.today = kToday, .anchor = {}, .past_dates = past_dates, .asked = false});
    if (!found) return std::string("none");
    return iso_date(found->day) + (found->other ? " or " + iso_date(*found->other) : "");
  };
  EXPECT_EQ(days("kal chutti", true), "2026-11-24 or 2026-11-22");
  EXPECT_EQ(days("kal nahi aaya tha", true), "2026-11-22");
  EXPECT_EQ(days("bukhar ho gaya, kal nahi aayega", true), "2026-11-24");
  EXPECT_EQ(days("parso absent thi", true), "2026-11-21");
  EXPECT_EQ(days("kal chutti", false), "2026-11-24");
  EXPECT_EQ(days("tomorrow", true), "2026-11-24");
}

TEST(Date, ReadsTheWaysPeopleWriteADay) {
  const Case cases[] = {
      {"2026-11-30", "2026-11-30"},
      {"30/11/2026", "2026-11-30"},
      {"30.11.26", "2026-11-30"},
      {"30-11-2026", "2026-11-30"},
      {"5/12", "2026-12-05"},
      {"11/30/2026", "2026-11-30"},
      {"30 Nov", "2026-11-30"},
      {"30nov", "2026-11-30"},
      {"30-Nov-2026", "2026-11-30"},
      {"30th of November, 2026", "2026-11-30"},
      {"Nov 30", "2026-11-30"},
      {"25th december", "2026-12-25"},
      {"december 25th 2027", "2027-12-25"},
      {"3 March", "2027-03-03"},
      {"on the 5th", "2026-12-05"},
      {"the 23rd", "2026-11-23"},
      {"on the 30", "2026-11-30"},
      {"today", "2026-11-23"},
      {"Tomorrow!", "2026-11-24"},
      {"day after tomorrow", "2026-11-25"},
      {"yesterday", "2026-11-22"},
      {"kal", "2026-11-24"},
      {"in 3 days", "2026-11-26"},
      {"tuesday", "2026-11-24"},
      {"monday", "2026-11-30"},
      {"next monday", "2026-11-30"},
      {"next wednesday", "2026-12-02"},
      {"this friday", "2026-11-27"},
      {"29 feb", "2028-02-29"},
      {"20 Nov", "2026-11-20"},
      {"10 June", "2027-06-10"},
  };
  for (const Case& c : cases) EXPECT_EQ(read(c.text), c.day) << c.text;
}

TEST(Date, FindsNoDayWhereNoneIsMeant) {
  for (const char* text :
       {"", "fever", "class 5B", "5th class", "30 feb 2026", "31/04/2026", "may be", "ref 17",
        "2 kg", "she sat down", "32/13", "1/2/3/4/5", "99999999999999", "class 5 may come"}) {
    EXPECT_EQ(read(text), "none") << text;
  }
}

TEST(Date, TakesTheNearestWherePastDatesAreAccepted) {
  const DateContext past{.today = kToday, .anchor = {}, .past_dates = true, .asked = false};
  EXPECT_EQ(read("10 June", past), "2026-06-10");
  EXPECT_EQ(read("1 Jan", past), "2027-01-01");
  EXPECT_EQ(read("the 20th", past), "2026-11-20");
}

TEST(Date, CountsFromTheAnchor) {
  const DateContext end{
      .today = kToday, .anchor = *parse_iso_date("2026-12-07"), .past_dates = false, .asked = true};
  EXPECT_EQ(read("friday", end), "2026-12-11");
  EXPECT_EQ(read("monday", end), "2026-12-07");
  EXPECT_EQ(read("the 6th", end), "2027-01-06");
  EXPECT_EQ(read("9", end), "2026-12-09");
  EXPECT_EQ(read("same day", end), "2026-12-07");
  EXPECT_EQ(read("one day only", end), "2026-12-07");
  EXPECT_EQ(read("for 3 days", end), "2026-12-09");
  EXPECT_EQ(read("next day", end), "2026-12-08");
  EXPECT_EQ(read("6 Dec", end), "2026-12-06");
  EXPECT_EQ(read("2 jan", end), "2027-01-02");
  EXPECT_EQ(read("tomorrow", end), "2026-11-24");
}

TEST(Date, QuotesExactlyWhatWasWritten) {
  const Tokens tokens("She comes on Monday  ,ok");
  const auto found =
      find_date(tokens, {.today = kToday, .anchor = {}, .past_dates = false, .asked = false});
  ASSERT_TRUE(found);
  EXPECT_EQ(tokens.quote(found->span), "Monday");
}

TEST(Date, ParsesOnlyTheFormItWrites) {
  EXPECT_EQ(iso_date(kToday), "2026-11-23");
  for (const char* text :
       {"", "2026-11-3", "2026/11/23", "2026-13-01", "2026-02-30", "abcd-ef-gh"}) {
    EXPECT_FALSE(parse_iso_date(text)) << text;
  }
}

}  // namespace
}  // namespace mitr
