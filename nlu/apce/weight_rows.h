// The weights of a linear model, small: for each feature the classes it speaks for or against, two
// bytes each, and one scale. What says little is left out. Read-only once made.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

#include "nlu/apce/lanes.h"

namespace mitr::apce {

/// A scale in two bytes, rounded up, so that no weight outgrows its own.
std::uint16_t coded_scale(float scale);
inline float decoded_scale(std::uint16_t code) {
  return std::bit_cast<float>(std::uint32_t{code} << 16U);
}

class WeightRows {
 public:
  struct Entry {
    std::uint8_t step =
        0;  ///< From the class before, from -1; one too far away has a stop between.
    std::int8_t weight = 0;
  };

  WeightRows() = default;
  /// `counts` and `scales` have a value for each row, `entries` the rows one after the other. Any
  /// values: ask foreign ones whether they fit. A scale is kept as coded_scale writes it.
  WeightRows(const std::vector<std::uint16_t>& counts, const std::vector<float>& scales,
             const std::vector<Entry>& entries);

  /// Adds the row, times `value`, to the scores of the classes, of which there are whole sixteens.
  void add_to(std::span<float> scores, std::uint32_t row, float value) const {
    add_to(scores, row, value, 0, scores.size());
  }
  /// The same where only classes from `first` on and before `last` matter: of the others it may
  /// add some or none.
  void add_to(std::span<float> scores, std::uint32_t row, float value, std::size_t first,
              std::size_t last) const {
    const Row& of = rows_[row];
    const float factor = value * decoded_scale(of.scale);
    const std::int8_t* from = bytes_.data() + of.begin;
    if (of.is_dense()) {
      const std::size_t begin = first_of(from);
      const std::size_t left_out = first > begin ? (first - begin) / kSixteen * kSixteen : 0;
      const std::size_t end =
          std::min(of.dense_size(), whole_sixteens(last - std::min(begin, last)));
      if (left_out >= end) return;
      add_scaled_bytes(scores.data() + begin + left_out, from + kFirstBytes + left_out, factor,
                       end - left_out);
      return;
    }
    std::ptrdiff_t at = -1;
    for (const std::int8_t* end = from + std::size_t{2} * of.size; from != end; from += 2) {
      at += static_cast<std::uint8_t>(from[0]);
      scores[static_cast<std::size_t>(at)] += factor * static_cast<float>(from[1]);
    }
  }
  /// Before `add_to` by kAhead rows, one after the other: what it will look at is then at hand,
  /// though a model is larger than the caches.
  static constexpr std::size_t kAhead = 8;
  void fetch_row(std::uint32_t row) const { __builtin_prefetch(&rows_[row]); }
  void fetch_entries(std::uint32_t row) const {
    const std::int8_t* first = bytes_.data() + rows_[row].begin;
    __builtin_prefetch(first);
    __builtin_prefetch(first + 64);
  }
  /// True if the entries make sense and every one is of a class below `classes`.
  bool fits(std::size_t classes) const { return makes_sense_ && classes_ <= classes; }

  std::size_t size() const { return rows_.size(); }
  float scale(std::size_t row) const { return decoded_scale(rows_[row].scale); }
  /// The row as it was given.
  std::vector<Entry> entries(std::size_t row) const;
  /// How many weights there are.
  std::size_t weights() const { return weights_; }

 private:
  /// A row with few weights is a run of entries, a step and a weight each; one with many is a
  /// class, in two bytes, and a weight for it and for every class after it up to the last, in whole
  /// sixteens.
  struct Row {
    static constexpr std::uint16_t kDense = 0x8000;
    std::uint32_t begin = 0;  ///< Into bytes_.
    std::uint16_t scale = 0;  ///< See coded_scale.
    std::uint16_t size = 0;   ///< Of entries; or of sixteens, and kDense.

    bool is_dense() const { return size >= kDense; }
    std::size_t dense_size() const { return (size - std::size_t{kDense}) * kSixteen; }
  };
  static constexpr std::size_t kFirstBytes = 2;
  static std::uint16_t first_of(const std::int8_t* row) {
    std::uint16_t first = 0;
    std::memcpy(&first, row, sizeof first);
    return first;
  }
  void add_row(std::span<const Entry> entries, float scale);

  std::vector<Row> rows_;
  std::vector<std::int8_t> bytes_;
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
