// Which row of a model a feature's key has: ascending keys, found by their first bits. Four bytes a
// key and one or two more, no allocation a key, built in one pass.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
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
    const std::uint32_t* from = keys_.data() + begins_[std::uint64_t{key} >> shift_];
    // How many are below it, many at once, costs less than a question for each.
    std::uint32_t below = 0;
    do {
      below = 0;
      for (std::size_t i = 0; i < kAtOnce; ++i) below += from[i] < key ? 1U : 0U;
      from += below;
    } while (below == kAtOnce);
    const auto at = static_cast<std::uint32_t>(from - keys_.data());
    return *from == key && at < size_ ? at : kNone;
  }
  /// visit(i, find(key_at(i))) for each i below `size`. A directory is larger than the caches, so
  /// memory is asked for what comes next while this is looked at.
  template <class KeyAt, class Visit>
  void find_each(std::size_t size, KeyAt key_at, Visit visit) const {
    for (std::size_t i = 0; i < size + 2 * kAhead; ++i) {
      if (i < size) fetch_bucket(key_at(i));
      if (i >= kAhead && i < size + kAhead) fetch_keys(key_at(i - kAhead));
      if (i >= 2 * kAhead) visit(i - 2 * kAhead, find(key_at(i - 2 * kAhead)));
    }
  }
  /// Before `find` by a while, one after the other: what it will look at is then at hand.
  void fetch_bucket(std::uint32_t key) const {
    __builtin_prefetch(&begins_[static_cast<std::size_t>(std::uint64_t{key} >> shift_)]);
  }
  void fetch_keys(std::uint32_t key) const {
    const std::size_t begin = begins_[static_cast<std::size_t>(std::uint64_t{key} >> shift_)];
    __builtin_prefetch(keys_.data() + begin);
  }
  std::span<const std::uint32_t> keys() const { return {keys_.data(), size_}; }
  std::uint32_t size() const { return size_; }
  std::size_t memory_bytes() const { return (keys_.size() + begins_.size()) * 4; }

 private:
  static constexpr std::size_t kAhead = 8;

  static constexpr std::size_t kAtOnce = 8;

  std::vector<std::uint32_t> keys_;  ///< And kAtOnce behind them, as high as can be.
  std::vector<std::uint32_t> begins_;
  std::uint32_t size_ = 0;
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
