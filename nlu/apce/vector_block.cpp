// The block of word vectors; see vector_block.h.
#include "nlu/apce/vector_block.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace mitr::apce {
namespace {

/// Its length with few examples an intent, and how many of them begin and end the fading.
constexpr float kWeight = 1.2F;
constexpr float kFadesFrom = 10;
constexpr float kGoneAt = 15;

}  // namespace

float share_of_few(std::size_t examples, std::size_t intents) {
  if (intents == 0) return 0;
  const float each = static_cast<float>(examples) / static_cast<float>(intents);
  return std::clamp((kGoneAt - each) / (kGoneAt - kFadesFrom), 0.0F, 1.0F);
}

float vector_block_weight(std::size_t examples, std::size_t intents) {
  return kWeight * share_of_few(examples, intents);
}

VectorBlock VectorBlock::of(std::shared_ptr<const WordVectors> table, float weight,
                            const std::vector<std::string_view>& texts) {
  VectorBlock block;
  if (table == nullptr || !(weight > 0)) return block;
  block.weight = weight;
  block.mean.assign(table->dims(), 0);
  for (const std::string_view text : texts) {
    const std::vector<float> vector = table->vector_of(Words(text));
    for (std::size_t i = 0; i < vector.size(); ++i) block.mean[i] += vector[i];
  }
  for (float& value : block.mean)
    value /= static_cast<float>(std::max<std::size_t>(texts.size(), 1));
  block.table = std::move(table);
  return block;
}

std::vector<float> VectorBlock::vector_of(const Words& words) const {
  std::vector<float> vector = table->vector_of(words);
  float square = 0;
  for (std::size_t i = 0; i < vector.size(); ++i) {
    vector[i] -= mean[i];
    square += vector[i] * vector[i];
  }
  if (!(square > 0)) return {};
  const float scale = weight / std::sqrt(square);
  for (float& value : vector) value *= scale;
  return vector;
}

void VectorBlock::add_to(std::span<float> margins, const Words& words) const {
  const std::vector<float> vector = vector_of(words);
  for (std::size_t i = 0; i < vector.size(); ++i) {
    weights.add_to(margins, static_cast<std::uint32_t>(i), vector[i]);
  }
}

}  // namespace mitr::apce
