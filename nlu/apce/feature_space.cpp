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

constexpr std::size_t block_of(GramKind kind) {
  return kind == GramKind::kLetters ? 2 : kind == GramKind::kSound ? 1 : 0;
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
  std::array<float, 3> squares{};
  std::array<std::size_t, 3> ends{};
  float known = 0;
  float all = 0;
  // Words and pairs come before sounds, and those before letters, so the blocks are three runs.
  const auto add = [&](std::size_t i, std::uint32_t row) {
    const Gram& gram = grams[i];
    if (gram.kind == GramKind::kWord) {
      const std::uint8_t code = row == KeyDirectory::kNone ? rarest_ : rarities_[row];
      all += static_cast<float>(code);
      known += row == KeyDirectory::kNone ? 0 : static_cast<float>(code);
    }
    if (row == KeyDirectory::kNone) return;
    const float value = damped(gram.count) * static_cast<float>(rarities_[row]) * kRarityStep;
    const std::size_t block = block_of(gram.kind);
    squares[block] += value * value;
    vector.features.push_back({row, value});
    ends[block] = vector.features.size();
  };
  keys_.find_each(
      grams.size(), [&](std::size_t i) { return grams[i].key; }, add);
  std::size_t at = 0;
  for (std::size_t block = 0; block < squares.size(); ++block) {
    const float scale = 1 / std::sqrt(squares[block]);
    for (; at < ends[block]; ++at) vector.features[at].value *= scale;
  }
  vector.known = all > 0 ? known / all : 0;
  return vector;
}

}  // namespace mitr::apce
