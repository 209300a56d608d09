// Tagging; see slot_model.h.
#include "nlu/apce/slot_model.h"

#include <algorithm>
#include <cmath>

#include "nlu/apce/slot_features.h"

namespace mitr::apce {

std::vector<TaggedSpan> SlotModel::tag(std::string_view text,
                                       const std::vector<std::string_view>& context) const {
  const Words words(text);
  if (words.size() == 0) return {};
  const SlotFeatures features = slot_features(words, context, parts_.gazetteer);
  Lattice lattice(parts_.transitions);
  lattice.begin(words.size());
  for (std::size_t word = 0; word < words.size(); ++word) {
    const std::span<float> scores(lattice.scores(word), parts_.transitions.labels());
    for (const std::uint32_t key : features[word]) {
      const std::uint32_t row = parts_.keys.find(key);
      if (row != KeyDirectory::kNone) parts_.weights.add_to(scores, row, 1);
    }
  }
  const std::vector<Label> labels = lattice.best();
  lattice.sum();
  std::vector<TaggedSpan> spans;
  for (std::size_t word = 0; word < words.size(); ++word) {
    if (labels[word] == kOutsideLabel) continue;
    const float likely = std::clamp(lattice.marginal(word, labels[word]), 0.0F, 1.0F);
    const auto permille = static_cast<std::uint16_t>(std::lround(likely * 1000));
    if (begins(labels[word])) {
      const auto slot = static_cast<std::uint16_t>(slot_of(labels[word]));
      spans.push_back({slot, words[word].begin, words[word].end, permille});
    } else {
      spans.back().end = words[word].end;
      spans.back().permille = std::min(spans.back().permille, permille);
    }
  }
  return spans;
}

}  // namespace mitr::apce
