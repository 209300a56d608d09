// A small tenant in a few sentences made up for tests: three intents, two slots.
#pragma once

#include <string>
#include <vector>

#include "nlu/apce/language_model.h"

namespace mitr::apce {

inline std::vector<Example> school_examples() {
  const std::vector<std::string> children = {"daughter", "son", "child", "boy", "girl", "kid"};
  std::vector<Example> examples;
  for (const std::string& child : children) {
    for (const char* day : {"tomorrow", "today", "on monday"}) {
      examples.push_back({Personal("my " + child + " will not come " + day), "leave"});
      examples.push_back({Personal("leave for my " + child + " " + day + " please"), "leave"});
    }
    examples.push_back({Personal("how much fee is due for my " + child), "fees"});
    examples.push_back({Personal("send the fee receipt of my " + child), "fees"});
    examples.push_back({Personal("when does the bus of my " + child + " come"), "bus"});
    examples.push_back({Personal("the bus is late for my " + child), "bus"});
  }
  return examples;
}

/// An example from pieces; a piece with a slot is a value.
inline MarkedExample marked(const std::vector<std::pair<std::string, std::string>>& pieces) {
  MarkedExample example;
  std::string text;
  for (const auto& [words, slot] : pieces) {
    if (!text.empty()) text += ' ';
    const auto begin = static_cast<std::uint32_t>(text.size());
    text += words;
    if (!slot.empty()) {
      example.values.push_back({slot, begin, static_cast<std::uint32_t>(text.size())});
    }
  }
  example.text = Personal(text);
  return example;
}

inline std::vector<MarkedExample> school_marked() {
  std::vector<MarkedExample> examples;
  for (const char* name : {"Asha Rao", "Ravi", "Meena Das", "Kabir", "Tara"}) {
    for (const char* day : {"tomorrow", "on monday", "next friday"}) {
      examples.push_back(marked({{"leave for", ""}, {name, "child"}, {day, "day"}}));
      examples.push_back(marked({{name, "child"}, {"will not come", ""}, {day, "day"}}));
    }
  }
  return examples;
}

}  // namespace mitr::apce
