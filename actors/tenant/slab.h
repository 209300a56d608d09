// Values of one size that come and go, addressed by seats. What goes leaves a hole for the next, so
// churn neither fragments the heap nor grows it.
#pragma once

#include <cstddef>

#include "actors/tenant/chunked.h"

namespace mitr {

/// T has a member `next`, of type Seat: the owner's while the value is in use, else it leads to the
/// next hole.
template <class T>
class Slab {
 public:
  T& operator[](Seat seat) { return values_[seat]; }
  const T& operator[](Seat seat) const { return values_[seat]; }
  /// Values in use.
  std::size_t size() const { return values_.size() - holes_; }

  /// A fresh value's seat.
  Seat add() {
    if (first_hole_ == kNoSeat) return values_.push_back(T{});
    const auto seat = first_hole_;
    first_hole_ = values_[seat].next;
    values_[seat] = T{};
    --holes_;
    return seat;
  }
  /// The value is overwritten at once: it may be secret.
  void erase(Seat seat) {
    values_[seat] = T{};
    values_[seat].next = first_hole_;
    first_hole_ = seat;
    ++holes_;
  }

 private:
  Chunked<T> values_;
  Seat first_hole_ = kNoSeat;
  std::size_t holes_ = 0;
};

}  // namespace mitr
