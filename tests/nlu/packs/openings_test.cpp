// Goal: what a pack shows as an example begins what it says. Method: every line of a pack's
// examples.tsv is understood at rest. At most one in twenty of a language may begin anything else,
// and one in fifty a wrong flow.
#include <algorithm>
#include <gtest/gtest.h>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "config/pack_file.h"
#include "config/pack_files.h"
#include "nlu/dialogue/dialogue.h"
#include "nlu/dialogue/pack.h"
#include "tests/nlu/packs/opening.h"

namespace mitr {
namespace {

std::string joined(std::vector<std::string> flows, const char* between) {
  std::sort(flows.begin(), flows.end());
  std::string text;
  for (const std::string& flow : flows) text += (text.empty() ? "" : between) + flow;
  return text;
}

/// What the words would start, written as in the file.
std::string started(const Pack& pack, const Opening& opening) {
  const Understanding heard = heard_at_rest(pack, opening);
  if (!heard.rivals.empty()) return joined(heard.rivals, "|");
  if (!heard.intent.empty()) {
    std::vector<std::string> flows = heard.also;
    flows.push_back(heard.intent);
    return joined(std::move(flows), "+");
  }
  return heard.move == Move::kHuman ? "(human)" : "-";
}

struct Score {
  int right = 0;
  int wrong = 0;
  int all = 0;
};

void expect_understood(const std::string& name) {
  const auto pack = load_pack("config/packs/" + name).pack;
  ASSERT_TRUE(pack) << name;
  const std::vector<Opening> openings = openings_in("config/packs/" + name + "/examples.tsv");
  ASSERT_GE(openings.size(), 200u) << name;
  std::map<std::string, Score> scores;
  for (const Opening& opening : openings) {
    const std::string flow = started(*pack, opening);
    Score& score = scores[opening.language];
    ++score.all;
    if (flow == opening.flow) {
      ++score.right;
      continue;
    }
    std::cout << "  " << name << ' ' << opening.language << ": '" << opening.words << "' is "
              << opening.flow << ", started " << flow << '\n';
    const bool asks_or_waits = flow == "-" || flow.find('|') != std::string::npos;
    const bool leaves_one_out =
        opening.flow.find('+') != std::string::npos && opening.flow.find(flow) != std::string::npos;
    score.wrong += opening.flow != "-" && (asks_or_waits || leaves_one_out) ? 0 : 1;
  }
  for (const auto& [language, score] : scores) {
    std::cout << name << ' ' << language << ": " << score.right << " of " << score.all << " ("
              << score.right * 1000 / score.all << " permille)\n";
    EXPECT_GE(score.right * 100, score.all * 95) << name << ' ' << language;
    EXPECT_LE(score.wrong * 100, score.all * 2) << name << ' ' << language;
  }
  EXPECT_EQ(scores.size(), 3u) << name << ": English, Hindi, and Hindi in Roman script";
}

struct Reception {
  int right = 0;
  int asked = 0;  ///< Which of two, one of them right.
  int silent = 0;
  int wrong = 0;
  int all() const { return right + asked + silent + wrong; }
};

Reception reception_of(const Pack& pack, const std::vector<Opening>& openings, bool told) {
  Reception counts;
  for (const Opening& opening : openings) {
    const std::string flow = started(pack, opening);
    const bool among = flow.find('|') != std::string::npos && flow.find(opening.flow) != flow.npos;
    ++(flow == opening.flow ? counts.right
       : among              ? counts.asked
       : flow == "-"        ? counts.silent
                            : counts.wrong);
    if (told && flow != opening.flow && !among)
      std::cout << "  " << pack.name() << ' ' << opening.language << ": '" << opening.words
                << "' is " << opening.flow << ", started " << flow << '\n';
  }
  return counts;
}

void print(const char* what, const Reception& counts) {
  std::cout << what << ": " << counts.right << " of " << counts.all() << " right, " << counts.asked
            << " asked, " << counts.silent << " not understood, " << counts.wrong << " wrong\n";
}

Reception operator+(const Reception& a, const Reception& b) {
  return {a.right + b.right, a.asked + b.asked, a.silent + b.silent, a.wrong + b.wrong};
}

// Goal: the examples help with people whom nobody has met. Method: sentences that no trigger and no
// example was written after, understood with the examples and without.
TEST(Openings, OfPeopleNobodyHasMetAreUnderstoodBetterWithExamples) {
  Reception with, without;
  for (const std::string name : {"school", "merchant", "clinic", "enterprise"}) {
    const auto openings = openings_in("tests/nlu/packs/unseen.tsv", name);
    ASSERT_FALSE(openings.empty()) << name;
    PackFiles files = read_pack_files("config/packs/" + name);
    const auto taught = load_pack(files, "config/packs/" + name).pack;
    std::erase_if(files.files, [](const auto& file) { return file.first == "examples.tsv"; });
    const auto untaught = load_pack(files, "config/packs/" + name).pack;
    ASSERT_TRUE(taught && untaught);
    with = with + reception_of(*taught, openings, true);
    without = without + reception_of(*untaught, openings, false);
  }
  print("triggers alone", without);
  print("with examples", with);
  EXPECT_GT(with.right, without.right);
  EXPECT_GE(with.right * 100, with.all() * 92);
  EXPECT_LE(with.wrong * 100, with.all() * 4);
}

TEST(Openings, StartWhatParentsMean) {
  expect_understood("school");
}
TEST(Openings, StartWhatShoppersMean) {
  expect_understood("merchant");
}
TEST(Openings, StartWhatPatientsMean) {
  expect_understood("clinic");
}
TEST(Openings, StartWhatBusinessContactsMean) {
  expect_understood("enterprise");
}

}  // namespace
}  // namespace mitr
