// Which of many utterances tell most about all of them: one out of each crowd of similar ones, the
// largest crowd first. Twenty of them reviewed teach more than the twenty that a model is least
// sure of, which are often odd and alone.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace mitr {

struct Telling {
  std::string_view words;
  std::uint32_t weight = 1;  ///< How much it counts, beside the others.
};

/// Places of the chosen, the most telling first, at most `most`. Each next one is nearest to what
/// is not near any chosen before. Time and memory grow with the square of the utterances: at most
/// kSuggestionsMax are looked at.
std::vector<std::size_t> medoids(const std::vector<Telling>& utterances, std::size_t most);

}  // namespace mitr
