// The features a model knows, and an utterance as a vector of them: two blocks, words and letters,
// each of length one, so that long words do not drown short ones. Training and use go through the
// same code, down to the rounding of a feature's rarity.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "nlu/apce/grams.h"
#include "nlu/apce/key_directory.h"

namespace mitr::apce {

struct Feature {
  std::uint32_t row = 0;
  float value = 0;
};

struct TextVector {
  std::vector<Feature> features;
  /// How much of the words' rarity the model has met before, 0 to 1.
  float known = 0;
  std::uint32_t words = 0;
};

class FeatureSpace {
 public:
  FeatureSpace() = default;
  /// `rarities` has one code for each key; `rarest` is that of a word never met.
  FeatureSpace(KeyDirectory keys, std::vector<std::uint8_t> rarities, std::uint8_t rarest);
  /// Of the utterances a model is trained from. A feature met in fewer than `least` is left out.
  static FeatureSpace of(const std::vector<std::string_view>& texts, std::uint32_t least);

  TextVector vector_of(const Words& words) const;

  std::uint32_t size() const { return keys_.size(); }
  const KeyDirectory& keys() const { return keys_; }
  const std::vector<std::uint8_t>& rarities() const { return rarities_; }
  std::uint8_t rarest() const { return rarest_; }

 private:
  KeyDirectory keys_;
  std::vector<std::uint8_t> rarities_;
  std::uint8_t rarest_ = 0;
};

}  // namespace mitr::apce
