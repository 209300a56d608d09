#include "tools/simulate/hand_cranked.h"

#include <caf/all.hpp>
#include <utility>

namespace mitr::simulate {

HandCranked::HandCranked(Chance chance, CrankHooks hooks)
    : chance_(chance), hooks_(std::move(hooks)), config_(1) {
  config_.set("scheduler.policy", caf::atom("testing"));
}

HandCranked::~HandCranked() {
  kill();
}

caf::scheduler::test_coordinator& HandCranked::scheduler() const {
  return dynamic_cast<caf::scheduler::test_coordinator&>(system_->scheduler());
}

void HandCranked::start(EngineParts parts, Time now) {
  parts.detached = false;
  system_ = std::make_unique<caf::actor_system>(config_);
  born_ = scheduler().clock().current_time - now;
  engine_ = std::make_unique<Engine>(*system_, std::move(parts));
}

void HandCranked::kill() {
  if (!engine_) return;
  engine_.reset();
  for (auto& [until, job] : std::exchange(held_, {})) scheduler().jobs.push_back(job);
  waited_.clear();
  // A pending delayed message would hold its actor, and the system would wait for it for ever.
  scheduler().clock().cancel_all();
  while (scheduler().try_run_once()) {
  }
  system_->await_actors_before_shutdown(false);
  system_.reset();
}

bool HandCranked::step(Time now) {
  if (!engine_) return false;
  auto& coordinator = scheduler();
  auto& jobs = coordinator.jobs;
  while (!jobs.empty()) {
    std::swap(jobs[chance_.below(jobs.size())], jobs.front());
    auto* job = jobs.front();
    auto* actor = dynamic_cast<caf::scheduled_actor*>(job);
    if (actor == nullptr) {
      coordinator.run_once();
      return true;
    }
    if (waited_.erase(job) == 0) {
      const auto wait = hooks_.hold(*actor);
      if (wait.count() > 0) {
        jobs.pop_front();
        held_.emplace(now + wait, job);
        continue;
      }
    }
    ++steps_;
    hooks_.before(*actor);
    // It may end with this step.
    const caf::strong_actor_ptr kept{actor->ctrl()};
    coordinator.run_once();
    hooks_.after(*actor);
    return true;
  }
  return false;
}

std::optional<Time> HandCranked::next() const {
  if (!engine_) return std::nullopt;
  std::optional<Time> earliest;
  const auto& timers = scheduler().clock().schedule();
  if (!timers.empty()) {
    const auto due = timers.begin()->first - born_;
    earliest = std::chrono::ceil<Time>(due);
  }
  if (!held_.empty() && (!earliest || held_.begin()->first < *earliest))
    earliest = held_.begin()->first;
  return earliest;
}

void HandCranked::advance_to(Time to) {
  if (!engine_) return;
  auto& coordinator = scheduler();
  const auto by = born_ + to - coordinator.clock().current_time;
  coordinator.advance_time(by);
  while (!held_.empty() && held_.begin()->first <= to) {
    waited_.insert(held_.begin()->second);
    coordinator.jobs.push_back(held_.begin()->second);
    held_.erase(held_.begin());
  }
}

}  // namespace mitr::simulate
