// What the node counts, for /metrics. A label is always one of a few words of ours: never a name, a
// number, a tenant.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "protocols/envelope.h"
#include "protocols/result.h"
#include "protocols/whatsapp/send.h"

namespace mitr {

/// Every method is safe from any thread and costs about as much as an atomic addition.
class Metrics {
 public:
  Metrics();
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  // -- the door in ----
  void webhook_answered(int status);
  void webhook_kept(Errc reason);
  /// Fields and items of a webhook that this version does not act on.
  void items_skipped(std::size_t count);
  void message_received(const MessageBody& body);
  void message_repeated();
  void status_received(DeliveryState state);

  // -- turns ----
  void turn_committed(std::size_t count = 1);
  void turn_failed(Errc why);
  void batch_committed(std::size_t turns, std::chrono::nanoseconds took);
  /// Timers that fell due and woke their conversations.
  void timers_fell(std::size_t count);
  void turns_in_hand_changed(std::int64_t by);
  void conversations_live_changed(std::int64_t by);
  void conversations_parked_changed(std::int64_t by);

  // -- the door out ----
  void outbox_in_hand_changed(std::int64_t by);
  /// The provider answered.
  void send_answered(whatsapp::SendVerdict verdict);
  /// Nothing left this machine; it is tried again.
  void send_not_sent();
  /// It left, and the answer was lost.
  void send_answer_lost();

  void store_up(bool up);

  /// The page, in Prometheus's text format.
  std::string render() const;

 private:
  struct Numbers;
  std::unique_ptr<Numbers> numbers_;
};

}  // namespace mitr
