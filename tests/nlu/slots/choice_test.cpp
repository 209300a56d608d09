// Goal: one of a list however it is pointed at, and all of them where the words fit several.
#include "nlu/slots/choice.h"

#include <gtest/gtest.h>

#include "nlu/slots/edit_distance.h"

namespace mitr {
namespace {

const ChoiceList kCourses({{"Mathematics", {"maths", "ganit"}},
                           {"Science", {"vigyan"}},
                           {"Social Studies", {"sst"}},
                           {"हिन्दी", {"hindi"}}});
const ChoiceList kChildren({{"Aisha Khan", {}}, {"Aisha Verma", {}}, {"Rohan Mehta", {}}});

/// Indices of what was chosen; "0|1" is either.
std::string read(const ChoiceList& list, std::string_view text, bool asked = true) {
  const Tokens tokens(text);
  std::string out;
  for (const auto& found : find_choices(tokens, {.list = &list, .asked = asked})) {
    if (!out.empty()) out += ' ';
    out += std::to_string(found.value);
    for (const std::size_t other : found.others) out += '|' + std::to_string(other);
  }
  return out;
}

TEST(Choice, IsFoundByWordsPlacesPartsAndSlips) {
  const struct {
    const char* text;
    const char* option;
  } cases[] = {
      {"Mathematics", "0"},
      {"maths please", "0"},
      {"ganit", "0"},
      {"social studies", "2"},
      {"Social-Studies", "2"},
      {"हिन्दी", "3"},
      {"the second one", "1"},
      {"2nd", "1"},
      {"doosra wala", "1"},
      {"तीसरा", "2"},
      {"last", "3"},
      {"second last one", "2"},
      {"2", "1"},
      {"option 3", "2"},
      {"do", "1"},
      {"sci", "1"},
      {"mathemtics", "0"},
      {"scinece", "1"},
      {"studies", "2"},
      {"i want science", "1"},
      {"maths and science", "0 1"},
  };
  for (const auto& c : cases) EXPECT_EQ(read(kCourses, c.text), c.option) << c.text;
}

TEST(Choice, TellsAllThatFitAsWell) {
  EXPECT_EQ(read(kChildren, "Aisha"), "0|1");
  EXPECT_EQ(read(kChildren, "aisha verma"), "1");
  EXPECT_EQ(read(kChildren, "verma"), "1");
  EXPECT_EQ(read(kChildren, "Aisha varma"), "1");
  EXPECT_EQ(read(kChildren, "rohan"), "2");
  EXPECT_EQ(read(ChoiceList({{"Red", {"pick"}}, {"Blue", {"pick"}}}), "pick"), "0|1");
}

TEST(Choice, IsNotMadeByOtherWords) {
  for (const char* text : {"", "...", "5", "0", "the ninth one", "why", "12 kg", "maths nahi",
                           "not science", "xyz", "no"}) {
    EXPECT_EQ(read(kCourses, text), "") << text;
  }
  for (const char* text : {"2", "the second one", "sci", "scinece"}) {
    EXPECT_EQ(read(kCourses, text, false), "") << text;
  }
  EXPECT_EQ(read(kCourses, "my maths teacher", false), "0");
  EXPECT_EQ(read(ChoiceList(), "2"), "");
}

TEST(EditDistance, CountsSlips) {
  EXPECT_TRUE(within_slips("gmail", "gmial", 1));
  EXPECT_TRUE(within_slips("science", "scence", 1));
  EXPECT_TRUE(within_slips("abc", "abc", 0));
  EXPECT_FALSE(within_slips("abc", "abd", 0));
  EXPECT_FALSE(within_slips("kitten", "sitting", 2));
  EXPECT_TRUE(within_slips("kitten", "sitting", 3));
  EXPECT_TRUE(within_slips("", "a", 1));
  EXPECT_FALSE(within_slips("", "ab", 1));
}

TEST(Choice, IsNotDeniedByAVerbThatIs) {
  const ChoiceList things({{"Network", {"internet"}}, {"Device", {"laptop"}}});
  EXPECT_EQ(read(things, "internet nahi chal raha", false), "0");
  EXPECT_EQ(read(things, "laptop nahi, internet", false), "0");
}

}  // namespace
}  // namespace mitr
