// Goal: yes, no and unclear are told apart, whole-message moves are heard, and words inside a
// sentence are not taken for either.
#include "nlu/slots/yes_no.h"

#include <gtest/gtest.h>

namespace mitr {
namespace {

Move read(std::string_view text) {
  return move_of(Tokens(text));
}

TEST(Moves, AreHeardInEnglishAndHindi) {
  for (const char* text :
       {"yes", "Yes please", "YES!", "ok", "haan ji", "theek hai", "yes, it is correct", "👍",
        "yes👍", "हाँ", "that's right", "confirm", "kar do", "galat nahi hai", "hello yes",
        "yes, order please", "no problem"}) {
    EXPECT_EQ(read(text), Move::kYes) << text;
  }
  for (const char* text : {"no", "No.", "nahi", "not correct", "नहीं", "no, class is 6A",
                           "theek nahi hai", "no leave"}) {
    EXPECT_EQ(read(text), Move::kNo) << text;
  }
  for (const char* text :
       {"cancel", "please cancel it", "stop", "never mind", "I want to cancel", "no cancel"}) {
    EXPECT_EQ(read(text), Move::kCancel) << text;
  }
  for (const char* text : {"hi", "Hello sir", "good morning", "namaste"})
    EXPECT_EQ(read(text), Move::kGreet) << text;
  for (const char* text : {"thanks", "Thank you so much", "shukriya"})
    EXPECT_EQ(read(text), Move::kThanks) << text;
}

TEST(Moves, AreNotHeardInsideASentence) {
  for (const char* text : {"", "...", "Aisha Khan", "to cancel his surgery", "no school on friday",
                           "don't cancel", "evening", "maybe", "not sure", "yes no",
                           "hello my son is sick", "not feeling well", "5B"}) {
    EXPECT_EQ(read(text), Move::kNone) << text;
  }
}

std::string answer(std::string_view text, bool asked = true) {
  const Tokens tokens(text);
  const auto found = find_yes_no(tokens, {.asked = asked});
  if (found.empty()) return "none";
  if (found[0].value == YesNo::kUnclear) return "unclear";
  return found[0].value == YesNo::kYes ? "yes" : "no";
}

TEST(YesNo, HearsAYes) {
  for (const char* text : {"yes",
                           "Yes please",
                           "yesss",
                           "yeah sure",
                           "ok",
                           "okkk",
                           "haan",
                           "haan ji",
                           "ji",
                           "ji haan",
                           "theek hai",
                           "thik h",
                           "bilkul",
                           "zaroor",
                           "kar do",
                           "kardo",
                           "sahi hai",
                           "go ahead",
                           "of course",
                           "no problem",
                           "why not",
                           "sounds good",
                           "हाँ",
                           "हां जी",
                           "ठीक है",
                           "बिल्कुल",
                           "ज़रूर",
                           "कर दो",
                           "👍",
                           "👍🏽",
                           "👌",
                           "haan na",
                           "not wrong",
                           "galat nahi hai",
                           "i think yes",
                           "haaan",
                           "thats fine",
                           "koi baat nahi",
                           "yes, correct",
                           "ok thanks",
                           "✅"}) {
    EXPECT_EQ(answer(text), "yes") << text;
  }
}

TEST(YesNo, HearsANo) {
  for (const char* text : {"no",
                           "No.",
                           "nooo",
                           "nahi",
                           "nahin",
                           "nhi",
                           "ji nahi",
                           "nahi ji",
                           "mat karo",
                           "rehne do",
                           "not really",
                           "no wait",
                           "no thanks",
                           "not correct",
                           "theek nahi hai",
                           "sahi nahi hai",
                           "नहीं",
                           "जी नहीं",
                           "मत करो",
                           "रहने दो",
                           "👎",
                           "❌",
                           "not ok",
                           "dont do it",
                           "do not",
                           "never",
                           "no need",
                           "nahi chahiye",
                           "galat hai",
                           "of course not",
                           "bilkul nahi",
                           "isn't right",
                           "no fever",
                           "abhi nahi"}) {
    EXPECT_EQ(answer(text), "no") << text;
  }
}

TEST(YesNo, SaysWhenItIsUnclear) {
  for (const char* text :
       {"maybe", "shayad", "not sure", "i dont know", "pata nahi", "पता नहीं", "yes no", "haan nahi",
        "ok?", "wait", "let me check", "may be", "शायद", "🤔"}) {
    EXPECT_EQ(answer(text), "unclear") << text;
  }
}

TEST(YesNo, HearsNothingInOtherWords) {
  for (const char* text : {"", "...", "Aisha Khan", "5B", "my son has fever since monday morning",
                           "tomorrow", "2 kg aata", "what time do you open on sundays"}) {
    EXPECT_EQ(answer(text), "none") << text;
  }
  for (const char* text : {"no school on friday", "no fever", "my son is not feeling well today"}) {
    EXPECT_EQ(answer(text, false), "none") << text;
  }
}

TEST(YesNo, TakesTheLeadingWordsOfALongerAnswer) {
  EXPECT_EQ(answer("no, the class is 6A", false), "no");
  EXPECT_EQ(answer("yes, but the date is wrong", false), "yes");
  const Tokens tokens("no, the class of my daughter is 6A");
  const auto found = find_yes_no(tokens, {.asked = true});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(tokens.quote(found[0].tokens), "no");
}

}  // namespace
}  // namespace mitr
