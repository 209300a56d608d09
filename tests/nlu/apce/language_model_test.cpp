// Goal: intents and slots are learnt in one go, and slots hear the intent. Method: words that are
// another slot's value under another intent.
#include "nlu/apce/language_model.h"

#include <gtest/gtest.h>

#include "tests/nlu/apce/school_words.h"

namespace mitr::apce {
namespace {

std::vector<LabelledExample> trips() {
  std::vector<LabelledExample> examples;
  for (const char* place : {"Pune", "Agra", "Delhi", "Surat", "Nagpur", "Kochi"}) {
    for (const auto& [intent, words, slot] :
         {std::tuple{"book", "please book", "destination"}, {"leave", "please leave", "origin"}}) {
      const MarkedExample example = marked({{words, ""}, {place, slot}});
      examples.push_back({example.text, intent, example.values, {}});
    }
  }
  return examples;
}

TEST(LanguageModel, TagsByTheIntent) {
  const auto model = *train_language(trips());
  const auto slot = [&](std::string_view text) -> std::string {
    const auto spans = model.tag(text);
    return spans.size() == 1 ? model.slots->names()[spans[0].slot] : "";
  };
  EXPECT_EQ(slot("please book Indore"), "destination");
  EXPECT_EQ(slot("please leave Indore"), "origin");
}

TEST(LanguageModel, LearnsOnlyWhatIsShown) {
  std::vector<LabelledExample> examples = trips();
  for (LabelledExample& example : examples) example.values.clear();
  const auto without_slots = *train_language(examples);
  EXPECT_NE(without_slots.intents, nullptr);
  EXPECT_EQ(without_slots.slots, nullptr);
  EXPECT_TRUE(without_slots.tag("please book Pune").empty());

  examples = trips();
  for (LabelledExample& example : examples) example.intent.clear();
  const auto without_intents = *train_language(examples);
  EXPECT_EQ(without_intents.intents, nullptr);
  EXPECT_EQ(without_intents.tag("please book Pune").size(), 1U);
}

}  // namespace
}  // namespace mitr::apce
