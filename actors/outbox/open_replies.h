// Since when replies have been on their way: the oldest of them, to the second.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <unordered_map>

#include "protocols/ids.h"

namespace mitr {

class OpenReplies {
 public:
  using Time = std::chrono::steady_clock::time_point;

  void add(const OutboxRef& ref, Time now) {
    const auto second = std::chrono::floor<std::chrono::seconds>(now);
    if (seconds_.try_emplace(ref, second).second) ++counts_[second];
  }
  void remove(const OutboxRef& ref) {
    const auto held = seconds_.find(ref);
    if (held == seconds_.end()) return;
    const auto count = counts_.find(held->second);
    if (--count->second == 0) counts_.erase(count);
    seconds_.erase(held);
  }
  std::optional<Time> oldest() const {
    if (counts_.empty()) return std::nullopt;
    return Time{counts_.begin()->first};
  }

 private:
  using Second = std::chrono::time_point<std::chrono::steady_clock, std::chrono::seconds>;
  std::unordered_map<OutboxRef, Second> seconds_;
  std::map<Second, std::size_t> counts_;
};

}  // namespace mitr
