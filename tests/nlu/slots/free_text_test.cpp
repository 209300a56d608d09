// Goal: a message that tells the whole story is the text; one that only announces it is not.
#include "nlu/slots/free_text.h"

#include <gtest/gtest.h>

namespace mitr {
namespace {

/// The text found where "I have a complaint" and the like say nothing themselves.
std::string told(std::string_view words, const std::vector<TokenSpan>& elsewhere = {}) {
  Vocabulary vocabulary;
  TextSigns signs;
  for (const char* bare : {"complaint", "i", "have", "a", "about", "the", "bus"}) {
    signs.whole_unless.add(vocabulary, bare);
  }
  const Tokens tokens(words);
  const auto span = find_text(tokens, vocabulary.ids(tokens), signs,
                              {.taken = {}, .triggered = {}, .elsewhere = elsewhere});
  return span ? std::string(tokens.quote(*span)) : "none";
}

TEST(WholeMessage, IsTakenIfItTellsSomething) {
  EXPECT_EQ(told("the canteen food was stale, please"), "the canteen food was stale");
  EXPECT_EQ(told("I have a complaint"), "none");
  EXPECT_EQ(told("I have a complaint about the bus"), "none");
}

TEST(WholeMessage, LeavesOutWhatAsksForSomethingElse) {
  EXPECT_EQ(told("the food was stale, and the fees", {{5, 8}}), "the food was stale");
}

}  // namespace
}  // namespace mitr
