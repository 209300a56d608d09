// Values found by the 16 random bytes they hold. Linear hashing: each addition splits one bucket,
// so the index never stops to rehash, and a key is stored once, in the value. The bytes must be
// random to whoever chooses them: they are their own hash.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

#include "actors/tenant/slab.h"

namespace mitr {

using IndexBytes = std::array<std::uint8_t, 16>;

/// T has `const IndexBytes& index_bytes() const`, which stays the same while it is here, and `next`
/// for a Slab.
template <class T>
class SeatIndex {
 public:
  T& operator[](Seat seat) { return values_[seat]; }
  const T& operator[](Seat seat) const { return values_[seat]; }
  std::size_t size() const { return values_.size(); }

  /// kNoSeat if there is none.
  Seat find(const IndexBytes& bytes) const {
    if (buckets_.size() == 0) return kNoSeat;
    auto seat = buckets_[bucket_of(bytes)];
    while (seat != kNoSeat && values_[seat].index_bytes() != bytes) seat = values_[seat].next;
    return seat;
  }
  /// Adds a value that find() does not find. Its `next` is the index's.
  Seat add(const T& value) {
    const auto seat = values_.add();
    values_[seat] = value;
    if (values_.size() > buckets_.size()) split_one();
    push(bucket_of(value.index_bytes()), seat);
    return seat;
  }
  void erase(Seat seat) {
    auto* link = &buckets_[bucket_of(values_[seat].index_bytes())];
    while (*link != seat) link = &values_[*link].next;
    *link = values_[seat].next;
    values_.erase(seat);
  }

 private:
  Seat bucket_of(const IndexBytes& bytes) const {
    std::uint32_t hash = 0;
    // The last bytes of a contact id choose its shard: there a node's contacts are not random.
    std::memcpy(&hash, bytes.data(), sizeof hash);
    const auto count = static_cast<std::uint32_t>(buckets_.size());
    const auto rounded = std::bit_ceil(count);
    const auto bucket = hash & (rounded - 1);
    return bucket < count ? bucket : hash & (rounded / 2 - 1);
  }
  void push(Seat bucket, Seat seat) {
    values_[seat].next = buckets_[bucket];
    buckets_[bucket] = seat;
  }
  /// Adds a bucket and gives it what is its own out of the one that held it so far.
  void split_one() {
    const auto fresh = buckets_.push_back(kNoSeat);
    if (fresh == 0) return;
    const auto old = fresh - std::bit_floor(fresh);
    auto seat = std::exchange(buckets_[old], kNoSeat);
    while (seat != kNoSeat) {
      const auto next = values_[seat].next;
      push(bucket_of(values_[seat].index_bytes()), seat);
      seat = next;
    }
  }

  Slab<T> values_;
  Chunked<Seat> buckets_;  ///< The first value of each; one bucket a value.
};

}  // namespace mitr
