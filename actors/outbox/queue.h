// What waits to leave, in order per recipient, lower lanes first. Pure bookkeeping: no CAF, no
// clock of its own.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "actors/messages.h"

namespace mitr {

/// Steady time as the actor's clock gives it.
using QueueTime = std::chrono::steady_clock::time_point;

/// Tokens of one number: at most `rate` messages a second leave by it.
class NumberPace {
 public:
  explicit NumberPace(std::uint32_t rate) : rate_(rate), tokens_(rate) {}
  bool take(QueueTime now);

 private:
  std::uint32_t rate_;
  std::uint32_t tokens_;
  QueueTime refilled_{};
};

class OutboxQueue {
 public:
  /// Paces each number at `rate` messages a second; numbers in `unpaced` leave as fast as they
  /// come.
  OutboxQueue(std::uint32_t rate, std::unordered_set<std::string> unpaced);

  /// Takes a message in; false if it is here already.
  bool put(Released message);
  /// True if something waits for or is on its way to this person.
  bool busy(const ContactId& recipient) const { return lines_.contains(recipient); }
  bool holds(const OutboxRef& ref) const { return held_.contains(ref); }
  std::size_t size() const { return held_.size(); }

  /// Messages that may leave now. Each stays held, in flight, until `ended`; its recipient gets no
  /// other meanwhile. Expired ones come out through `expired`.
  std::vector<Released> take_ready(QueueTime now, std::chrono::sys_seconds wall,
                                   std::vector<Released>& expired);

  /// The message is done with (sent, failed or unknown): the recipient's next may leave.
  std::optional<Released> ended(const OutboxRef& ref);
  /// Put the message in flight back in front; its recipient waits, each time longer.
  void pause(const OutboxRef& ref, QueueTime now);
  /// Forgets a message that waits and is not in flight; true if it was here.
  bool drop_waiting(const OutboxRef& ref);
  /// Forgets all that wait; what is in flight stays until it has ended.
  std::vector<OutboxRef> drop_all_waiting();
  /// Someone waits for a pause or for the pace: ask again soon.
  bool waiting() const { return !paused_.empty(); }
  /// Lets the next take_ready() look at those who wait. On a tick, not on every message: there may
  /// be thousands.
  void reconsider_paused();

 private:
  struct Line {
    std::deque<Released> waiting;  ///< Sorted by lane, then arrival.
    std::optional<Released> in_flight;
    QueueTime not_before{};
    std::chrono::milliseconds pause{0};
  };

  void consider(const ContactId& recipient);

  std::uint32_t rate_;
  std::unordered_set<std::string> unpaced_;
  std::unordered_map<ContactId, Line> lines_;
  std::unordered_map<OutboxRef, ContactId> held_;
  std::unordered_map<std::string, NumberPace> paces_;
  std::vector<ContactId> ready_;          ///< Recipients to look at.
  std::unordered_set<ContactId> paused_;  ///< Recipients to look at again later.
};

}  // namespace mitr
