// Chance from a seed: the same numbers on every machine, in every process. The distributions of
// <random> are left to each library, so none is used here.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

namespace mitr::simulate {

/// Virtual time since the simulation began.
using Time = std::chrono::milliseconds;

class Chance {
 public:
  /// Streams of one seed are independent: more of one does not shift another.
  Chance(std::uint64_t seed, std::string_view stream) : state_(seed) {
    for (const char c : stream) state_ = mixed(state_ + static_cast<unsigned char>(c));
  }

  std::uint64_t next() { return mixed(state_ += kGamma); }
  /// 0 … n-1; n is 1 … 2^32.
  std::uint64_t below(std::uint64_t n) { return ((next() >> 32) * n) >> 32; }
  /// True `rate` times in 10,000.
  bool happens(std::uint32_t rate) { return rate > 0 && below(10'000) < rate; }
  /// Both ends included.
  Time between(Time least, Time most) {
    return least + Time{below(static_cast<std::uint64_t>((most - least).count()) + 1)};
  }
  template <class List>
  const auto& pick(const List& list) {
    return list[below(std::size(list))];
  }

 private:
  // SplitMix64 (Steele, Lea, Flood 2014): any state is a good one.
  static constexpr std::uint64_t kGamma = 0x9E3779B97F4A7C15ULL;
  static std::uint64_t mixed(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
  }

  std::uint64_t state_;
};

}  // namespace mitr::simulate
