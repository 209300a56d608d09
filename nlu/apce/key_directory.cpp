// Keys and their rows; see key_directory.h.
#include "nlu/apce/key_directory.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace mitr::apce {
namespace {

/// Keys a bucket, at least, and on average up to twice as many: they lie in one line of the cache,
/// and a directory with fewer is larger.
constexpr std::size_t kBucketKeys = 4;

}  // namespace

KeyDirectory::KeyDirectory(std::vector<std::uint32_t> keys)
    : keys_(std::move(keys)), size_(static_cast<std::uint32_t>(keys_.size())) {
  const auto bits = static_cast<std::uint32_t>(std::bit_width(keys_.size() / kBucketKeys));
  shift_ = 32 - bits;
  begins_.assign((std::size_t{1} << bits) + 1, 0);
  for (const std::uint32_t key : keys_) ++begins_[(std::uint64_t{key} >> shift_) + 1];
  for (std::size_t i = 1; i < begins_.size(); ++i) begins_[i] += begins_[i - 1];
  keys_.reserve(keys_.size() + kAtOnce);
  keys_.insert(keys_.end(), kAtOnce, 0xFFFFFFFF);
}

KeyCount::KeyCount() : table_(1024) {}

std::uint32_t KeyCount::add(std::uint32_t key) {
  if (used_ * 2 >= table_.size()) grow();
  const std::size_t mask = table_.size() - 1;
  std::size_t at = key & mask;
  while (table_[at].count != 0 && table_[at].key != key) at = (at + 1) & mask;
  if (table_[at].count == 0) {
    table_[at].key = key;
    ++used_;
  }
  return table_[at].count++;
}

void KeyCount::grow() {
  std::vector<Counted> old(table_.size() * 2);
  std::swap(old, table_);
  const std::size_t mask = table_.size() - 1;
  for (const Counted& counted : old) {
    if (counted.count == 0) continue;
    std::size_t at = counted.key & mask;
    while (table_[at].count != 0) at = (at + 1) & mask;
    table_[at] = counted;
  }
}

std::vector<KeyCount::Counted> KeyCount::counted(std::uint32_t least) const {
  std::vector<Counted> found;
  for (const Counted& counted : table_) {
    if (counted.count != 0 && counted.count >= least) found.push_back(counted);
  }
  std::sort(found.begin(), found.end(),
            [](const Counted& a, const Counted& b) { return a.key < b.key; });
  return found;
}

}  // namespace mitr::apce
