// Four numbers that the machine adds and multiplies at once, and rows of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace mitr::apce {

using Four = float __attribute__((vector_size(16)));

inline Four load(const float* from) {
  Four four;
  std::memcpy(&four, from, sizeof four);
  return four;
}
inline void store(float* to, Four four) {
  std::memcpy(to, &four, sizeof four);
}
using FourInts = std::int32_t __attribute__((vector_size(16)));
inline FourInts load(const std::int32_t* from) {
  FourInts four;
  std::memcpy(&four, from, sizeof four);
  return four;
}
inline void store(std::int32_t* to, FourInts four) {
  std::memcpy(to, &four, sizeof four);
}
/// Where scores[i] + more is above best[i], it becomes best[i], and from[i] becomes `who`.
inline void keep_better(float* best, std::int32_t* from, const float* scores, float more,
                        std::int32_t who, std::size_t size) {
  for (std::size_t i = 0; i < size; i += 4) {
    const Four score = load(scores + i) + more;
    const Four old = load(best + i);
    const FourInts better = score > old;
    store(best + i, better ? score : old);
    store(from + i, better ? FourInts{who, who, who, who} : load(from + i));
  }
}

/// As many floats as a row of `size` takes in whole fours.
constexpr std::size_t whole_fours(std::size_t size) {
  return (size + 3) / 4 * 4;
}
/// to[i] += from[i] * factor, over whole fours.
inline void add_scaled(float* to, const float* from, float factor, std::size_t size) {
  for (std::size_t i = 0; i < size; i += 4) store(to + i, load(to + i) + load(from + i) * factor);
}
/// Sum of a[i] * b[i] * c[i], over whole fours.
inline float triple_sum(const float* a, const float* b, const float* c, std::size_t size) {
  Four sums = {0, 0, 0, 0};
  for (std::size_t i = 0; i < size; i += 4) sums += load(a + i) * load(b + i) * load(c + i);
  return sums[0] + sums[1] + sums[2] + sums[3];
}

}  // namespace mitr::apce
