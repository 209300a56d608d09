// The long sum of a model, for wide machines and for all others; see lanes.h. A machine's way to
// multiply and add in one step rounds otherwise, and is left alone.
#include "nlu/apce/lanes.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace mitr::apce {
namespace {

#if defined(__x86_64__)
bool is_wide() {
  return __builtin_cpu_supports("avx2") != 0;
}
__attribute__((target("avx2"))) void add_wide(float* to, const std::int8_t* from, float factor,
                                              std::size_t size) {
  constexpr std::size_t kEight = 8;
  const __m256 factors = _mm256_set1_ps(factor);
  for (std::size_t i = 0; i < size; i += kEight) {
    const __m128i bytes = _mm_loadu_si64(from + i);
    const __m256 values = _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(bytes));
    const __m256 sums = _mm256_add_ps(_mm256_loadu_ps(to + i), _mm256_mul_ps(values, factors));
    _mm256_storeu_ps(to + i, sums);
  }
}
#else
constexpr bool is_wide() {
  return false;
}
void add_wide(float*, const std::int8_t*, float, std::size_t) {}
#endif

}  // namespace

void add_scaled_bytes_plainly(float* __restrict to, const std::int8_t* __restrict from,
                              float factor, std::size_t size) {
  for (std::size_t i = 0; i < size; i += kSixteen) {
    for (std::size_t lane = 0; lane < kSixteen; ++lane) {
      to[i + lane] += static_cast<float>(from[i + lane]) * factor;
    }
  }
}

void add_scaled_bytes(float* to, const std::int8_t* from, float factor, std::size_t size) {
  if (is_wide()) return add_wide(to, from, factor, size);
  add_scaled_bytes_plainly(to, from, factor, size);
}

}  // namespace mitr::apce
