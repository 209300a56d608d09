#include "actors/outbox/queue.h"

#include <algorithm>
#include <iterator>

#include "protocols/limits.h"

namespace mitr {

bool NumberPace::take(QueueTime now) {
  auto passed = std::chrono::duration_cast<std::chrono::milliseconds>(now - refilled_).count();
  auto earned = static_cast<std::uint64_t>(std::max<std::int64_t>(passed, 0)) * rate_ / 1000;
  if (earned > 0) {
    tokens_ = static_cast<std::uint32_t>(std::min<std::uint64_t>(rate_, tokens_ + earned));
    refilled_ = now;
  }
  if (tokens_ == 0) return false;
  --tokens_;
  return true;
}

OutboxQueue::OutboxQueue(std::uint32_t rate, std::unordered_set<std::string> unpaced)
    : rate_(rate), unpaced_(std::move(unpaced)) {}

bool OutboxQueue::put(Released message) {
  if (!held_.try_emplace(message.ref, message.recipient).second) return false;
  auto recipient = message.recipient;
  auto& line = lines_[recipient];
  auto behind = std::find_if(line.waiting.rbegin(), line.waiting.rend(),
                             [&](const Released& other) { return other.lane <= message.lane; });
  line.waiting.insert(behind.base(), std::move(message));
  consider(recipient);
  return true;
}

void OutboxQueue::consider(const ContactId& recipient) {
  ready_.push_back(recipient);
}

std::vector<Released> OutboxQueue::take_ready(QueueTime now, std::chrono::sys_seconds wall,
                                              std::vector<Released>& expired) {
  std::vector<Released> leaving;
  auto recipients = std::exchange(ready_, {});
  for (const auto& recipient : recipients) {
    auto at = lines_.find(recipient);
    if (at == lines_.end()) continue;
    auto& line = at->second;
    while (!line.in_flight && !line.waiting.empty()) {
      auto& next = line.waiting.front();
      if (next.expires != std::chrono::sys_seconds{} && next.expires <= wall) {
        held_.erase(next.ref);
        expired.push_back(std::move(next));
        line.waiting.pop_front();
        continue;
      }
      bool early = now < line.not_before || next.not_before > wall;
      if (early || (!unpaced_.contains(next.number) &&
                    !paces_.try_emplace(next.number, rate_).first->second.take(now))) {
        paused_.insert(recipient);
        break;
      }
      line.in_flight = std::move(next);
      line.waiting.pop_front();
      leaving.push_back(*line.in_flight);
    }
    if (!line.in_flight && line.waiting.empty()) lines_.erase(at);
  }
  return leaving;
}

std::optional<Released> OutboxQueue::ended(const OutboxRef& ref) {
  auto held = held_.find(ref);
  if (held == held_.end()) return std::nullopt;
  auto recipient = held->second;
  auto at = lines_.find(recipient);
  if (at == lines_.end() || !at->second.in_flight || at->second.in_flight->ref != ref)
    return std::nullopt;
  held_.erase(held);
  auto& line = at->second;
  auto message = std::exchange(line.in_flight, std::nullopt);
  line.pause = std::chrono::milliseconds{0};
  if (line.waiting.empty())
    lines_.erase(at);
  else
    consider(recipient);
  return message;
}

void OutboxQueue::pause(const OutboxRef& ref, QueueTime now) {
  auto held = held_.find(ref);
  if (held == held_.end()) return;
  auto at = lines_.find(held->second);
  if (at == lines_.end() || !at->second.in_flight || at->second.in_flight->ref != ref) return;
  auto& line = at->second;
  line.waiting.push_front(*std::exchange(line.in_flight, std::nullopt));
  constexpr std::chrono::milliseconds first = limits::kSendRetryMin;
  constexpr std::chrono::milliseconds last = limits::kSendRetryMax;
  line.pause = line.pause.count() == 0 ? first : std::min(line.pause * 2, last);
  line.not_before = now + line.pause;
  paused_.insert(held->second);
}

bool OutboxQueue::drop_waiting(const OutboxRef& ref) {
  auto held = held_.find(ref);
  if (held == held_.end()) return false;
  auto at = lines_.find(held->second);
  if (at == lines_.end()) return false;
  auto& waiting = at->second.waiting;
  auto found =
      std::find_if(waiting.begin(), waiting.end(), [&](const Released& r) { return r.ref == ref; });
  if (found == waiting.end()) return false;
  waiting.erase(found);
  held_.erase(held);
  consider(at->first);
  return true;
}

std::vector<OutboxRef> OutboxQueue::drop_all_waiting() {
  std::vector<OutboxRef> dropped;
  for (auto at = lines_.begin(); at != lines_.end();) {
    auto& line = at->second;
    for (const auto& message : line.waiting) {
      dropped.push_back(message.ref);
      held_.erase(message.ref);
    }
    line.waiting.clear();
    at = line.in_flight ? std::next(at) : lines_.erase(at);
  }
  ready_.clear();
  paused_.clear();
  return dropped;
}

void OutboxQueue::reconsider_paused() {
  ready_.insert(ready_.end(), paused_.begin(), paused_.end());
  paused_.clear();
}

}  // namespace mitr
