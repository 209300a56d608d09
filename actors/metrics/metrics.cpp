// The names and words of every number. All series exist from the start, so that a rate never begins
// with a gap.
#include "actors/metrics/metrics.h"

#include <array>
#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>
#include <string_view>

namespace mitr {

namespace {

using prometheus::Counter;
using prometheus::Gauge;
using prometheus::Histogram;
using prometheus::Registry;

constexpr std::array kStatuses{200, 400, 401, 403, 404, 413, 431, 503};
constexpr std::array kErrors{Errc::kMalformed,  Errc::kRefused,       Errc::kTooLarge,
                             Errc::kNotFound,   Errc::kInvalidConfig, Errc::kFenced,
                             Errc::kTampered,   Errc::kUnavailable,   Errc::kAmbiguous,
                             Errc::kOverloaded, Errc::kInternal};
constexpr std::size_t kErrorCodes = static_cast<std::size_t>(Errc::kInternal) + 1;
constexpr std::array<std::string_view, 8> kMessageKinds{
    "words", "choice", "unreadable", "attachment", "location", "order", "human", "wish"};
static_assert(std::variant_size_v<MessageBody> == kMessageKinds.size());
constexpr std::array<std::string_view, 6> kDeliveryStates{"other", "sent",   "delivered",
                                                          "read",  "played", "failed"};
constexpr std::array<std::string_view, 6> kVerdicts{"other",   "accepted", "retry_later",
                                                    "unknown", "failed",   "tenant_broken"};

/// Counters told apart by one label, found by index.
template <std::size_t N>
using Row = std::array<Counter*, N>;

template <std::size_t N>
void bump(const Row<N>& row, std::size_t index, double by = 1) {
  row[index < N ? index : 0]->Increment(by);
}

Counter& counter(Registry& registry, const char* name, const char* help) {
  return prometheus::BuildCounter().Name(name).Help(help).Register(registry).Add({});
}

Gauge& gauge(Registry& registry, const char* name, const char* help) {
  return prometheus::BuildGauge().Name(name).Help(help).Register(registry).Add({});
}

Histogram& histogram(Registry& registry, const char* name, const char* help,
                     const Histogram::BucketBoundaries& bounds) {
  return prometheus::BuildHistogram().Name(name).Help(help).Register(registry).Add({}, bounds);
}

template <std::size_t N>
Row<N> counters(Registry& registry, const char* name, const char* help, const char* label,
                const std::array<std::string_view, N>& words) {
  auto& family = prometheus::BuildCounter().Name(name).Help(help).Register(registry);
  Row<N> row{};
  for (std::size_t i = 0; i < N; ++i) row[i] = &family.Add({{label, std::string(words[i])}});
  return row;
}

Row<kErrorCodes> error_counters(Registry& registry, const char* name, const char* help) {
  auto& family = prometheus::BuildCounter().Name(name).Help(help).Register(registry);
  Row<kErrorCodes> row{};
  row.fill(&family.Add({{"reason", "other"}}));
  for (const Errc code : kErrors)
    row[static_cast<std::size_t>(code)] = &family.Add({{"reason", std::string(to_string(code))}});
  return row;
}

Row<kStatuses.size() + 1> status_counters(Registry& registry) {
  auto& family = prometheus::BuildCounter()
                     .Name("mitr_webhooks_total")
                     .Help("Webhooks by the HTTP status they were answered with.")
                     .Register(registry);
  Row<kStatuses.size() + 1> row{};
  row[0] = &family.Add({{"status", "other"}});
  for (std::size_t i = 0; i < kStatuses.size(); ++i)
    row[i + 1] = &family.Add({{"status", std::to_string(kStatuses[i])}});
  return row;
}

}  // namespace

struct Metrics::Numbers {
  Registry registry;
  Row<kStatuses.size() + 1> webhooks = status_counters(registry);
  Row<kErrorCodes> kept =
      error_counters(registry, "mitr_webhooks_kept_total",
                     "Signed webhooks that could not be read or attributed, by reason.");
  Counter& skipped =
      counter(registry, "mitr_items_skipped_total", "Webhook items this version does not act on.");
  Row<kMessageKinds.size()> messages = counters(
      registry, "mitr_messages_total", "Messages received, by kind.", "kind", kMessageKinds);
  Counter& repeated = counter(registry, "mitr_messages_repeated_total",
                              "Messages that had had their outcome before.");
  Row<6> statuses = counters(registry, "mitr_statuses_total",
                             "Delivery statuses received, by state.", "state", kDeliveryStates);
  Counter& turns = counter(registry, "mitr_turns_total", "Turns committed.");
  Row<kErrorCodes> turns_failed = error_counters(registry, "mitr_turns_failed_total",
                                                 "Turns that were not committed, by reason.");
  Counter& timers =
      counter(registry, "mitr_timers_total", "Timers that fell due and woke their conversations.");
  Histogram& batch = histogram(registry, "mitr_batch_turns", "Turns in one transaction.",
                               {1, 2, 4, 8, 16, 32, 64, 128, 256});
  Histogram& commit = histogram(registry, "mitr_commit_seconds", "Time of one transaction.",
                                {.0005, .001, .0025, .005, .01, .025, .05, .1, .25, 1, 5});
  Gauge& in_hand =
      gauge(registry, "mitr_turns_in_hand", "Messages accepted and not yet committed.");
  Gauge& live = gauge(registry, "mitr_conversations_live", "Conversations that are actors now.");
  Gauge& parked = gauge(registry, "mitr_conversations_parked", "Conversations parked in memory.");
  Gauge& outbox =
      gauge(registry, "mitr_outbox_in_hand", "Outbound messages in memory, not yet sent.");
  Row<6> sends = counters(registry, "mitr_sends_total", "Sends the provider answered, by verdict.",
                          "verdict", kVerdicts);
  Counter& not_sent = counter(registry, "mitr_sends_not_sent_total",
                              "Sends of which not a byte left; tried again.");
  Counter& lost =
      counter(registry, "mitr_sends_answer_lost_total", "Sends that left and were not answered.");
  Gauge& store = gauge(registry, "mitr_store_up", "1 while the store can be reached.");
};

Metrics::Metrics() : numbers_(std::make_unique<Numbers>()) {}
Metrics::~Metrics() = default;

void Metrics::webhook_answered(int status) {
  for (std::size_t i = 0; i < kStatuses.size(); ++i)
    if (kStatuses[i] == status) return bump(numbers_->webhooks, i + 1);
  bump(numbers_->webhooks, 0);
}

void Metrics::webhook_kept(Errc reason) {
  bump(numbers_->kept, static_cast<std::size_t>(reason));
}

void Metrics::items_skipped(std::size_t count) {
  numbers_->skipped.Increment(static_cast<double>(count));
}

void Metrics::message_received(const MessageBody& body) {
  bump(numbers_->messages, body.index());
}

void Metrics::message_repeated() {
  numbers_->repeated.Increment();
}

void Metrics::status_received(DeliveryState state) {
  bump(numbers_->statuses, static_cast<std::size_t>(state));
}

void Metrics::turn_committed(std::size_t count) {
  numbers_->turns.Increment(static_cast<double>(count));
}

void Metrics::timers_fell(std::size_t count) {
  numbers_->timers.Increment(static_cast<double>(count));
}
void Metrics::turn_failed(Errc why) {
  bump(numbers_->turns_failed, static_cast<std::size_t>(why));
}

void Metrics::batch_committed(std::size_t turns, std::chrono::nanoseconds took) {
  numbers_->batch.Observe(static_cast<double>(turns));
  numbers_->commit.Observe(std::chrono::duration<double>(took).count());
}

void Metrics::turns_in_hand_changed(std::int64_t by) {
  numbers_->in_hand.Increment(static_cast<double>(by));
}

void Metrics::conversations_live_changed(std::int64_t by) {
  numbers_->live.Increment(static_cast<double>(by));
}

void Metrics::conversations_parked_changed(std::int64_t by) {
  numbers_->parked.Increment(static_cast<double>(by));
}

void Metrics::outbox_in_hand_changed(std::int64_t by) {
  numbers_->outbox.Increment(static_cast<double>(by));
}

void Metrics::send_answered(whatsapp::SendVerdict verdict) {
  bump(numbers_->sends, static_cast<std::size_t>(verdict));
}

void Metrics::send_not_sent() {
  numbers_->not_sent.Increment();
}

void Metrics::send_answer_lost() {
  numbers_->lost.Increment();
}

void Metrics::store_up(bool up) {
  numbers_->store.Set(up ? 1 : 0);
}

std::string Metrics::render() const {
  return prometheus::TextSerializer().Serialize(numbers_->registry.Collect());
}

}  // namespace mitr
