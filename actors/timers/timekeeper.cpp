#include "actors/timers/timekeeper.h"

#include <algorithm>
#include <caf/all.hpp>

#include "protocols/limits.h"

namespace mitr {

Timekeeper::Timekeeper(caf::actor_config& config, TimekeeperParts parts)
    : TimekeeperActor::base(config), parts_(std::move(parts)) {}

Timekeeper::behavior_type Timekeeper::make_behavior() {
  look_again(limits::kTimerPoll);
  return {
      [this](TimerTick) { look(); },
      [this](const TimerSettled& settled) { in_hand_.erase(settled.contact); },
  };
}

void Timekeeper::on_exit() {
  parts_ = {};
}

void Timekeeper::look_again(std::chrono::milliseconds after) {
  delayed_send(this, after, TimerTick{});
}

void Timekeeper::look() {
  const auto now = clock().now();
  if (!parts_.holding->whole(now)) {
    // Another wakes them now. Should they become ours again, they are looked for anew.
    in_hand_.clear();
    return look_again(limits::kTimerPoll);
  }
  std::erase_if(in_hand_,
                [now](const auto& woken) { return woken.second + limits::kWebhookPatience < now; });
  if (in_hand_.size() > limits::kTimersInHandMax / 2) return look_again(limits::kTimerPollBusy);
  // Those in hand are still among the earliest rows, and so are those that nobody here can wake:
  // what comes beyond them is new.
  const auto limit = limits::kTimersInHandMax + std::min(strange_, limits::kTimersStrangeMax);
  request(parts_.archive, caf::infinite, FindTimers{parts_.holding->shards(), limit})
      .then([this, limit](const TimersFound& answer) { found(answer, limit); },
            [this](caf::error&) { look_again(limits::kTimerPoll); });
}

void Timekeeper::found(const TimersFound& answer, std::size_t limit) {
  const auto now = clock().now();
  strange_ = 0;
  std::size_t woken = 0;
  for (const auto& timer : answer.timers) {
    auto tenant = parts_.tenants.find(timer.tenant);
    if (tenant == parts_.tenants.end()) {
      ++strange_;
      continue;
    }
    if (!in_hand_.try_emplace(timer.contact, now).second) continue;
    send(tenant->second, TimerFell{this, timer});
    ++woken;
  }
  if (woken > 0) parts_.metrics->timers_fell(woken);
  // A full page: there are more behind it. They are asked for as soon as half of these are done.
  const bool more = answer.timers.size() >= limit && woken > 0;
  look_again(more ? limits::kTimerPollBusy : limits::kTimerPoll);
}

}  // namespace mitr
