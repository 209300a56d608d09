// Goal: the model behind the triggers speaks when it is sure, asks when it is not, and else keeps
// quiet. Method: a made-up business of two matters.
#include "nlu/patterns/opening_model.h"

#include <gtest/gtest.h>

#include "config/pack_file.h"

namespace mitr {
namespace {

std::vector<PackExample> examples(std::size_t each) {
  const char* who[] = {"my son", "my daughter", "aarav", "she", "our child", "he", "diya", "tara"};
  const char* ill[] = {"has fever", "is unwell", "has a bad cold", "is sick in bed"};
  const char* ask[] = {"please tell me", "can you say",  "i want to know", "kindly share",
                       "let me know",    "how do i see", "show me",        "what about"};
  const char* due[] = {"the fee amount", "pending dues", "this term's payment", "the fee balance"};
  std::vector<PackExample> all;
  for (std::size_t i = 0; i < each; ++i) {
    all.push_back({std::string(who[i % 8]) + ' ' + ill[i / 8 % 4], "leave"});
    all.push_back({std::string(ask[i % 8]) + ' ' + due[i / 8 % 4], "fees"});
  }
  return all;
}

TEST(OpeningModel, IsSureOfWhatIsLikeItsExamples) {
  const OpeningModel model(examples(32));
  const auto ill = model.guess("kabir has fever and a cold");
  ASSERT_EQ(ill.size(), 1u);
  EXPECT_EQ(ill.front().name, "leave");
  EXPECT_GE(ill.front().permille, 600);
  const auto due = model.guess("tell me pending fee");
  ASSERT_EQ(due.size(), 1u);
  EXPECT_EQ(due.front().name, "fees");
}

TEST(OpeningModel, KeepsQuietAboutWhatIsLikeNoExample) {
  const OpeningModel model(examples(32));
  EXPECT_TRUE(model.guess("quantum chromodynamics lecture notes").empty());
  EXPECT_TRUE(model.guess("").empty());
  EXPECT_TRUE(model.guess("🙂🙂").empty());
}

TEST(OpeningModel, OfFewExamplesKnowsNothing) {
  EXPECT_TRUE(OpeningModel(examples(10)).guess("my son has fever").empty());
  EXPECT_TRUE(OpeningModel({}).guess("my son has fever").empty());
}

TEST(OpeningModel, IsNotAskedWhileAFlowIsInHand) {
  const auto pack = load_pack("config/packs/school").pack;
  ASSERT_TRUE(pack);
  using namespace std::chrono;
  const Moment now{sys_days{2026y / November / 23} + 4h, local_days{2026y / November / 23}};
  // Words that no trigger knows.
  const char* words = "wants to enrol her toddler";
  Expectation at_rest;
  at_rest.now = now;
  const auto opened = pack->understander().understand(words, at_rest);
  ASSERT_EQ(opened.intent, "admission");
  ASSERT_LT(opened.confidence_permille, 1000);
  Expectation asked = at_rest;
  asked.flow = "leave";
  asked.asking = "class";
  EXPECT_EQ(pack->understander().understand(words, asked).intent, "");
}

}  // namespace
}  // namespace mitr
