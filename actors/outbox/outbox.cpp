// Sending, and what the provider's answer means. What an earlier life left: sweep.cpp.
#include "actors/outbox/outbox.h"

#include <caf/all.hpp>
#include <spdlog/spdlog.h>

#include "protocols/limits.h"
#include "protocols/whatsapp/send.h"

namespace mitr {
namespace {

/// Between two looks at paused recipients and empty paces.
constexpr std::chrono::milliseconds kTickEvery{20};

OutboxQueue make_queue(const OutboxParts& parts) {
  std::unordered_set<std::string> unpaced;
  for (const auto& tenant : parts.tenants) {
    if (!tenant.context->settings.pacing)
      unpaced.insert(tenant.context->numbers.begin(), tenant.context->numbers.end());
  }
  return {limits::kNumberRatePerSecond, std::move(unpaced)};
}

}  // namespace

Outbox::Outbox(caf::actor_config& config, OutboxParts parts)
    : OutboxActor::base(config),
      parts_(std::move(parts)),
      queue_(make_queue(parts_)),
      started_at_(parts_.clock()) {
  for (const auto& tenant : parts_.tenants) {
    tenants_.emplace(tenant.context->id,
                     Tenant{tenant.context, tenant.journal, BlindIndex(tenant.context->key)});
  }
}

Outbox::behavior_type Outbox::make_behavior() {
  delayed_send(this, limits::kOutboxSweepEvery, OutboxTick{OutboxTick::Work::kSweep});
  return {
      [this](ReleaseOutbox& release) { released(release); },
      [this](SendEnded& answer) { ended(answer); },
      [this](const DeliveryProven& news) { proven(news.ref); },
      [this](const LeasesTaken& taken) { take_over(taken); },
      [this](const TurnInDoubt&) {
        look_for({parts_.clock() - limits::kSettledMargin, parts_.clock() + limits::kSettledMargin},
                 limits::kSettledMargin);
      },
      [this](const OutboxTick& message) { tick(message.work); },
  };
}

void Outbox::on_exit() {
  tenants_.clear();
  parts_.tenants.clear();
  parts_.archive = nullptr;
  parts_.sender = nullptr;
}

void Outbox::released(ReleaseOutbox& release) {
  for (auto& message : release.messages) {
    second_tries_.erase(message.recipient);  // that question is not the last one any more
    take(std::move(message));
  }
  count();
  parts_.in_transit->fetch_sub(1);
  pump();
}

bool Outbox::take(Released message, std::chrono::seconds age) {
  const auto ref = message.ref;
  const bool reply = message.lane == Lane::kReply;
  if (!queue_.put(std::move(message))) return false;
  if (reply) open_.add(ref, clock().now() - age);
  return true;
}

void Outbox::pump() {
  // A node that is not sure of its leases says nothing: another may be speaking.
  if (leads()) {
    std::vector<Released> expired;
    for (auto& message : queue_.take_ready(clock().now(), parts_.clock(), expired)) {
      if (message.lane == Lane::kReply || claimed_.contains(message.ref)) {
        send_out(message);
      } else if (const auto hold = held(message); hold == Hold::kNone) {
        claim(message);
      } else {
        spdlog::warn("held number={} ref={} why=\"{}\"", message.number, to_string(message.ref),
                     to_string(hold));
        queue_.ended(message.ref);
      }
    }
    for (const auto& message : expired) mark(message, OutboxState::kFailed, Personal{}, 0);
  }
  count();
  const bool held_back = queue_.size() > 0 && !leads();
  if ((queue_.waiting() || held_back) && !tick_pending_) {
    tick_pending_ = true;
    delayed_send(this, kTickEvery, OutboxTick{OutboxTick::Work::kPace});
  }
}

Hold Outbox::held(const Released& message) const {
  const auto tenant = tenants_.find(message.tenant);
  if (tenant == tenants_.end()) return Hold::kNone;
  const auto all = tenant->second.context->standing->all();
  if (message.lane == Lane::kReply) return hold_of_answer(*all, message.number, parts_.clock());
  const auto made_of =
      any_template_off(*all) ? whatsapp::template_of_send(message.body.reveal()) : std::string();
  return hold_of(*all, message.number, made_of, parts_.clock());
}

void Outbox::claim(Released& message) {
  OutboxMark news;
  news.tenant = message.tenant;
  news.ref = message.ref;
  news.state = OutboxState::kClaimed;
  auto tenant = tenants_.find(message.tenant);
  if (tenant == tenants_.end()) return;
  request(tenant->second.journal, caf::infinite, MarkOutbox{news})
      .then([this, message](const OutboxMarked& answer) mutable { claimed(message, answer); },
            [this, message](caf::error&) mutable {
              claimed(message, {Errc::kUnavailable, false});
            });
}

void Outbox::claimed(Released& message, const OutboxMarked& answer) {
  if (answer.claimed) {
    claimed_.insert(message.ref);
    return send_out(message);
  }
  if (answer.error) {
    // If the claim was written all the same, the next one fails and a sweep settles the row.
    queue_.pause(message.ref, clock().now());
  } else {
    queue_.ended(message.ref);
    proven_.erase(message.ref);
    look_for({parts_.clock(), parts_.clock()}, limits::kSettledMargin);
  }
  pump();
}

void Outbox::send_out(Released& message) {
  send(parts_.sender,
       SendOut{this, message.ref, std::move(message.number), std::move(message.body)});
}

void Outbox::count() {
  auto in_hand = queue_.size() + marking_.size();
  auto before = parts_.in_hand->exchange(in_hand);
  parts_.metrics->outbox_in_hand_changed(static_cast<std::int64_t>(in_hand) -
                                         static_cast<std::int64_t>(before));
  auto oldest = open_.oldest();
  if (look_for_) {
    const auto back = std::max(parts_.clock() - look_for_->from, std::chrono::seconds{0});
    const auto since = clock().now() - back;
    oldest = oldest ? std::min(*oldest, since) : since;
  }
  parts_.holding->open_since(oldest);
}

void Outbox::ended(SendEnded& answer) {
  parts_.metrics->send_answered(answer.verdict);
  const bool proven = proven_.erase(answer.ref) > 0;
  if (proven && answer.verdict == whatsapp::SendVerdict::kRetryLater)
    answer.verdict = whatsapp::SendVerdict::kUnknown;
  if (answer.verdict == whatsapp::SendVerdict::kRetryLater) {
    queue_.pause(answer.ref, clock().now());
    return pump();
  }
  if (auto message = queue_.ended(answer.ref)) {
    claimed_.erase(answer.ref);
    const bool broken = answer.verdict == whatsapp::SendVerdict::kTenantBroken;
    switch (answer.verdict) {
      case whatsapp::SendVerdict::kAccepted:
        tried_twice_.erase(answer.ref);
        mark(*message, OutboxState::kSent, answer.message, 0);
        break;
      case whatsapp::SendVerdict::kUnknown:
        if (!proven) unanswered(*message);
        mark(*message, OutboxState::kUnknown, Personal{}, answer.error_code);
        break;
      default:
        spdlog::log(broken ? spdlog::level::err : spdlog::level::warn,
                    "send refused number={} ref={} error_code={} tenant_broken={}", message->number,
                    to_string(message->ref), answer.error_code, broken);
        mark(*message, OutboxState::kFailed, Personal{}, answer.error_code);
    }
  }
  pump();
}

void Outbox::unanswered(const Released& message) {
  spdlog::warn("send not answered ref={} lane={}", to_string(message.ref),
               static_cast<int>(message.lane));
  // Only the last thing said to a person is worth repeating, and only once.
  const bool first = !tried_twice_.erase(message.ref);
  if (message.lane != Lane::kReply || !first || queue_.busy(message.recipient) ||
      second_tries_.size() >= limits::kUnknownMax)
    return;
  SecondTry second{message, clock().now() + limits::kUnknownPatience};
  second.message.has_row = true;
  second_tries_.insert_or_assign(message.recipient, std::move(second));
}

void Outbox::try_again() {
  for (auto at = second_tries_.begin(); at != second_tries_.end();) {
    auto& [message, when] = at->second;
    if (when > clock().now()) {
      ++at;
      continue;
    }
    tried_twice_.insert(message.ref);
    take(std::move(message));
    at = second_tries_.erase(at);
  }
}

void Outbox::proven(const OutboxRef& ref) {
  // A row swept after a restart, waiting behind the grace or a pause, turns out to have left in our
  // earlier life.
  note_settled(ref);
  auto second = second_tries_.find(ref.contact);
  if (second != second_tries_.end() && second->second.message.ref == ref)
    second_tries_.erase(second);
  if (!queue_.drop_waiting(ref)) {
    // On its way: a status may overtake the answer to the send, which may then be lost.
    if (queue_.holds(ref)) proven_.insert(ref);
    return;
  }
  open_.remove(ref);
  pump();
}

void Outbox::mark(const Released& message, OutboxState state, const Personal& provider_id,
                  int error_code) {
  auto at = tenants_.find(message.tenant);
  if (at == tenants_.end()) return;
  OutboxMark news;
  news.tenant = message.tenant;
  news.ref = message.ref;
  if (!provider_id.empty())
    news.provider = at->second.index.hash(IndexedField::kOutboundMessage, provider_id.reveal());
  news.state = state;
  news.error_code = error_code;
  news.first = !message.has_row && state == OutboxState::kSent && message.ref.ord == 0;
  marking_.insert_or_assign(message.ref, news);
  tell(at->second.journal, news);
}

void Outbox::tell(const JournalActor& journal, const OutboxMark& news) {
  auto ref = *news.ref;
  request(journal, caf::infinite, MarkOutbox{news})
      .then(
          [this, ref](const OutboxMarked& answer) {
            // The store was away: the mark stays here, which keeps a sweep from sending twice, and
            // is told again.
            if (answer.error && may_retry(*answer.error)) return;
            marking_.erase(ref);
            note_settled(ref);
            open_.remove(ref);
            count();
          },
          [](caf::error&) {});
}

void Outbox::tick(OutboxTick::Work work) {
  switch (work) {
    case OutboxTick::Work::kPace:
      return pace();
    case OutboxTick::Work::kSweep:
      try_again();
      sweep_some();
      delayed_send(this, limits::kOutboxSweepEvery, OutboxTick{OutboxTick::Work::kSweep});
      return pump();
    case OutboxTick::Work::kSweepAll:
      return sweep_all();
  }
}

void Outbox::pace() {
  tick_pending_ = false;
  queue_.reconsider_paused();
  pump();
}

}  // namespace mitr
