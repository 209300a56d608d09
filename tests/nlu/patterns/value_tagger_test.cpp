// Goal: what a pack's examples show of names and texts is found in sentences nobody wrote before.
#include "nlu/patterns/value_tagger.h"

#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "config/pack_examples.h"
#include "nlu/apce/known_values.h"

namespace mitr {
namespace {

/// Sixty marked sentences of two flows, and some that say no name.
std::vector<PackExample> examples() {
  const std::vector<std::string> names{"asha", "bina", "chetan", "dev", "esha", "farid"};
  const std::vector<std::string> causes{"fever", "cough", "a wedding", "headache", "cold"};
  std::vector<PackExample> all;
  for (const std::string& name : names) {
    for (const std::string& cause : causes) {
      all.push_back(unmarked("my son [" + name + "](student) has [" + cause + "](reason)"));
      all.push_back(unmarked("[" + cause + "](reason) so [" + name + "](student) stays home"));
    }
    all.push_back(unmarked("he stays home today"));
    for (std::size_t i = all.size() - 11; i < all.size(); ++i) all[i].flow = "leave";
    all.push_back(unmarked("fees of asha please"));
    all.back().flow = "fees";
  }
  return all;
}

std::string found(const ValueTagger& tagger, const std::string& text, const std::string& flow,
                  const apce::KnownValues* known = nullptr) {
  std::string all;
  for (const auto& value : tagger.values(text, flow, known)) {
    all += std::string(value.slot) + '=' + text.substr(value.begin, value.end - value.begin) + ';';
  }
  return all;
}

TEST(ValueTagger, FindsWordsItNeverMet) {
  const ValueTagger tagger(examples());
  EXPECT_EQ(found(tagger, "my son gopal has measles", "leave"), "student=gopal;reason=measles;");
  EXPECT_EQ(found(tagger, "he stays home today", "leave"), "");
}

TEST(ValueTagger, FindsNothingForAFlowThatShowsNone) {
  const ValueTagger tagger(examples());
  EXPECT_TRUE(tagger.knows("leave", "student"));
  EXPECT_FALSE(tagger.knows("fees", "student"));
  EXPECT_EQ(found(tagger, "my son gopal has measles", "fees"), "");
}

TEST(ValueTagger, LearnsNothingFromAHandful) {
  auto few = examples();
  few.resize(30);
  const ValueTagger tagger(few);
  EXPECT_EQ(tagger.slots(), nullptr);
  EXPECT_EQ(found(tagger, "my son gopal has measles", "leave"), "");
}

TEST(ValueTagger, LetsBeKnownValuesOfSlotsItDoesNotKnow) {
  const ValueTagger tagger(examples());
  const apce::KnownValues known({{"doctor", Personal("Gopal")}, {"student", Personal("")}});
  EXPECT_EQ(found(tagger, "my son gopal has measles", "leave", &known),
            "student=gopal;reason=measles;");
}

}  // namespace
}  // namespace mitr
