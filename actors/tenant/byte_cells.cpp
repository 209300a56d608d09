#include "actors/tenant/byte_cells.h"

#include <algorithm>

namespace mitr {

Seat ByteCells::put(std::string_view bytes) {
  Seat first = kNoSeat;
  Seat last = kNoSeat;
  while (!bytes.empty()) {
    const auto seat = cells_.add();
    auto& cell = cells_[seat];
    const auto count = std::min(bytes.size(), cell.bytes.size());
    std::copy_n(bytes.begin(), count, cell.bytes.begin());
    bytes.remove_prefix(count);
    (last == kNoSeat ? first : cells_[last].next) = seat;
    last = seat;
  }
  return first;
}

std::string ByteCells::take(Seat first) {
  std::string bytes;
  while (first != kNoSeat) {
    const auto& cell = cells_[first];
    bytes.append(cell.bytes.begin(), cell.bytes.end());
    const auto next = cell.next;
    cells_.erase(first);
    first = next;
  }
  return bytes;
}

void ByteCells::erase(Seat first) {
  while (first != kNoSeat) {
    const auto next = cells_[first].next;
    cells_.erase(first);
    first = next;
  }
}

}  // namespace mitr
