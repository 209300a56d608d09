// Which row of a model a feature's key has: ascending keys, found by their first bits. Four bytes a
// key and four a bucket, no allocation a key, built in one pass.
#pragma once

#include <cstdint>
#include <vector>

namespace mitr::apce {

class KeyDirectory {
 public:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

  KeyDirectory() : KeyDirectory(std::vector<std::uint32_t>{}) {}
  /// `keys` ascend strictly.
  explicit KeyDirectory(std::vector<std::uint32_t> keys);

  /// The key's place among the keys, or kNone.
  std::uint32_t find(std::uint32_t key) const {
    const std::uint32_t bucket = static_cast<std::uint32_t>(std::uint64_t{key} >> shift_);
    const std::uint32_t end = begins_[bucket + 1];
    for (std::uint32_t at = begins_[bucket]; at < end; ++at) {
      if (keys_[at] == key) return at;
    }
    return kNone;
  }
  /// Before `find` by a while, one after the other: what it will look at is then at hand.
  void fetch_bucket(std::uint32_t key) const {
    __builtin_prefetch(&begins_[static_cast<std::size_t>(std::uint64_t{key} >> shift_)]);
  }
  void fetch_keys(std::uint32_t key) const {
    const std::size_t begin = begins_[static_cast<std::size_t>(std::uint64_t{key} >> shift_)];
    __builtin_prefetch(keys_.data() + begin);
  }
  const std::vector<std::uint32_t>& keys() const { return keys_; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(keys_.size()); }
  std::size_t memory_bytes() const { return (keys_.size() + begins_.size()) * 4; }

 private:
  std::vector<std::uint32_t> keys_;
  std::vector<std::uint32_t> begins_;
  std::uint32_t shift_ = 32;
};

/// Counts keys while a model is trained; `add` answers how often the key was met before.
class KeyCount {
 public:
  KeyCount();
  std::uint32_t add(std::uint32_t key);
  /// Those met at least `least` times, ascending by key.
  struct Counted {
    std::uint32_t key = 0;
    std::uint32_t count = 0;
  };
  std::vector<Counted> counted(std::uint32_t least) const;

 private:
  void grow();

  std::vector<Counted> table_;
  std::size_t used_ = 0;
};

}  // namespace mitr::apce
