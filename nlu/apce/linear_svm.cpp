// Dual coordinate descent; see linear_svm.h.
#include "nlu/apce/linear_svm.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include "nlu/apce/lanes.h"
#include "nlu/apce/mixing.h"

namespace mitr::apce {
namespace {

constexpr std::size_t kFours = LinearSvm::kLanes / 4;

/// Gradients below this share of the tolerance are not worth a walk over the weights.
constexpr float kIdleShare = 0.1F;
/// Passes at most that leave out an utterance at which no class had anything to learn.
constexpr int kRestMax = 3;

}  // namespace

struct LinearSvm::Pass {
  std::array<bool, kLanes> open{};
  std::array<float, kLanes> highest{};
  std::array<float, kLanes> lowest{};
};

LinearSvm::LinearSvm(const SparseRows& rows, std::span<const std::uint16_t> labels,
                     std::uint32_t width, SvmSettings settings, std::span<const float> shares)
    : rows_(rows), labels_(labels), width_(width), settings_(settings), shares_(shares) {
  diagonal_.reserve(rows_.size());
  for (std::size_t row = 0; row < rows_.size(); ++row) {
    float square = 1;  // The bias is a feature of value one.
    for (const Feature& feature : rows_[row]) square += feature.value * feature.value;
    diagonal_.push_back(square);
  }
}

void LinearSvm::learn(std::uint16_t first) {
  first_ = first;
  weights_.assign((std::size_t{width_} + 1) * kLanes, 0);
  duals_.assign(rows_.size() * kLanes, 0);
  rests_.assign(rows_.size(), {});
  std::vector<std::uint32_t> order(rows_.size());
  std::iota(order.begin(), order.end(), 0U);
  Chance chance(settings_.seed + first);
  Pass pass;
  for (const std::uint16_t label : labels_) {
    if (label >= first && label < first + kLanes) pass.open[label - first] = true;
  }
  for (int i = 0; i < settings_.passes_max; ++i) {
    chance.shuffle(order);
    pass.highest.fill(-std::numeric_limits<float>::infinity());
    pass.lowest.fill(std::numeric_limits<float>::infinity());
    for (const std::uint32_t row : order) {
      if (rests_[row].left > 0) {
        --rests_[row].left;
      } else if (visit(row, pass)) {
        rests_[row] = {};
      } else {
        rests_[row].next = static_cast<std::uint8_t>(std::min(rests_[row].next * 2 + 1, kRestMax));
        rests_[row].left = rests_[row].next;
      }
    }
    bool any = false;
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      if (pass.highest[lane] - pass.lowest[lane] <= settings_.tolerance) pass.open[lane] = false;
      any = any || pass.open[lane];
    }
    if (!any) return;
  }
}

bool LinearSvm::visit(std::uint32_t row, Pass& pass) {
  const std::span<const Feature> features = rows_[row];
  std::array<Four, kFours> sums;
  const float* bias = &weights_[std::size_t{width_} * kLanes];
  for (std::size_t i = 0; i < kFours; ++i) sums[i] = load(bias + i * 4);
  for (const Feature& feature : features) {
    const float* weights = &weights_[std::size_t{feature.row} * kLanes];
    for (std::size_t i = 0; i < kFours; ++i) sums[i] += load(weights + i * 4) * feature.value;
  }
  std::array<float, kLanes> margins;
  for (std::size_t i = 0; i < kFours; ++i) store(&margins[i * 4], sums[i]);

  const float share = shares_.empty() ? 1.0F : shares_[row];
  const float softness = 0.5F / (settings_.price * share);
  const float idle = settings_.tolerance * kIdleShare;
  float* duals = &duals_[std::size_t{row} * kLanes];
  std::array<float, kLanes> changes{};
  bool changed = false;
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    if (!pass.open[lane]) continue;
    const float sign = labels_[row] == first_ + lane ? 1.0F : -1.0F;
    const float gradient = sign * margins[lane] - 1 + softness * duals[lane];
    const float projected = duals[lane] == 0 ? std::min(gradient, 0.0F) : gradient;
    pass.highest[lane] = std::max(pass.highest[lane], projected);
    pass.lowest[lane] = std::min(pass.lowest[lane], projected);
    if (std::abs(projected) < idle) continue;
    const float dual = std::max(duals[lane] - gradient / (diagonal_[row] + softness), 0.0F);
    changes[lane] = (dual - duals[lane]) * sign;
    duals[lane] = dual;
    changed = true;
  }
  if (!changed) return false;
  std::array<Four, kFours> steps;
  for (std::size_t i = 0; i < kFours; ++i) steps[i] = load(&changes[i * 4]);
  const auto add = [&](std::uint32_t feature, float value) {
    float* weights = &weights_[std::size_t{feature} * kLanes];
    for (std::size_t i = 0; i < kFours; ++i) {
      store(weights + i * 4, load(weights + i * 4) + steps[i] * value);
    }
  };
  for (const Feature& feature : features) add(feature.row, feature.value);
  add(width_, 1);
  return true;
}

}  // namespace mitr::apce
