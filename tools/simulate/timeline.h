// What the world around the node will do, and when. Virtual time; equal moments in the order they
// were planned.
#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "tools/simulate/chance.h"

namespace mitr::simulate {

class Timeline {
 public:
  using Work = std::function<void()>;

  Time now() const { return now_; }
  void after(Time delay, Work work) {
    planned_.push_back({now_ + delay, ++order_, std::move(work)});
    std::push_heap(planned_.begin(), planned_.end(), Later{});
  }
  std::optional<Time> next() const {
    if (planned_.empty()) return std::nullopt;
    return planned_.front().at;
  }
  /// Moves on, and does what is due by then.
  void advance_to(Time to) {
    now_ = to;
    while (!planned_.empty() && planned_.front().at <= now_) {
      std::pop_heap(planned_.begin(), planned_.end(), Later{});
      auto due = std::move(planned_.back());
      planned_.pop_back();
      due.work();
    }
  }

 private:
  struct Planned {
    Time at;
    std::uint64_t order;
    Work work;
  };
  struct Later {
    bool operator()(const Planned& a, const Planned& b) const {
      return std::pair(a.at, a.order) > std::pair(b.at, b.order);
    }
  };

  Time now_{0};
  std::uint64_t order_ = 0;
  std::vector<Planned> planned_;
};

}  // namespace mitr::simulate
