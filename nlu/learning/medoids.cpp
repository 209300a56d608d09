#include "nlu/learning/medoids.h"

#include <algorithm>

#include "nlu/apce/feature_space.h"
#include "protocols/limits.h"

namespace mitr {
namespace {

/// Similarity of each with each, from 0 to 1, row by row. What more than a quarter of them share
/// says nothing of any.
std::vector<float> similarities(const std::vector<std::string_view>& texts) {
  const std::size_t count = texts.size();
  const auto space = apce::FeatureSpace::of(texts, 2);
  struct Has {
    std::uint32_t text;
    float value;
  };
  std::vector<std::vector<Has>> having(space.size());
  for (std::uint32_t i = 0; i < count; ++i) {
    for (const auto& feature : space.vector_of(apce::Words(texts[i])).features)
      having[feature.row].push_back({i, feature.value});
  }
  std::vector<float> alike(count * count, 0.0F);
  for (const auto& with : having) {
    if (count > 20 && with.size() > count / 4) continue;
    for (const Has& one : with) {
      for (const Has& other : with) alike[one.text * count + other.text] += one.value * other.value;
    }
  }
  // Two blocks of length one each make two; a thing is like itself whatever was left out.
  for (float& value : alike) value = std::clamp(value / 2, 0.0F, 1.0F);
  for (std::size_t i = 0; i < count; ++i) alike[i * count + i] = 1;
  return alike;
}

}  // namespace

std::vector<std::size_t> medoids(const std::vector<Telling>& utterances, std::size_t most) {
  const std::size_t count = std::min(utterances.size(), limits::kSuggestionsMax);
  std::vector<std::string_view> texts;
  for (std::size_t i = 0; i < count; ++i) texts.push_back(utterances[i].words);
  const std::vector<float> alike = similarities(texts);
  std::vector<float> near(count, 0.0F);
  std::vector<bool> taken(count, false);
  std::vector<std::size_t> chosen;
  while (chosen.size() < std::min(most, count)) {
    std::size_t best = count;
    float best_gain = -1;
    for (std::size_t i = 0; i < count; ++i) {
      if (taken[i]) continue;
      float gain = 0;
      for (std::size_t j = 0; j < count; ++j) {
        const float more = alike[i * count + j] - near[j];
        if (more > 0) gain += more * static_cast<float>(utterances[j].weight);
      }
      // The first of equals, so that the same utterances give the same answer.
      if (gain > best_gain) {
        best_gain = gain;
        best = i;
      }
    }
    taken[best] = true;
    chosen.push_back(best);
    for (std::size_t j = 0; j < count; ++j) near[j] = std::max(near[j], alike[best * count + j]);
  }
  return chosen;
}

}  // namespace mitr
