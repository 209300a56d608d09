#include "tools/simulate/deliveries.h"

#include <algorithm>
#include <utility>

#include "protocols/limits.h"

namespace mitr::simulate {
namespace {

using namespace std::chrono_literals;

constexpr Time kTravel = 40ms;
constexpr Time kBundleMax = 60ms;
constexpr Time kRetryMin = 1s;
constexpr Time kRetryMax = 30s;
/// A delivery that was answered comes again by then, if it does.
constexpr Time kDoubleMax = 40s;

const char* word_for(DeliveryState state) {
  switch (state) {
    case DeliveryState::kSent:
      return "sent";
    case DeliveryState::kDelivered:
      return "delivered";
    case DeliveryState::kRead:
    case DeliveryState::kPlayed:
      return "read";
    case DeliveryState::kFailed:
      return "failed";
  }
  return "?";
}

}  // namespace

Deliveries::Deliveries(World& world, Door door, Row row)
    : world_(world),
      door_(std::move(door)),
      row_(std::move(row)),
      chance_(world.plan.seed, "deliveries") {}

void Deliveries::send(Item item, const std::string& line) {
  const auto& rates = world_.rates;
  if (chance_.happens(rates.bundled)) {
    if (bundle_.empty())
      world_.timeline.after(chance_.between(1ms, kBundleMax), [this] { flush(); });
    bundle_.push_back(std::move(item));
    return;
  }
  auto delivery = std::make_shared<Delivery>();
  delivery->number = ++deliveries_;
  delivery->items.push_back(std::move(item));
  ++undone_;
  auto at = world_.timeline.now() + kTravel + chance_.between(0ms, rates.jitter);
  if (world_.plan.faults == Faults::kNone) {
    auto& last = last_[line];
    at = std::max(at, last + Time{1});
    last = at;
  }
  world_.timeline.after(at - world_.timeline.now(), [this, delivery] { post(delivery); });
}

void Deliveries::flush() {
  auto delivery = std::make_shared<Delivery>();
  delivery->number = ++deliveries_;
  delivery->items = std::exchange(bundle_, {});
  ++undone_;
  post(delivery);
}

std::string Deliveries::content(const Delivery& delivery) const {
  std::string text;
  for (const auto& item : delivery.items) {
    if (!text.empty()) text += ", ";
    if (const auto* message = std::get_if<Envelope>(&item)) {
      const auto& id = message->message.reveal();
      text += world_.trace.label(id) + " m" + std::string(short_name(id));
    } else if (std::holds_alternative<whatsapp::IdentityChange>(item)) {
      text += "a change of ids";
    } else {
      const auto& status = std::get<DeliveryStatus>(item);
      const auto ref = parse_outbox_ref(status.callback).value_or(OutboxRef{});
      text += world_.trace.label(ref.contact) + " #" + std::to_string(ref.seq) + "." +
              std::to_string(ref.ord) + " " + word_for(status.state);
    }
  }
  return text;
}

void Deliveries::post(const Kept& delivery) {
  ++delivery->tries;
  if (chance_.happens(world_.rates.post_lost)) {
    if (world_.trace.on())
      world_.say("provider", "post lost", "w", std::to_string(delivery->number));
    return post_later(delivery, limits::kWebhookPatience);
  }
  WebhookArrived webhook;
  webhook.request = ++requests_;
  for (const auto& item : delivery->items) {
    if (const auto* message = std::get_if<Envelope>(&item))
      webhook.messages.push_back(*message);
    else if (const auto* change = std::get_if<whatsapp::IdentityChange>(&item))
      webhook.identity_changes.push_back(*change);
    else
      webhook.statuses.push_back(std::get<DeliveryStatus>(item));
  }
  const auto request = webhook.request;
  if (world_.trace.on())
    world_.say("provider", "posts", "w", std::to_string(delivery->number), " as r",
               std::to_string(request), ": ", content(*delivery));
  if (!door_(std::move(webhook))) return post_later(delivery, kRetryMin);
  waiting_.emplace(request, delivery);
  // As the door does: who waited that long is told 503.
  world_.timeline.after(limits::kWebhookPatience, [this, request] {
    auto waiting = waiting_.find(request);
    if (waiting == waiting_.end()) return;
    auto late = waiting->second;
    waiting_.erase(waiting);
    world_.say("provider", "gives up", "r", std::to_string(request));
    post_later(late, kRetryMin);
  });
}

void Deliveries::post_later(const Kept& delivery, Time least) {
  const auto backoff = std::min(kRetryMin * (1 << std::min(delivery->tries, 5)), kRetryMax);
  world_.timeline.after(least + chance_.between(0ms, backoff),
                        [this, delivery] { post(delivery); });
}

void Deliveries::answered(std::uint64_t request, int status) {
  auto at = waiting_.find(request);
  if (at == waiting_.end()) return;
  auto delivery = at->second;
  waiting_.erase(at);
  if (world_.trace.on())
    world_.say("door", "answers", "r", std::to_string(request), " ", std::to_string(status));
  world_.witness->see(static_cast<std::uint64_t>(status));
  if (status != 200) return post_later(delivery, kRetryMin);
  for (const auto& item : delivery->items) {
    if (const auto* message = std::get_if<Envelope>(&item)) {
      world_.witness->acknowledged(*message);
    } else if (const auto* news = std::get_if<DeliveryStatus>(&item)) {
      world_.witness->acknowledged(*news, row_(*news));
    }
  }
  if (chance_.happens(world_.rates.reply_lost)) {
    world_.say("provider", "hears not", "r", std::to_string(request));
    return post_later(delivery, kRetryMin);
  }
  settle(delivery);
}

void Deliveries::settle(const Kept& delivery) {
  if (!delivery->done) --undone_;
  delivery->done = true;
  if (chance_.happens(world_.rates.doubled))
    world_.timeline.after(chance_.between(0ms, kDoubleMax), [this, delivery] { post(delivery); });
}

void Deliveries::hung_up() {
  for (auto& [request, delivery] : std::exchange(waiting_, {})) post_later(delivery, kRetryMin);
}

}  // namespace mitr::simulate
