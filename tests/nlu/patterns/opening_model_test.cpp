// Goal: the model behind the triggers knows what is like its examples, keeps quiet about the rest,
// and is not asked while a flow is in hand. Method: a made-up business of two matters, and the
// school.
#include "nlu/patterns/opening_model.h"

#include <gtest/gtest.h>

#include "config/pack_file.h"
#include "config/pack_files.h"
#include "nlu/dialogue/dialogue.h"

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

TEST(OpeningModel, KnowsWhatIsLikeItsExamples) {
  const OpeningModel model(examples(32));
  const auto ill = model.likely("kabir has fever and a cold");
  ASSERT_FALSE(ill.empty());
  EXPECT_EQ(ill.front().name, "leave");
  const auto due = model.likely("please let me know our pending fee amount");
  ASSERT_FALSE(due.empty());
  EXPECT_EQ(due.front().name, "fees");
}

TEST(OpeningModel, KeepsQuietAboutWhatIsLikeNoExample) {
  const OpeningModel model(examples(32));
  EXPECT_TRUE(model.likely("quantum chromodynamics lecture notes").empty());
  EXPECT_TRUE(model.likely("").empty());
  EXPECT_TRUE(model.likely("🙂🙂").empty());
}

TEST(OpeningModel, OfFewExamplesKnowsNothing) {
  EXPECT_TRUE(OpeningModel(examples(10)).likely("my son has fever").empty());
  EXPECT_TRUE(OpeningModel(std::vector<PackExample>{}).likely("my son has fever").empty());
}

TEST(OpeningModel, IsNotAskedWhileAFlowIsInHand) {
  PackFiles files = read_pack_files("config/packs/school");
  const auto taught = load_pack(files, "config/packs/school").pack;
  std::erase_if(files.files, [](const auto& file) { return file.first == "examples.tsv"; });
  const auto untaught = load_pack(files, "config/packs/school").pack;
  ASSERT_TRUE(taught && untaught);
  using namespace std::chrono;
  Expectation at_rest;
  at_rest.now = {sys_days{2026y / November / 23} + 4h, local_days{2026y / November / 23}};
  Expectation asked = at_rest;
  asked.flow = "leave";
  asked.asking = "class";
  int only_learnt = 0;
  for (const char* words :
       {"is anything pending from our side regarding tuition",
        "humara kitna paisa banta hai is mahine", "gaadi abhi tak nahi aayi stop par",
        "an older boy keeps hitting my son during lunch", "my neighbour wants to enrol her toddler",
        "what amount should I transfer for the second quarter",
        "the maths teacher shouted at her in front of everyone"}) {
    if (!untaught->understander().understand(words, at_rest).intent.empty()) continue;
    if (taught->understander().understand(words, at_rest).intent.empty()) continue;
    ++only_learnt;
    EXPECT_EQ(taught->understander().understand(words, asked).intent, "") << words;
  }
  EXPECT_GE(only_learnt, 2);
}

/// A pack that knows two matters by examples alone.
std::unique_ptr<Pack> two_matters() {
  PackParts parts;
  for (const char* name : {"leave", "fees"}) {
    Flow flow;
    flow.name = name;
    parts.flows.push_back(flow);
  }
  parts.examples = examples(32);
  return std::make_unique<Pack>(std::move(parts));
}

/// As the pack's, and a word of the town's own.
std::vector<PackExample> with_zarplon() {
  auto all = examples(32);
  for (const char* ask : {"kitna hai", "of may", "tell me the", "what is my", "pending", "baki"})
    all.push_back({std::string("zarplon ") + ask, "fees"});
  return all;
}

TEST(OpeningModel, OfTheTenantIsAskedInThePlaceOfThePacks) {
  const auto pack = two_matters();
  DialogueSettings settings;
  const Personal words("zarplon kitna");
  EXPECT_EQ(understand(*pack, settings, {}, words, {}).intent, "");
  settings.openings = std::make_shared<const OpeningModel>(with_zarplon());
  EXPECT_EQ(understand(*pack, settings, {}, words, {}).intent, "fees");
}

TEST(OpeningModel, OfTheTenantIsNotAskedWhereItDoesNotKnowAFlowOfThePack) {
  const auto pack = two_matters();
  auto other = with_zarplon();
  for (PackExample& each : other) each.flow = each.flow == "leave" ? "canteen" : each.flow;
  DialogueSettings settings;
  settings.openings = std::make_shared<const OpeningModel>(other);
  EXPECT_EQ(understand(*pack, settings, {}, Personal("kabir has fever and a cold"), {}).intent,
            "leave");
  EXPECT_EQ(understand(*pack, settings, {}, Personal("zarplon kitna"), {}).intent, "");
}

TEST(OpeningModel, CoversWhatNamesNoMore) {
  const OpeningModel two(examples(32)), none{std::vector<PackExample>{}};
  EXPECT_TRUE(two.covers(two) && two.covers(none) && none.covers(none));
  EXPECT_FALSE(none.covers(two));
}

}  // namespace
}  // namespace mitr
