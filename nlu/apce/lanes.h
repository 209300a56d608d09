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
/// Numbers of one byte come sixteen at a time.
constexpr std::size_t kSixteen = 16;
constexpr std::size_t whole_sixteens(std::size_t size) {
  return (size + kSixteen - 1) / kSixteen * kSixteen;
}
/// to[i] += from[i] * factor for sixteen signed bytes.
inline void add_scaled_bytes(float* to, const std::int8_t* from, float factor) {
  using Bytes = std::int8_t __attribute__((vector_size(16)));
  using Shorts = std::int16_t __attribute__((vector_size(16)));
  using Ints = std::int32_t __attribute__((vector_size(16)));
  Bytes bytes;
  std::memcpy(&bytes, from, sizeof bytes);
  // A byte in the upper half of a wider number, shifted down, keeps its sign.
  const Bytes none = {};
  const Shorts halves[2] = {(Shorts)__builtin_shufflevector(none, bytes, 0, 16, 1, 17, 2, 18, 3, 19,
                                                            4, 20, 5, 21, 6, 22, 7, 23) >>
                                8,
                            (Shorts)__builtin_shufflevector(none, bytes, 8, 24, 9, 25, 10, 26, 11,
                                                            27, 12, 28, 13, 29, 14, 30, 15, 31) >>
                                8};
  const Shorts zero = {};
  for (std::size_t i = 0; i < 2; ++i) {
    const Ints low = (Ints)__builtin_shufflevector(zero, halves[i], 0, 8, 1, 9, 2, 10, 3, 11) >> 16;
    const Ints high =
        (Ints)__builtin_shufflevector(zero, halves[i], 4, 12, 5, 13, 6, 14, 7, 15) >> 16;
    float* at = to + 8 * i;
    store(at, load(at) + __builtin_convertvector(low, Four) * factor);
    store(at + 4, load(at + 4) + __builtin_convertvector(high, Four) * factor);
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

/// The largest of `size` numbers, at least one.
inline float largest(const float* from, std::size_t size) {
  float most = from[0];
  std::size_t i = 0;
  if (size >= 4) {
    Four four = load(from);
    for (i = 4; i + 4 <= size; i += 4) {
      const Four next = load(from + i);
      four = next > four ? next : four;
    }
    for (std::size_t lane = 0; lane < 4; ++lane) most = four[lane] > most ? four[lane] : most;
  }
  for (; i < size; ++i) most = from[i] > most ? from[i] : most;
  return most;
}
/// exp(x), within two parts in ten million, and the same on every machine, which the C library does
/// not promise; beyond 80 and -80 it is that of these. Splits x into n ln 2 + r; the rest is a
/// series in r.
inline Four exp_of(Four x) {
  constexpr float kMost = 80;
  x = x > kMost ? Four{kMost, kMost, kMost, kMost} : x;
  x = x < -kMost ? Four{-kMost, -kMost, -kMost, -kMost} : x;
  using Ints = std::int32_t __attribute__((vector_size(16)));
  constexpr float kPerLn2 = 1.44269504F;
  // ln 2 in two parts, so that n times the first is exact.
  constexpr float kLn2High = 0.693359375F;
  constexpr float kLn2Low = -2.12194440e-4F;
  const Four half = x < 0 ? Four{-0.5F, -0.5F, -0.5F, -0.5F} : Four{0.5F, 0.5F, 0.5F, 0.5F};
  const Ints n = __builtin_convertvector(x * kPerLn2 + half, Ints);
  const Four whole = __builtin_convertvector(n, Four);
  const Four r = (x - whole * kLn2High) - whole * kLn2Low;
  Four series = r * (1.0F / 5040) + 1.0F / 720;
  series = series * r + 1.0F / 120;
  series = series * r + 1.0F / 24;
  series = series * r + 1.0F / 6;
  series = series * r + 0.5F;
  series = series * r + 1.0F;
  series = series * r + 1.0F;
  const Ints power = (n + 127) << 23;
  Four scale;
  std::memcpy(&scale, &power, sizeof scale);
  return series * scale;
}

}  // namespace mitr::apce
