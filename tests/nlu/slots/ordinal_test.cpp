// Goal: the place in a list that was picked, and no lengths, dates or classes taken for one.
#include "nlu/slots/ordinal.h"

#include <gtest/gtest.h>

namespace mitr {
namespace {

std::vector<int> read(std::string_view text, bool asked = false) {
  const Tokens tokens(text);
  std::vector<int> out;
  for (const auto& found : find_ordinals(tokens, {.asked = asked})) {
    out.push_back(found.value.position);
  }
  return out;
}

using Places = std::vector<int>;

TEST(Ordinal, ReadsTheWaysPeoplePick) {
  const struct {
    const char* text;
    int position;
  } cases[] = {
      {"the second one", 2}, {"2nd one", 2},      {"3rd", 3},         {"first one please", 1},
      {"the last one", -1},  {"second last", -2}, {"doosra wala", 2}, {"pehla", 1},
      {"teesra", 3},         {"पहला", 1},         {"दूसरी वाली", 2},   {"तीसरा", 3},
      {"aakhri", -1},        {"आखिरी वाला", -1},  {"pehle wala", 1},  {"5वां", 5},
      {"fourth", 4},         {"chautha", 4},      {"the first", 1},
  };
  for (const auto& c : cases) EXPECT_EQ(read(c.text), Places{c.position}) << c.text;
}

TEST(Ordinal, TakesWordsOfTwoMeaningsOnlyWhenAsked) {
  EXPECT_EQ(read("pehle"), Places{});
  EXPECT_EQ(read("pehle", true), Places{1});
  EXPECT_EQ(read("second", true), Places{2});
  EXPECT_EQ(read("last", true), Places{-1});
}

TEST(Ordinal, IsNoLengthDateOrClass) {
  for (const char* text :
       {"30 seconds", "30 second", "last week", "last monday", "5 baje se pehle", "5th class",
        "5th march", "2nd june", "first time", "at last", "second", "0th", "123rd", "5B", ""}) {
    EXPECT_EQ(read(text), Places{}) << text;
  }
}

}  // namespace
}  // namespace mitr
