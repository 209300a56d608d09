// The weights of a linear model, small: for each feature the classes it speaks for or against, two
// bytes each, and one scale. What says little is left out. Read-only once made.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "nlu/apce/lanes.h"

namespace mitr::apce {

/// A scale in two bytes, rounded up, so that no weight outgrows its own.
std::uint16_t coded_scale(float scale);
float decoded_scale(std::uint16_t code);

class WeightRows {
 public:
  struct Entry {
    std::uint8_t step =
        0;  ///< From the class before, from -1; one too far away has a stop between.
    std::int8_t weight = 0;
  };

  WeightRows() = default;
  /// `counts` and `scales` have a value for each row, `entries` the rows one after the other. Any
  /// values: ask foreign ones whether they fit.
  WeightRows(const std::vector<std::uint16_t>& counts, const std::vector<float>& scales,
             const std::vector<Entry>& entries);

  /// Adds the row, times `value`, to the scores of the classes, of which there are whole sixteens.
  void add_to(std::span<float> scores, std::uint32_t row, float value) const {
    const Row& of = rows_[row];
    const float factor = value * of.scale;
    if (of.first != kSparse) {
      float* to = scores.data() + of.first;
      const std::int8_t* from = &dense_[of.begin];
      for (std::size_t i = 0; i < of.count * kSixteen; i += kSixteen) {
        add_scaled_bytes(to + i, from + i, factor);
      }
      return;
    }
    std::ptrdiff_t at = -1;
    for (std::uint32_t i = of.begin; i < of.begin + of.count; ++i) {
      at += sparse_[i].step;
      scores[static_cast<std::size_t>(at)] += factor * static_cast<float>(sparse_[i].weight);
    }
  }
  /// Before `add_to` by a while, one after the other: what it will look at is then at hand.
  void fetch_row(std::uint32_t row) const { __builtin_prefetch(&rows_[row]); }
  void fetch_entries(std::uint32_t row) const {
    const Row& of = rows_[row];
    const char* first = of.first == kSparse
                            ? reinterpret_cast<const char*>(sparse_.data() + of.begin)
                            : reinterpret_cast<const char*>(dense_.data() + of.begin);
    __builtin_prefetch(first);
    __builtin_prefetch(first + 64);
  }
  /// True if the entries make sense and every one is of a class below `classes`.
  bool fits(std::size_t classes) const { return makes_sense_ && classes_ <= classes; }

  std::size_t size() const { return rows_.size(); }
  float scale(std::size_t row) const { return rows_[row].scale; }
  /// The row as it was given.
  std::vector<Entry> entries(std::size_t row) const;
  /// How many weights there are.
  std::size_t weights() const { return weights_; }

 private:
  /// A row with few weights is a run of entries; one with many has a byte for every class between
  /// its first and its last, in whole sixteens.
  struct Row {
    std::uint32_t begin = 0;  ///< Into sparse_ or dense_.
    float scale = 0;
    std::uint16_t first = kSparse;  ///< A class; or kSparse.
    std::uint16_t count = 0;        ///< Of entries, or of sixteens.
  };
  static constexpr std::uint16_t kSparse = 0xFFFF;
  void add_row(std::span<const Entry> entries, float scale);

  std::vector<Row> rows_;
  std::vector<Entry> sparse_;
  std::vector<std::int8_t> dense_;
  std::size_t classes_ = 0;  ///< One more than the highest.
  std::size_t weights_ = 0;
  bool makes_sense_ = true;
};

/// Makes rows one after the other.
class WeightRowsMaker {
 public:
  struct Weight {
    std::uint16_t of_class = 0;
    float weight = 0;
  };

  /// The next row; its classes ascend.
  void add_row(std::span<const Weight> weights);
  WeightRows take() const { return WeightRows(counts_, scales_, entries_); }

 private:
  std::vector<std::uint16_t> counts_;
  std::vector<float> scales_;
  std::vector<WeightRows::Entry> entries_;
};

/// Gathers weights class by class and makes rows of them.
class WeightSheaf {
 public:
  /// Weights nearer to zero than `least` are left out.
  explicit WeightSheaf(float least) : least_(least) {}
  /// Classes ascend from call to call.
  void add(std::uint32_t row, std::uint16_t of_class, float weight) {
    if (weight < least_ && weight > -least_) return;
    weights_.push_back({row, {of_class, weight}});
  }
  WeightRows rows(std::uint32_t size) const;

 private:
  struct Straw {
    std::uint32_t row;
    WeightRowsMaker::Weight weight;
  };
  float least_;
  std::vector<Straw> weights_;
};

}  // namespace mitr::apce
