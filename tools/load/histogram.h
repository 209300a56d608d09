// A histogram of durations in bounded memory: buckets of equal width within each power of two, so
// that a percentile is at most 1 % above the true one. 30 kB, however many are counted.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace mitr::load {

class Histogram {
 public:
  void add(std::chrono::nanoseconds duration) {
    const auto us = static_cast<std::uint64_t>(std::max<std::int64_t>(duration.count() / 1000, 0));
    ++(*counts_)[slot_of(us)];
    ++total_;
    max_ = std::max(max_, us);
    sum_ += static_cast<double>(us);
  }
  std::uint64_t total() const { return total_; }
  /// The smallest bucket bound that `share` (0 to 1) of the durations do not exceed; 0 if there are
  /// none. share 1 is the maximum itself.
  std::chrono::microseconds percentile(double share) const {
    const auto wanted = static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(total_)));
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < kSlots && total_ > 0; ++i) {
      seen += (*counts_)[i];
      if (seen >= std::max<std::uint64_t>(wanted, 1)) return micro(std::min(top_of(i), max_));
    }
    return micro(max_);
  }
  std::chrono::microseconds max() const { return micro(max_); }
  double mean_us() const { return total_ == 0 ? 0 : sum_ / static_cast<double>(total_); }
  void clear() {
    counts_->fill(0);
    total_ = max_ = 0;
    sum_ = 0;
  }

 private:
  static constexpr unsigned kBits = 7;  // 128 buckets to a power of two: 1/128 wide.
  static constexpr std::uint64_t kHalf = 1u << kBits;
  static constexpr unsigned kTopBit = 36;  // 2^36 us are 19 hours; longer counts as that.
  static constexpr std::size_t kSlots = (kTopBit - kBits + 1) * kHalf;

  static std::chrono::microseconds micro(std::uint64_t us) {
    return std::chrono::microseconds(static_cast<std::int64_t>(us));
  }
  /// Below 128 us every microsecond has its own bucket.
  static std::size_t slot_of(std::uint64_t us) {
    us = std::min(us, (std::uint64_t{1} << kTopBit) - 1);
    if (us < kHalf) return us;
    const auto shift = static_cast<unsigned>(std::bit_width(us)) - kBits - 1;
    return (shift + 1) * kHalf + ((us >> shift) - kHalf);
  }
  static std::uint64_t top_of(std::size_t slot) {
    if (slot < kHalf) return slot;
    const auto shift = slot / kHalf - 1;
    return ((kHalf + slot % kHalf + 1) << shift) - 1;
  }

  std::unique_ptr<std::array<std::uint64_t, kSlots>> counts_ =
      std::make_unique<std::array<std::uint64_t, kSlots>>();
  std::uint64_t total_ = 0;
  std::uint64_t max_ = 0;
  double sum_ = 0;
};

}  // namespace mitr::load
