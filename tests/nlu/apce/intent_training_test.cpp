// Goal: a tenant's few sentences make a model that knows their like, and knows what is not.
// Method: a school of three intents; other words than it was taught.
#include "nlu/apce/intent_training.h"

#include <gtest/gtest.h>

#include "nlu/apce/model_bytes.h"
#include "protocols/limits.h"
#include "tests/nlu/apce/school_words.h"

namespace mitr::apce {
namespace {

std::shared_ptr<const IntentModel> school() {
  static const std::shared_ptr<const IntentModel> model = *train_intents(school_examples());
  return model;
}
std::string intent_of(const IntentModel& model, std::string_view text) {
  return model.names()[model.classify(text).intents.at(0).intent];
}

TEST(IntentTraining, KnowsTheLikeOfItsExamples) {
  EXPECT_EQ(intent_of(*school(), "leave tomorrow for my nephew"), "leave");
  EXPECT_EQ(intent_of(*school(), "fee receipt"), "fees");
  EXPECT_EQ(intent_of(*school(), "is the bus late"), "bus");
}

TEST(IntentTraining, KnowsMisspeltWords) {
  EXPECT_EQ(intent_of(*school(), "reciept of fess"), "fees");
}

TEST(IntentTraining, TellsTheBestIntentsInOrder) {
  const Classified classified = school()->classify("the bus fee");
  ASSERT_EQ(classified.intents.size(), 3U);
  EXPECT_GE(classified.intents[0].permille, classified.intents[1].permille);
  EXPECT_GE(classified.intents[1].permille, classified.intents[2].permille);
}

TEST(IntentTraining, IsSurerOfItsOwnThanOfStrangeWords) {
  EXPECT_GT(school()->classify("my son will not come today").inside_permille,
            school()->classify("what is the capital of france").inside_permille);
}

TEST(IntentTraining, RejectsWhatItWasShownAsNoIntent) {
  std::vector<Example> examples = school_examples();
  for (const char* text : {"what is the capital of france", "tell me a joke", "who won the match",
                           "sing me a song", "what is the weather", "order a pizza"}) {
    examples.push_back({Personal(text), ""});
  }
  const auto model = *train_intents(examples);
  EXPECT_TRUE(model->classify("what is the capital of spain").rejected);
  EXPECT_FALSE(model->classify("my son will not come tomorrow").rejected);
}

TEST(IntentTraining, IsTheSameForTheSameExamplesAndSeed) {
  const auto bytes = [] { return encode_model({*train_intents(school_examples()), nullptr}); };
  EXPECT_EQ(bytes(), bytes());
}

TEST(IntentTraining, PointsAtTheWordsThatSpeakForAnIntent) {
  const std::string text = "the fee please";
  const auto evidence = school()->evidence(text, school()->classify(text).intents[0].intent);
  ASSERT_EQ(evidence.size(), 3U);
  EXPECT_EQ(text.substr(evidence[1].begin, evidence[1].end - evidence[1].begin), "fee");
  EXPECT_GT(evidence[1].permille, evidence[0].permille);
  EXPECT_GT(evidence[1].permille, evidence[2].permille);
}

TEST(IntentTraining, TakesAnyText) {
  for (const std::string& text :
       {std::string(), std::string(100'000, 'x'), std::string("\xFF\xFE"), std::string(" \t\n")}) {
    EXPECT_EQ(school()->classify(text).intents.size(), 3U);
  }
}

TEST(IntentTraining, NeedsTwoIntents) {
  const auto trained = train_intents({{Personal("leave"), "leave"}, {Personal("what"), ""}});
  ASSERT_FALSE(trained);
  EXPECT_EQ(trained.error().code, Errc::kInvalidConfig);
}

TEST(IntentTraining, RefusesANameThatNoModelHolds) {
  const std::string name(limits::kApceNameBytesMax + 1, 'n');
  const auto trained = train_intents({{Personal("leave"), "leave"}, {Personal("bus"), name}});
  ASSERT_FALSE(trained);
  EXPECT_EQ(trained.error().code, Errc::kTooLarge);
}

TEST(IntentTraining, TakesOneExampleAnIntent) {
  const auto model = *train_intents({{Personal("leave"), "leave"}, {Personal("the bus"), "bus"}});
  EXPECT_EQ(intent_of(*model, "bus"), "bus");
}

const std::vector<Personal>& heard() {
  static const std::vector<Personal> lines = [] {
    std::vector<Personal> all;
    for (const char* around : {"pay the fee ", "how much is the fee ", "fee receipt ", "the fee "})
      for (const char* word : {"zarplon", "of zarplon", "zarplon please"})
        all.emplace_back(std::string(around) + word);
    for (const char* words : {"my son is ill", "ill today", "leave for tomorrow", "is ill today",
                              "my son is on leave", "leave today", "she is ill", "he is ill"})
      all.emplace_back(words);
    return all;
  }();
  return lines;
}

TEST(IntentTraining, OfFewExamplesLearnsFromWhatWasOnlyHeard) {
  const std::vector<Example> few = {
      {Personal("pay the fee"), "fees"},      {Personal("how much is the fee"), "fees"},
      {Personal("fee receipt"), "fees"},      {Personal("my son is ill"), "leave"},
      {Personal("leave for today"), "leave"}, {Personal("she is ill today"), "leave"}};
  const auto margin = [](const IntentModel& model) {
    const auto reading = model.read(Words("zarplon"));
    return reading.margins[0] - reading.margins[1];
  };
  const auto alone = *train_intents(few), with = *train_intents(few, {}, heard());
  EXPECT_GT(margin(*with), margin(*alone) + 0.1F);
}

TEST(IntentTraining, OfManyExamplesLearnsFromThemAlone) {
  std::vector<Example> many;
  for (int i = 0; i < 15; ++i) {
    many.push_back({Personal("fee of month " + std::to_string(i)), "fees"});
    many.push_back({Personal("leave on day " + std::to_string(i)), "leave"});
  }
  EXPECT_EQ(encode_model({*train_intents(many), nullptr}),
            encode_model({*train_intents(many, {}, heard()), nullptr}));
}

}  // namespace
}  // namespace mitr::apce
