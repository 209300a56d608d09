// One against the rest, sixteen classes at a time: linear classifiers with squared hinge loss,
// trained by dual coordinate descent. Sixteen classes share each walk over an utterance's features,
// which is where the time goes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "nlu/apce/feature_space.h"

namespace mitr::apce {

/// Utterances as sparse vectors, one after the other.
struct SparseRows {
  std::vector<std::size_t> begins{0};
  std::vector<Feature> features;

  std::size_t size() const { return begins.size() - 1; }
  void add(std::span<const Feature> row) {
    features.insert(features.end(), row.begin(), row.end());
    begins.push_back(features.size());
  }
  std::span<const Feature> operator[](std::size_t at) const {
    return std::span(features).subspan(begins[at], begins[at + 1] - begins[at]);
  }
};

struct SvmSettings {
  /// Price of an error against length of the weights: 1 held for every data set measured.
  float price = 1;
  /// A class is done when its gradients differ by no more than this.
  float tolerance = 0.1F;
  int passes_max = 40;
  std::uint64_t seed = 1;
};

class LinearSvm {
 public:
  static constexpr std::size_t kLanes = 16;

  /// `labels` has a class for each row; `width` is the number of features. `shares`: the price of
  /// an error in each row, as a share of the settings'; empty: all are whole.
  LinearSvm(const SparseRows& rows, std::span<const std::uint16_t> labels, std::uint32_t width,
            SvmSettings settings, std::span<const float> shares = {});

  /// Learns the classes [first, first + kLanes); those beyond the last are left at zero.
  void learn(std::uint16_t first);
  /// Of what was learnt last.
  float weight(std::uint32_t feature, std::size_t lane) const {
    return weights_[feature * kLanes + lane];
  }
  float bias(std::size_t lane) const { return weight(width_, lane); }

 private:
  struct Pass;
  /// False if no class had anything to learn from it.
  bool visit(std::uint32_t row, Pass& pass);

  const SparseRows& rows_;
  std::span<const std::uint16_t> labels_;
  std::uint32_t width_;
  SvmSettings settings_;
  std::span<const float> shares_;
  std::uint16_t first_ = 0;
  std::vector<float> weights_;
  std::vector<float> duals_;
  std::vector<float> diagonal_;
  /// Passes that leave out a row: still to come, and the next time.
  struct Rest {
    std::uint8_t left = 0;
    std::uint8_t next = 0;
  };
  std::vector<Rest> rests_;
};

}  // namespace mitr::apce
