// Which shards this node holds, as its lease keeper last heard: read by any actor, written by one.
// What is read here may be old; the store's fence has the last word.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <vector>

#include "persistence/rows.h"

namespace mitr {

class Holding {
 public:
  using Time = std::chrono::steady_clock::time_point;

  /// Epoch of the shard's lease; 0: it is not ours.
  std::uint32_t epoch(Shard shard) const { return epochs_[shard].load(std::memory_order_relaxed); }
  /// True while every shard is ours for certain, by the clock that `now` was read from. A node that
  /// was stopped for longer than its lease reads false when it goes on.
  bool whole(Time now) const {
    return now.time_since_epoch().count() < until_.load(std::memory_order_acquire);
  }
  /// Counts the times that shards became ours. Who keeps work across a loss goes on only when it
  /// has heard of the term (LeasesTaken), for another node may have done that work.
  std::uint64_t term() const { return term_.load(std::memory_order_acquire); }
  std::vector<Shard> shards() const {
    std::vector<Shard> held;
    for (std::size_t shard = 0; shard < kShards; ++shard) {
      if (epoch(static_cast<Shard>(shard)) != 0) held.push_back(static_cast<Shard>(shard));
    }
    return held;
  }

  /// For the lease keeper: shards become ours; before they are set.
  std::uint64_t begin_term() { return term_.fetch_add(1, std::memory_order_acq_rel) + 1; }
  /// For the lease keeper: what the store said; `until` counts if all shards are ours.
  void set(const LeaseTable& table, Time until) {
    bool all = true;
    for (std::size_t shard = 0; shard < kShards; ++shard) {
      all = all && table[shard].mine;
      epochs_[shard].store(table[shard].mine ? table[shard].epoch : 0, std::memory_order_relaxed);
    }
    until_.store(all ? until.time_since_epoch().count() : INT64_MIN, std::memory_order_release);
  }

  // -- how long replies have been under way, for the lease's `settled` ----

  /// For the outbox: when the oldest reply on its way came to it; none: nothing is on its way.
  void open_since(std::optional<Time> oldest) {
    open_since_.store(oldest ? oldest->time_since_epoch().count() : INT64_MAX,
                      std::memory_order_relaxed);
  }
  std::chrono::milliseconds open_for(Time now) const {
    const auto since = open_since_.load(std::memory_order_relaxed);
    if (since == INT64_MAX) return std::chrono::milliseconds{0};
    return std::chrono::ceil<std::chrono::milliseconds>(now - Time{Time::duration{since}});
  }

 private:
  std::array<std::atomic<std::uint32_t>, kShards> epochs_{};
  std::atomic<std::int64_t> until_{INT64_MIN};
  std::atomic<std::uint64_t> term_{0};
  std::atomic<std::int64_t> open_since_{INT64_MAX};
};

}  // namespace mitr
