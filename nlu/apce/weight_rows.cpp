// Rounding weights and laying them out by feature; see weight_rows.h.
#include "nlu/apce/weight_rows.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

namespace mitr::apce {

std::uint16_t coded_scale(float scale) {
  const auto bits = std::bit_cast<std::uint32_t>(scale);
  return static_cast<std::uint16_t>((bits >> 16U) + ((bits & 0xFFFFU) != 0 ? 1 : 0));
}

float decoded_scale(std::uint16_t code) {
  return std::bit_cast<float>(std::uint32_t{code} << 16U);
}

WeightRows::WeightRows(const std::vector<std::uint16_t>& counts, std::vector<float> scales,
                       std::vector<Entry> entries)
    : scales_(std::move(scales)), entries_(std::move(entries)) {
  begins_.reserve(counts.size() + 1);
  for (const std::uint16_t count : counts) begins_.push_back(begins_.back() + count);
}

bool WeightRows::fits(std::size_t classes) const {
  if (begins_.size() != scales_.size() + 1 || begins_.back() != entries_.size()) return false;
  for (std::size_t row = 0; row < scales_.size(); ++row) {
    if (!(scales_[row] >= 0 && scales_[row] < 1e6F)) return false;
    std::size_t past = 0;  // The class after the last.
    for (std::uint32_t i = begins_[row]; i < begins_[row + 1]; ++i) {
      if (entries_[i].step == 0) return false;
      past += entries_[i].step;
    }
    if (past > classes) return false;
  }
  return true;
}

void WeightRowsMaker::add_row(std::span<const Weight> weights) {
  float highest = 0;
  for (const Weight& weight : weights) highest = std::max(highest, std::abs(weight.weight));
  const float scale = decoded_scale(coded_scale(highest / 127));
  scales_.push_back(scale);
  const std::size_t before = entries_.size();
  std::size_t past = 0;  // The class after the last one written.
  for (const Weight& weight : weights) {
    if (!(scale > 0)) break;
    const auto rounded = static_cast<std::int8_t>(std::lround(weight.weight / scale));
    if (rounded == 0) continue;
    std::size_t step = weight.of_class + std::size_t{1} - past;
    for (; step > 255; step -= 255) entries_.push_back({255, 0});
    entries_.push_back({static_cast<std::uint8_t>(step), rounded});
    past = weight.of_class + std::size_t{1};
  }
  counts_.push_back(static_cast<std::uint16_t>(entries_.size() - before));
}

WeightRows WeightRowsMaker::take() {
  entries_.shrink_to_fit();
  return WeightRows(counts_, std::move(scales_), std::move(entries_));
}

WeightRows WeightSheaf::rows(std::uint32_t size) const {
  std::vector<std::uint32_t> next(std::size_t{size} + 1, 0);
  for (const Straw& straw : weights_) ++next[straw.row + 1];
  for (std::size_t i = 1; i < next.size(); ++i) next[i] += next[i - 1];
  std::vector<std::uint32_t> order(weights_.size());
  for (std::uint32_t i = 0; i < weights_.size(); ++i) order[next[weights_[i].row]++] = i;

  WeightRowsMaker maker;
  std::vector<WeightRowsMaker::Weight> weights;
  std::size_t at = 0;
  for (std::uint32_t row = 0; row < size; ++row) {
    weights.clear();
    for (; at < order.size() && weights_[order[at]].row == row; ++at) {
      weights.push_back(weights_[order[at]].weight);
    }
    maker.add_row(weights);
  }
  return maker.take();
}

}  // namespace mitr::apce
