// Goal: one utterance is cut and spelt in one way, whatever the keyboard; places are those of the
// original bytes. Method: short texts, exact words.
#include "nlu/apce/words.h"

#include <gtest/gtest.h>

#include "protocols/limits.h"

namespace mitr::apce {
namespace {

std::vector<std::u32string> spelt(std::string_view text) {
  const Words words(text);
  std::vector<std::u32string> letters;
  for (std::size_t at = 0; at < words.size(); ++at) letters.emplace_back(words.letters(at));
  return letters;
}
using List = std::vector<std::u32string>;

TEST(ApceWords, SeparatesWordsAndSingleMarks) {
  EXPECT_EQ(spelt("Won't come: 10am..."),
            (List{U"won", U"'", U"t", U"come", U":", U"10am", U".", U".", U"."}));
}

TEST(ApceWords, LowersCapitalsOfSeveralScripts) {
  EXPECT_EQ(spelt("CLÁSICOS Ωmega Жара"), (List{U"clásicos", U"ωmega", U"жара"}));
}

TEST(ApceWords, SpellsDevanagariInOneWay) {
  EXPECT_EQ(spelt("\u0915\u093C\u0932\u092E १२"), spelt("\u0958\u0932\u092E 12"));
}

TEST(ApceWords, QuotesTheOriginalBytes) {
  const std::string text = "  é–मेरा  ";
  const Words words(text);
  ASSERT_EQ(words.size(), 3U);
  EXPECT_EQ(text.substr(words[2].begin, words[2].end - words[2].begin), "मेरा");
}

TEST(ApceWords, RemembersHowAWordWasWritten) {
  const Words words("asha Asha ASHA 12 5B ?");
  std::vector<Shape> shapes;
  for (std::size_t at = 0; at < words.size(); ++at) shapes.push_back(words[at].shape);
  EXPECT_EQ(shapes, (std::vector{Shape::kLower, Shape::kCapital, Shape::kUpper, Shape::kNumber,
                                 Shape::kMixed, Shape::kMark}));
}

TEST(ApceWords, TakesBytesThatAreNoUtf8) {
  EXPECT_EQ(Words("a\xFFz \xE0\xA4").size(), 5U);
}

TEST(ApceWords, LooksNoFurtherThanItsBounds) {
  EXPECT_EQ(Words(std::string(4 * limits::kApceWordsMax, '.')).size(), limits::kApceWordsMax);
  const Words words(std::string(2 * limits::kApceLettersMax, 'a'));
  EXPECT_EQ(words[words.size() - 1].last, limits::kApceLettersMax);
}

}  // namespace
}  // namespace mitr::apce
