// Deciding an intent; see intent_model.h.
#include "nlu/apce/intent_model.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "protocols/limits.h"

namespace mitr::apce {
namespace {

std::uint16_t permille_of(float share) {
  return static_cast<std::uint16_t>(std::lround(std::clamp(share, 0.0F, 1.0F) * 1000));
}

}  // namespace

float Calibration::inside(const Signals& signals) const {
  return std::inner_product(signals.begin(), signals.end(), weights.begin(), constant);
}

IntentModel::Reading IntentModel::read(const Words& words, std::span<const Nudge> nudges) const {
  const TextVector vector = parts_.space.vector_of(words);
  Reading reading;
  reading.margins = parts_.biases;
  reading.margins.resize(whole_sixteens(parts_.biases.size()));
  const auto& features = vector.features;
  constexpr std::size_t kAhead = WeightRows::kAhead;
  for (std::size_t i = 0; i < features.size() + 2 * kAhead; ++i) {
    if (i < features.size()) parts_.weights.fetch_row(features[i].row);
    if (i >= kAhead && i < features.size() + kAhead) {
      parts_.weights.fetch_entries(features[i - kAhead].row);
    }
    if (i < 2 * kAhead) continue;
    const Feature& feature = features[i - 2 * kAhead];
    parts_.weights.add_to(reading.margins, feature.row, feature.value);
  }
  if (parts_.vectors.table) parts_.vectors.add_to(reading.margins, words);
  for (const Nudge& nudge : nudges) reading.margins[nudge.intent] += nudge.margin;
  const std::size_t intents = parts_.names.size();
  float best = reading.margins[0];
  float second = -2;
  for (std::size_t i = 1; i < intents; ++i) {
    const float margin = reading.margins[i];
    if (margin > best) {
      second = best;
      best = margin;
      reading.best = static_cast<std::uint16_t>(i);
    } else {
      second = std::max(second, margin);
    }
  }
  const float count = static_cast<float>(std::max(vector.words, 1U));
  reading.signals[kBest] = best;
  reading.signals[kGap] = best - second;
  reading.signals[kOutside] = parts_.has_outside ? reading.margins[intents] : -1;
  reading.signals[kKnown] = vector.known;
  reading.signals[kShort] = 1 / std::sqrt(count);
  return reading;
}

Classified IntentModel::classify(std::string_view text, std::span<const Nudge> nudges) const {
  Reading reading = read(Words(text), nudges);
  const Calibration& calibration = parts_.calibration;
  const float inside = calibration.inside(reading.signals);
  const float inside_share = 1 / (1 + std::exp(-inside));

  const std::size_t intents = parts_.names.size();
  const float best = reading.margins[reading.best];
  float sum = 0;
  for (std::size_t i = 0; i < intents; ++i) {
    reading.margins[i] = std::exp(calibration.sharpness * (reading.margins[i] - best));
    sum += reading.margins[i];
  }
  std::vector<std::uint16_t> order(intents);
  std::iota(order.begin(), order.end(), std::uint16_t{0});
  const std::size_t told = std::min(limits::kApceGuessesMax, intents);
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(told), order.end(),
                    [&](std::uint16_t a, std::uint16_t b) {
                      return reading.margins[a] != reading.margins[b]
                                 ? reading.margins[a] > reading.margins[b]
                                 : a < b;
                    });
  Classified classified;
  classified.intents.reserve(told);
  for (std::size_t i = 0; i < told; ++i) {
    const float share = reading.margins[order[i]] / sum;
    classified.intents.push_back({order[i], permille_of(share * inside_share)});
  }
  classified.inside_permille = permille_of(inside_share);
  classified.rejected = inside < calibration.least;
  return classified;
}

std::vector<Evidence> IntentModel::evidence(std::string_view text, std::uint16_t intent) const {
  const Words words(text);
  const TextVector vector = parts_.space.vector_of(words);
  // What each feature does for this intent, found again by its row.
  std::vector<std::pair<std::uint32_t, float>> says;
  std::vector<float> margins(whole_sixteens(parts_.biases.size()));
  float all = 0;
  for (const Feature& feature : vector.features) {
    std::fill(margins.begin(), margins.end(), 0.0F);
    parts_.weights.add_to(margins, feature.row, feature.value);
    says.emplace_back(feature.row, margins[intent]);
    all += std::max(margins[intent], 0.0F);
  }
  std::sort(says.begin(), says.end());

  std::vector<Evidence> evidence;
  for (std::size_t at = 0; at < words.size(); ++at) {
    float sum = 0;
    for (const Gram& gram : grams_of(words, at)) {
      const std::uint32_t row = parts_.space.keys().find(gram.key);
      const auto said = std::lower_bound(says.begin(), says.end(), std::pair{row, -1e9F});
      if (said != says.end() && said->first == row) sum += said->second;
    }
    const float share = all > 0 ? std::clamp(sum / all, -1.0F, 1.0F) : 0;
    evidence.push_back(
        {words[at].begin, words[at].end, static_cast<std::int32_t>(std::lround(share * 1000))});
  }
  return evidence;
}

}  // namespace mitr::apce
