// Goal: classes in every spelling become one, and nothing else becomes a class.
#include "nlu/slots/school_class.h"

#include <gtest/gtest.h>

namespace mitr {
namespace {

std::string read(std::string_view text, bool asked) {
  const Tokens tokens(text);
  const auto found = find_class(tokens, asked);
  return found ? found->value : "none";
}

TEST(SchoolClass, ReadsTheWaysPeopleWriteAClass) {
  const struct {
    const char* text;
    const char* value;
  } cases[] = {{"5B", "5B"},
               {"5 b", "5B"},
               {"class 5-B", "5B"},
               {"V B", "5B"},
               {"class XII a", "12A"},
               {"5th B", "5B"},
               {"12D", "12D"},
               {"LKG", "LKG"},
               {"nursery a", "Nursery A"},
               {"std 5 section C", "5C"},
               {"grade 10(A)", "10A"},
               {"she is in 7 c", "7C"},
               {"class 5", "5"},
               {"5th", "5"},
               {"10th standard", "10"},
               {"ukg-b", "UKG B"},
               {"5\xE2\x80\x93"
                "B",
                "5B"}};
  for (const auto& c : cases) EXPECT_EQ(read(c.text, true), c.value) << c.text;
}

TEST(SchoolClass, IsStrictInASentence) {
  EXPECT_EQ(read("Aisha of 5B is absent", false), "5B");
  EXPECT_EQ(read("my son in class 6 a is sick", false), "6A");
  for (const char* text : {"I need 5 a day", "2026-11-30", "5/3/2026", "for 3 days", "13B", "0A",
                           "i b", "from the 5th to 7th", "ref 17", "give me 2"}) {
    EXPECT_EQ(read(text, false), "none") << text;
  }
}

TEST(SchoolClass, KnowsWhetherASectionIsNamed) {
  EXPECT_TRUE(has_section("5B"));
  EXPECT_TRUE(has_section("LKG"));
  EXPECT_FALSE(has_section("5"));
  EXPECT_FALSE(has_section(""));
}

TEST(SchoolClass, ReadsAnOrdinalBesideTheWord) {
  EXPECT_EQ(read("first standard", false), "1");
  EXPECT_EQ(read("पहली कक्षा", false), "1");
  EXPECT_EQ(read("pehli", true), "1");
  EXPECT_EQ(read("first come to the office", false), "none");
}

}  // namespace
}  // namespace mitr
