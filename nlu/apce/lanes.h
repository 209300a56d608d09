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
/// to[i] += from[i] * factor, over whole sixteens of signed bytes. The same to the last bit
/// whatever the machine can do at once, so that a model answers alike everywhere.
void add_scaled_bytes(float* to, const std::int8_t* from, float factor, std::size_t size);
/// What it does on a machine that can do nothing more than the least of its kind.
void add_scaled_bytes_plainly(float* to, const std::int8_t* from, float factor, std::size_t size);

/// As many floats as a row of `size` takes in whole fours.
constexpr std::size_t whole_fours(std::size_t size) {
  return (size + 3) / 4 * 4;
}
/// to[i] += from[i] * factor, over whole fours.
inline void add_scaled(float* to, const float* from, float factor, std::size_t size) {
  for (std::size_t i = 0; i < size; i += 4) store(to + i, load(to + i) + load(from + i) * factor);
}
/// to[i] *= factor, over whole fours.
inline void scale(float* to, float factor, std::size_t size) {
  for (std::size_t i = 0; i < size; i += 4) store(to + i, load(to + i) * factor);
}
inline float sum_of(Four four) {
  return four[0] + four[1] + four[2] + four[3];
}
/// Over whole fours.
inline float sum_of(const float* from, std::size_t size) {
  Four sums = {0, 0, 0, 0};
  for (std::size_t i = 0; i < size; i += 4) sums += load(from + i);
  return sum_of(sums);
}
/// to[i] *= by[i], over whole fours; the sum of them.
inline float multiply(float* to, const float* by, std::size_t size) {
  Four sums = {0, 0, 0, 0};
  for (std::size_t i = 0; i < size; i += 4) {
    const Four product = load(to + i) * load(by + i);
    store(to + i, product);
    sums += product;
  }
  return sum_of(sums);
}
/// Sum of a[i] * b[i] * c[i], over whole fours.
inline float triple_sum(const float* a, const float* b, const float* c, std::size_t size) {
  Four sums = {0, 0, 0, 0};
  for (std::size_t i = 0; i < size; i += 4) sums += load(a + i) * load(b + i) * load(c + i);
  return sum_of(sums);
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
/// exp(x) for x from -80 to 0, within two parts in ten million, and the same on every machine,
/// which the C library does not promise. Splits x into n ln 2 + r; the rest is a series in r.
inline Four exp_of(Four x) {
  using Ints = std::int32_t __attribute__((vector_size(16)));
  constexpr float kPerLn2 = 1.44269504F;
  // ln 2 in two parts, so that n times the first is exact.
  constexpr float kLn2High = 0.693359375F;
  constexpr float kLn2Low = -2.12194440e-4F;
  const Ints n = __builtin_convertvector(x * kPerLn2 - 0.5F, Ints);
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
