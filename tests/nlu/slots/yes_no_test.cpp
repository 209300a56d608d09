// Goal: whole-message moves are heard, and words inside a sentence are not taken for them.
#include "nlu/slots/yes_no.h"

#include <gtest/gtest.h>

namespace mitr {
namespace {

Move read(std::string_view text) {
  return move_of(Tokens(text));
}

TEST(Moves, AreHeardInEnglishAndHindi) {
  for (const char* text : {"yes", "Yes please", "YES!", "ok", "haan ji", "theek hai",
                           "yes, it is correct", "👍", "yes👍", "हाँ", "that's right", "confirm"}) {
    EXPECT_EQ(read(text), Move::kYes) << text;
  }
  for (const char* text : {"no", "No.", "nahi", "not correct", "नहीं", "no, class is 6A"}) {
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
  for (const char* text :
       {"", "...", "Aisha Khan", "to cancel his surgery", "no school on friday", "don't cancel",
        "evening", "hello my son is sick", "not feeling well", "5B"}) {
    EXPECT_EQ(read(text), Move::kNone) << text;
  }
}

}  // namespace
}  // namespace mitr
