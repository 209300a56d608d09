// Goal: values are found where their like stood, known or not. Method: a school of two slots.
#include "nlu/apce/slot_training.h"

#include <gtest/gtest.h>

#include "nlu/apce/model_bytes.h"
#include "tests/nlu/apce/school_words.h"

namespace mitr::apce {
namespace {

std::shared_ptr<const SlotModel> school() {
  static const std::shared_ptr<const SlotModel> model = *train_slots(school_marked());
  return model;
}
using Found = std::vector<std::pair<std::string, std::string>>;
Found found(std::string_view text, const std::vector<std::string_view>& context = {}) {
  Found values;
  for (const TaggedSpan& span : school()->tag(Words(text), context)) {
    values.emplace_back(school()->names()[span.slot],
                        text.substr(span.begin, span.end - span.begin));
  }
  return values;
}

TEST(SlotTraining, FindsKnownValues) {
  EXPECT_EQ(found("leave for Ravi on monday"), (Found{{"child", "Ravi"}, {"day", "on monday"}}));
}

TEST(SlotTraining, FindsValuesItNeverMet) {
  EXPECT_EQ(found("Zubin will not come tomorrow"),
            (Found{{"child", "Zubin"}, {"day", "tomorrow"}}));
}

TEST(SlotTraining, FindsNothingInNothing) {
  EXPECT_EQ(found(""), Found{});
  EXPECT_EQ(found(" \n"), Found{});
}

TEST(SlotTraining, IsSureOfWhatItWasTaught) {
  for (const TaggedSpan& span : school()->tag(Words("leave for Ravi tomorrow"))) {
    EXPECT_GT(span.permille, 800);
    EXPECT_LE(span.permille, 1000);
  }
}

TEST(SlotTraining, ListensToTheContext) {
  std::vector<MarkedExample> examples;
  for (const char* name : {"Asha", "Ravi", "Meena", "Kabir", "Tara", "Dev"}) {
    for (const char* slot : {"child", "teacher"}) {
      examples.push_back(marked({{name, slot}}));
      examples.back().context = {slot};
    }
  }
  const auto model = *train_slots(examples);
  const auto slot = [&](std::string_view asked) {
    const auto spans = model->tag(Words("Zubin"), {asked});
    return spans.size() == 1 ? model->names()[spans[0].slot] : "";
  };
  EXPECT_EQ(slot("child"), "child");
  EXPECT_EQ(slot("teacher"), "teacher");
}

TEST(SlotTraining, IsTheSameForTheSameExamplesAndSeed) {
  const auto bytes = [] { return encode_model({nullptr, *train_slots(school_marked())}); };
  EXPECT_EQ(bytes(), bytes());
}

TEST(SlotTraining, LeavesAValueThatCutsAWordUnmarked) {
  MarkedExample example{Personal("Ravikumar comes"), {{"child", 0, 4}}, {}};
  EXPECT_TRUE(train_slots({example}).ok());
}

TEST(SlotTraining, NeedsASlot) {
  const auto trained = train_slots({{Personal("hello"), {}, {}}});
  ASSERT_FALSE(trained);
  EXPECT_EQ(trained.error().code, Errc::kInvalidConfig);
}

}  // namespace
}  // namespace mitr::apce
