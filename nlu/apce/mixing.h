// Hashes of letters and words, and the chance that training draws from its seed: the same on every
// machine, since they are part of a model's bytes. Not for keys against an attacker.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

namespace mitr::apce {

/// One more value into a running hash.
constexpr std::uint64_t mixed(std::uint64_t hash, std::uint64_t value) {
  hash = (hash ^ value) * 0x9E3779B97F4A7C15ULL;
  return hash ^ (hash >> 29U);
}
constexpr std::uint64_t mixed(std::uint64_t hash, std::u32string_view letters) {
  for (const char32_t c : letters) hash = mixed(hash, c);
  return mixed(hash, letters.size() + 0x200000);
}
/// Eight bytes at a time, as they lie.
inline std::uint64_t mixed_bytes(std::uint64_t hash, std::string_view bytes) {
  while (bytes.size() >= sizeof hash) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data(), sizeof word);
    hash = mixed(hash, word);
    bytes.remove_prefix(sizeof word);
  }
  for (const char c : bytes) hash = mixed(hash, static_cast<unsigned char>(c));
  return hash;
}
/// A feature's name: the well-mixed half of its hash.
constexpr std::uint32_t key_of(std::uint64_t hash) {
  hash *= 0xD6E8FEB86659FD93ULL;
  return static_cast<std::uint32_t>(hash >> 32U);
}

/// A sequence of numbers that a seed decides (splitmix64).
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
  }
  /// Below `bound`, which is above 0; the bias of the remainder is of no account here.
  std::uint32_t below(std::uint32_t bound) {
    return static_cast<std::uint32_t>(((next() >> 32U) * bound) >> 32U);
  }
  template <class T>
  void shuffle(std::vector<T>& values) {
    for (std::size_t i = values.size(); i > 1; --i) {
      std::swap(values[i - 1], values[below(static_cast<std::uint32_t>(i))]);
    }
  }

 private:
  std::uint64_t state_;
};

}  // namespace mitr::apce
