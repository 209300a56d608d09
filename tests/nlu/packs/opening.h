// First sentences of a file, what they should begin, and what they do.
#pragma once

#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "config/pack_examples.h"
#include "nlu/dialogue/dialogue.h"
#include "nlu/dialogue/pack.h"

namespace mitr {

struct Opening {
  std::string language;
  std::string words;
  std::string flow;
  std::vector<ExampleValue> values;
};

/// Of a file with the columns language, words, flow; those behind `pack` in one for many packs.
inline std::vector<Opening> openings_in(const std::string& path, const std::string& pack = "") {
  std::vector<Opening> openings;
  std::ifstream file(path);
  const std::string start = pack.empty() ? "" : pack + '\t';
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.front() == '#' || !line.starts_with(start)) continue;
    std::istringstream columns(line.substr(start.size()));
    Opening each;
    std::getline(columns, each.language, '\t');
    std::getline(columns, each.words, '\t');
    std::getline(columns, each.flow, '\t');
    const PackExample marked = unmarked(each.words);
    each.words = marked.text;
    each.values = marked.values;
    openings.push_back(std::move(each));
  }
  return openings;
}

/// What the pack makes of it with nothing in hand.
inline Understanding heard_at_rest(const Pack& pack, const Opening& opening,
                                   std::shared_ptr<const apce::KnownValues> known = nullptr) {
  using namespace std::chrono;
  DialogueSettings settings;
  settings.language = opening.language;
  settings.known = std::move(known);
  const Moment now{sys_days{2026y / November / 23} + 4h, local_days{2026y / November / 23}};
  return pack.understander().understand(opening.words,
                                        expectation(pack, settings, DialogueState{}, now));
}

}  // namespace mitr
