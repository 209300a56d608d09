// Goal: spans of days, with an end left open when only one was said. Today is Monday 23 November
// 2026.
#include "nlu/slots/date_range.h"

#include <gtest/gtest.h>

namespace mitr {
namespace {

std::string read(std::string_view text, bool asked = false) {
  const Tokens tokens(text);
  const auto found = find_date_range(
      tokens,
      {.today = *parse_iso_date("2026-11-23"), .anchor = {}, .past_dates = false, .asked = asked});
  if (!found) return "none";
  return (found->from ? iso_date(found->from->day) : "?") + std::string(" ") +
         (found->to ? iso_date(found->to->day) : "?");
}

TEST(DateRange, ReadsTheWaysPeopleWriteASpan) {
  const struct {
    const char* text;
    const char* days;
  } cases[] = {
      {"from Monday to Wednesday", "2026-11-30 2026-12-02"},
      {"Monday to Wednesday", "2026-11-30 2026-12-02"},
      {"tuesday - friday", "2026-11-24 2026-11-27"},
      {"5th to 7th", "2026-12-05 2026-12-07"},
      {"from 4 to 6 March", "2027-03-04 2027-03-06"},
      {"30 Nov till 2 Dec", "2026-11-30 2026-12-02"},
      {"30 December to 2 January", "2026-12-30 2027-01-02"},
      {"March 4 to 6", "2027-03-04 2027-03-06"},
      {"30 nov to 3 march", "2026-11-30 2027-03-03"},
      {"2026-12-01 to 2026-12-03", "2026-12-01 2026-12-03"},
      {"for 3 days from tomorrow", "2026-11-24 2026-11-26"},
      {"two days starting friday", "2026-11-27 2026-11-28"},
      {"tomorrow for 2 days", "2026-11-24 2026-11-25"},
      {"tomorrow and day after", "2026-11-24 2026-11-25"},
      {"today and tomorrow", "2026-11-23 2026-11-24"},
      {"tomorrow", "2026-11-24 2026-11-24"},
      {"on friday", "2026-11-27 2026-11-27"},
      {"from friday", "2026-11-27 ?"},
      {"till friday", "? 2026-11-27"},
      {"friday onwards", "2026-11-27 ?"},
      {"Monday se Wednesday tak", "2026-11-30 2026-12-02"},
      {"start date is 5 Dec", "2026-12-05 ?"},
      {"end date: 5 Dec", "? 2026-12-05"},
      {"fever", "none"},
      {"from 2 to 3 pm", "none"},
      {"class 5 to 7", "none"},
  };
  for (const auto& c : cases) EXPECT_EQ(read(c.text), c.days) << c.text;
  EXPECT_EQ(read("5 to 7", true), "2026-12-05 2026-12-07");
}

TEST(DateRange, ReadsSpansAsIndiaSpeaksOfThem) {
  const struct {
    const char* text;
    const char* days;
  } cases[] = {
      {"kal se parso tak", "2026-11-24 2026-11-25"},
      {"10-12 tak", "2026-12-10 2026-12-12"},
      {"10 se 12 tak", "2026-12-10 2026-12-12"},
      {"5 tareekh se 7 tareekh tak", "2026-12-05 2026-12-07"},
      {"5 se 7 march", "2027-03-05 2027-03-07"},
      {"सोमवार से बुधवार तक", "2026-11-30 2026-12-02"},
      {"५ से ७ मार्च", "2027-03-05 2027-03-07"},
      {"agle hafte", "2026-11-30 2026-12-06"},
      {"next week", "2026-11-30 2026-12-06"},
      {"is hafte", "2026-11-23 2026-11-29"},
      {"shukravar tak", "? 2026-11-27"},
      {"10 se 12 baje tak", "none"},
      {"it is week 5", "none"},
  };
  for (const auto& c : cases) EXPECT_EQ(read(c.text), c.days) << c.text;
  EXPECT_EQ(read("5 se 7", true), "2026-12-05 2026-12-07");
  EXPECT_EQ(read("5 tak", true), "? 2026-12-05");
  EXPECT_EQ(read("5 se", true), "2026-12-05 ?");
}

}  // namespace
}  // namespace mitr
