// Utterances as vectors; see feature_space.h.
#include "nlu/apce/feature_space.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace mitr::apce {
namespace {

/// Codes of a unit of rarity: a byte then reaches that of one utterance in 15,000 and more.
constexpr float kRarityStep = 1.0F / 24;

std::uint8_t rarity_code(std::size_t texts, std::size_t having) {
  const double idf =
      std::log((1.0 + static_cast<double>(texts)) / (1.0 + static_cast<double>(having))) + 1;
  return static_cast<std::uint8_t>(std::clamp(std::lround(idf / kRarityStep), 1L, 255L));
}

/// Saying a thing twice is not saying it twice as much.
float damped(std::uint16_t count) {
  return count == 1 ? 1.0F : 1.0F + std::log(static_cast<float>(count));
}

}  // namespace

FeatureSpace::FeatureSpace(KeyDirectory keys, std::vector<std::uint8_t> rarities,
                           std::uint8_t rarest)
    : keys_(std::move(keys)), rarities_(std::move(rarities)), rarest_(rarest) {}

FeatureSpace FeatureSpace::of(const std::vector<std::string_view>& texts, std::uint32_t least) {
  KeyCount count;
  for (const std::string_view text : texts) {
    for (const Gram& gram : grams_of(Words(text))) count.add(gram.key);
  }
  std::vector<std::uint32_t> keys;
  std::vector<std::uint8_t> rarities;
  for (const auto& counted : count.counted(least)) {
    keys.push_back(counted.key);
    rarities.push_back(rarity_code(texts.size(), counted.count));
  }
  return FeatureSpace(KeyDirectory(std::move(keys)), std::move(rarities),
                      rarity_code(texts.size(), 0));
}

TextVector FeatureSpace::vector_of(const Words& words) const {
  const std::vector<Gram> grams = grams_of(words);
  TextVector vector;
  vector.words = static_cast<std::uint32_t>(words.size());
  vector.features.reserve(grams.size());
  std::array<float, 2> squares{};
  float known = 0;
  float all = 0;
  // Words and pairs come before letters, so the blocks are two runs.
  std::size_t second = 0;
  for (const Gram& gram : grams) {
    const std::uint32_t row = keys_.find(gram.key);
    if (gram.kind == GramKind::kWord) {
      const std::uint8_t code = row == KeyDirectory::kNone ? rarest_ : rarities_[row];
      all += static_cast<float>(code);
      known += row == KeyDirectory::kNone ? 0 : static_cast<float>(code);
    }
    if (row == KeyDirectory::kNone) continue;
    const float value = damped(gram.count) * static_cast<float>(rarities_[row]) * kRarityStep;
    const bool letters = gram.kind == GramKind::kLetters;
    squares[letters ? 1 : 0] += value * value;
    vector.features.push_back({row, value});
    second += letters ? 0 : 1;
  }
  for (std::size_t i = 0; i < vector.features.size(); ++i) {
    vector.features[i].value /= std::sqrt(squares[i < second ? 0 : 1]);
  }
  vector.known = all > 0 ? known / all : 0;
  return vector;
}

}  // namespace mitr::apce
