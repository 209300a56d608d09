// Goal: trigger patterns mean what their author wrote, and a wrong one is explained.
#include "nlu/patterns/trigger.h"

#include <gtest/gtest.h>

namespace mitr {
namespace {

const std::vector<std::string> kIllness = {"fever", "not well"};
const std::vector<std::string>* lists(std::string_view name) {
  return name == "illness" ? &kIllness : nullptr;
}

bool matches(std::string_view pattern, std::string_view text) {
  Vocabulary vocabulary;
  const Trigger trigger(pattern, 900, lists, vocabulary);
  const Tokens tokens(text);
  return trigger.find(vocabulary.ids(tokens)).has_value();
}

TEST(Trigger, MatchesWordsAlternativesGapsAndLists) {
  EXPECT_TRUE(matches("need|want ... leave", "I NEED two days of leave"));
  EXPECT_FALSE(matches("need|want ... leave", "I need to know the date of the next leave"));
  EXPECT_TRUE(matches("wont ... come", "she won't come"));
  EXPECT_TRUE(matches("son ... <illness>", "my son is not well"));
  EXPECT_FALSE(matches("son ... <illness>", "my son is well"));
  EXPECT_FALSE(matches("leave", ""));
}

TEST(Trigger, ExplainsAMistake) {
  for (const char* pattern :
       {"", "...", "a ...", "... a", "a ... ... b", "<nothing>", "a|b-c", "|", "a b c d e f g"}) {
    EXPECT_TRUE(Trigger::mistake(pattern, lists)) << pattern;
  }
  EXPECT_FALSE(Trigger::mistake("need|want ... <illness>", lists));
}

}  // namespace
}  // namespace mitr
