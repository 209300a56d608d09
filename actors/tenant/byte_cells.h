// Short strings of bytes as chains of small cells of one size: no string has a heap block of its
// own. What they hold is personal, so nothing here can be printed, and cells are overwritten when
// they are given back.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "actors/tenant/slab.h"

namespace mitr {

class ByteCells {
 public:
  /// Keeps a copy; answers where it starts, kNoSeat for no bytes.
  Seat put(std::string_view bytes);
  /// Gives back what `put` kept, and forgets it. The last cell is filled up with zeros.
  std::string take(Seat first);
  void erase(Seat first);
  std::size_t cell_count() const { return cells_.size(); }

 private:
  /// 28 bytes: a contact's details and a half-filled form fill three or four cells, and a cell half
  /// a cache line.
  struct Cell {
    Seat next = kNoSeat;
    std::array<char, 28> bytes{};
  };
  Slab<Cell> cells_;
};

}  // namespace mitr
