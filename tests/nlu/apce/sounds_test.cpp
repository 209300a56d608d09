// Goal: what people spell differently sounds alike, in Roman and in Devanagari; and English is not
// taken for Hindi. Method: words and sentences as people write them.
#include "nlu/apce/sounds.h"

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace mitr::apce {
namespace {

std::string sounds(const char* word) {
  const Words words(word);
  if (words.size() != 1) return "not one word";
  std::string text;
  const Sounds sounds(words.letters(0));
  for (const char32_t c : sounds.letters()) text += static_cast<char>(c);
  return text;
}

TEST(Sounds, AreOneForTheSpellingsOfAWord) {
  const std::vector<std::vector<const char*>> alike = {
      {"nahi", "nahin", "naahi", "Nahee", "नहीं", "नही"},
      {"fees", "fis", "phees", "फीस", "फ़ीस"},
      {"chhutti", "chutti", "chuti", "छुट्टी"},
      {"dawai", "davai", "दवाई"},
      {"bukhar", "bukhaar", "bukar", "बुखार"},
      {"kitna", "kitana", "कितना"},
      {"kardo", "krdo", "करदो"},
      {"rasid", "raseed", "रसीद"},
      {"dakhila", "daakhla", "दाखिला"},
  };
  for (const auto& words : alike) {
    for (const char* word : words) {
      EXPECT_EQ(sounds(word), sounds(words.front())) << word;
    }
  }
}

TEST(Sounds, KeepWordsApartThatAreApart) {
  EXPECT_NE(sounds("bus"), sounds("fees"));
  EXPECT_NE(sounds("rasid"), sounds("roti"));
  EXPECT_NE(sounds("kal"), sounds("khana"));
}

TEST(Sounds, AreNoneForNumbersMarksAndOtherScripts) {
  EXPECT_EQ(sounds("2026"), "");
  EXPECT_EQ(sounds("?"), "");
  EXPECT_EQ(sounds("привет"), "");
  EXPECT_EQ(sounds("5kg"), "");
}

TEST(Sounds, AreHeardInHindiAlone) {
  const auto hindi = [](const char* text) { return speaks_hindi(Words(text)); };
  EXPECT_TRUE(hindi("kal nahi aayega"));
  EXPECT_TRUE(hindi("fees KITNI baki h"));
  EXPECT_TRUE(hindi("फीस"));
  EXPECT_FALSE(hindi("please tell me the fee for may"));
  EXPECT_FALSE(hindi("do we have to come on monday"));
  EXPECT_FALSE(hindi(""));
}

}  // namespace
}  // namespace mitr::apce
