// What the slot tagger sees of each word: the word and those around it, its edges and shape, what
// stands far left and right, gazetteers, and what the dialogue expects. Keys are hashes.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "nlu/apce/gazetteer.h"
#include "nlu/apce/words.h"

namespace mitr::apce {

/// Keys of every word's features, one word after the other.
struct SlotFeatures {
  std::vector<std::uint32_t> keys;
  std::vector<std::size_t> begins{0};

  std::size_t words() const { return begins.size() - 1; }
  std::span<const std::uint32_t> operator[](std::size_t word) const {
    return std::span(keys).subspan(begins[word], begins[word + 1] - begins[word]);
  }
};

/// `context` is what is known beside the words: the slot just asked for, the intent. `own` are
/// entries of the gazetteer that come from this utterance itself, which do not count.
SlotFeatures slot_features(const Words& words, const std::vector<std::string_view>& context,
                           const Gazetteer& gazetteer,
                           const std::vector<Gazetteer::Entry>& own = {});

}  // namespace mitr::apce
