// Goal: a model trained from half of a pack's openings knows the other half, in every language of
// the pack. Method: lines with one meaning, parted by a fixed hash of their words; accuracy on
// those held out may not fall below what it was, less a margin for the few they are.
#include <fstream>
#include <gtest/gtest.h>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "nlu/apce/intent_training.h"
#include "nlu/apce/mixing.h"

namespace mitr {
namespace {

struct Line {
  std::string language;
  std::string words;
  std::string flow;  ///< Empty: nothing begins.
};

std::vector<Line> lines_of(const std::string& pack) {
  std::vector<Line> lines;
  std::ifstream file("config/packs/" + pack + "/examples.tsv");
  for (std::string text; std::getline(file, text);) {
    if (text.empty() || text.front() == '#') continue;
    std::istringstream columns(text);
    Line line;
    std::getline(columns, line.language, '\t');
    std::getline(columns, line.words, '\t');
    std::getline(columns, line.flow, '\t');
    if (line.flow.find_first_of("+|") != std::string::npos) continue;
    if (line.flow == "-") line.flow.clear();
    lines.push_back(std::move(line));
  }
  return lines;
}

bool is_held_out(const Line& line) {
  std::uint64_t hash = 0;
  for (const char c : line.words) hash = apce::mixed(hash, static_cast<unsigned char>(c));
  return apce::key_of(hash) % 2 == 1;
}

struct Count {
  int right = 0;
  int all = 0;
  int percent() const { return all > 0 ? 100 * right / all : 0; }
};

/// Of lines that begin a flow, by language; "all" has every one.
std::map<std::string, Count> held_out_accuracy(const std::string& pack) {
  std::vector<apce::Example> examples;
  std::map<std::string, Count> counts;
  const std::vector<Line> lines = lines_of(pack);
  for (const Line& line : lines) {
    if (!is_held_out(line)) examples.push_back({Personal(line.words), line.flow});
  }
  const auto model = apce::train_intents(examples);
  if (!model) return counts;
  for (const Line& line : lines) {
    if (!is_held_out(line) || line.flow.empty()) continue;
    const auto classified = (*model)->classify(line.words);
    const bool right = (*model)->names()[classified.intents.at(0).intent] == line.flow;
    for (const std::string& group : {line.language, std::string("all")}) {
      ++counts[group].all;
      counts[group].right += right ? 1 : 0;
    }
  }
  for (const auto& [group, count] : counts) {
    std::cout << pack << ' ' << group << ": " << count.right << " of " << count.all << '\n';
  }
  return counts;
}

TEST(TrainedOpenings, OfASchoolAreKnown) {
  EXPECT_GE(held_out_accuracy("school")["all"].percent(), 87);
}

TEST(TrainedOpenings, OfAShopAreKnown) {
  EXPECT_GE(held_out_accuracy("merchant")["all"].percent(), 80);
}

TEST(TrainedOpenings, OfAClinicAreKnown) {
  EXPECT_GE(held_out_accuracy("clinic")["all"].percent(), 84);
}

TEST(TrainedOpenings, OfASupportDeskAreKnown) {
  EXPECT_GE(held_out_accuracy("enterprise")["all"].percent(), 83);
}

}  // namespace
}  // namespace mitr
