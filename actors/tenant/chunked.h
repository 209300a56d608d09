// A list that grows by a chunk at a time: nothing it holds ever moves, so references stay good, and
// no growth copies what is there. Its places are 32-bit seats. It never shrinks.
#pragma once

#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace mitr {

/// A place in a Chunked: half the size of a pointer.
using Seat = std::uint32_t;
inline constexpr Seat kNoSeat = std::numeric_limits<Seat>::max();

template <class T>
class Chunked {
 public:
  std::size_t size() const { return size_; }
  T& operator[](Seat seat) {
    const auto [chunk, offset] = place(seat);
    return chunks_[chunk][offset];
  }
  const T& operator[](Seat seat) const {
    const auto [chunk, offset] = place(seat);
    return chunks_[chunk][offset];
  }
  /// Adds a value behind the others; answers its seat.
  Seat push_back(T value) {
    assert(size_ < kNoSeat);
    const auto seat = static_cast<Seat>(size_);
    const auto [chunk, offset] = place(seat);
    if (chunk == chunks_.size()) chunks_.emplace_back().reserve(chunk_size(seat));
    chunks_[chunk].push_back(std::move(value));
    ++size_;
    return seat;
  }

 private:
  /// The first chunk is small, since a node may have thousands of tenants with few contacts; each
  /// is then as large as all before it, up to a size that is allocated without a pause to notice.
  static constexpr Seat kFirstChunk = 8;
  static constexpr Seat kFullChunk = 1024;
  static constexpr Seat kSmallerChunks = std::bit_width(kFullChunk / kFirstChunk);

  static std::pair<std::size_t, std::size_t> place(Seat seat) {
    if (seat >= kFullChunk) return {kSmallerChunks - 1 + seat / kFullChunk, seat % kFullChunk};
    if (seat < kFirstChunk) return {0, seat};
    return {std::bit_width(seat / kFirstChunk), seat - std::bit_floor(seat)};
  }
  static std::size_t chunk_size(Seat first) {
    if (first >= kFullChunk) return kFullChunk;
    return first < kFirstChunk ? kFirstChunk : first;
  }

  std::vector<std::vector<T>> chunks_;  ///< Each reserved once, so that it never moves its values.
  std::size_t size_ = 0;
};

}  // namespace mitr
