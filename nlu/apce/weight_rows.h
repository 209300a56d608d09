// The weights of a linear model, small: for each feature the classes it speaks for or against, two
// bytes each, and one scale. What says little is left out. Read-only once made.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

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
  /// `counts` and `scales` have a value for each row, `entries` the rows one after the other.
  WeightRows(const std::vector<std::uint16_t>& counts, std::vector<float> scales,
             std::vector<Entry> entries);

  /// Adds the row, times `value`, to the scores of the classes.
  void add_to(std::span<float> scores, std::uint32_t row, float value) const {
    const float factor = value * scales_[row];
    std::ptrdiff_t at = -1;
    for (std::uint32_t i = begins_[row]; i < begins_[row + 1]; ++i) {
      at += entries_[i].step;
      scores[static_cast<std::size_t>(at)] += factor * static_cast<float>(entries_[i].weight);
    }
  }
  /// True if every entry is of a class below `classes`: to be asked once of foreign bytes.
  bool fits(std::size_t classes) const;

  std::size_t size() const { return scales_.size(); }
  std::uint16_t count(std::size_t row) const {
    return static_cast<std::uint16_t>(begins_[row + 1] - begins_[row]);
  }
  const std::vector<float>& scales() const { return scales_; }
  const std::vector<Entry>& entries() const { return entries_; }

 private:
  std::vector<std::uint32_t> begins_{0};
  std::vector<float> scales_;
  std::vector<Entry> entries_;
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
  WeightRows take();

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
