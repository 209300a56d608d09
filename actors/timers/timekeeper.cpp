#include "actors/timers/timekeeper.h"

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
  std::erase_if(in_hand_,
                [now](const auto& woken) { return woken.second + limits::kWebhookPatience < now; });
  if (!parts_.holding->whole(now) || in_hand_.size() >= limits::kTimersInHandMax)
    return look_again(limits::kTimerPoll);
  // Those in hand are still among the earliest rows: ask beyond them.
  request(parts_.archive, caf::infinite,
          FindTimers{parts_.holding->shards(), in_hand_.size() + limits::kReadRowsMax})
      .then([this](const TimersFound& answer) { found(answer); },
            [this](caf::error&) { look_again(limits::kTimerPoll); });
}

void Timekeeper::found(const TimersFound& answer) {
  const auto now = clock().now();
  std::size_t woken = 0;
  for (const auto& timer : answer.timers) {
    auto tenant = parts_.tenants.find(timer.tenant);
    if (tenant == parts_.tenants.end()) continue;
    if (!in_hand_.try_emplace(timer.contact, now).second) continue;
    send(tenant->second, TimerFell{this, timer});
    ++woken;
  }
  if (woken > 0) parts_.metrics->timers_fell(woken);
  // A full page: there are more behind it. They are asked for as soon as these are on their way.
  const bool more = answer.timers.size() >= limits::kReadRowsMax && woken > 0;
  look_again(more ? limits::kTimerPollBusy : limits::kTimerPoll);
}

}  // namespace mitr
