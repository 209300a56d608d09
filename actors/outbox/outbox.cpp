#include "actors/outbox/outbox.h"

#include <caf/all.hpp>
#include <spdlog/spdlog.h>

#include "persistence/crypto/seal.h"
#include "protocols/limits.h"

namespace mitr {
namespace {

/// Between two looks at paused recipients and empty paces.
constexpr std::chrono::milliseconds kTickEvery{20};
/// A row younger than this may be on its way here in a mailbox; older and unknown, its release was
/// lost.
constexpr std::chrono::seconds kSweepAgeMin = limits::kWebhookPatience;

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
  // What an earlier life left: after a pause, so that status webhooks can prove what had already
  // gone out.
  delayed_send(this, limits::kResendGrace, OutboxTick{true});
  return {
      [this](ReleaseOutbox& release) { released(release); },
      [this](SendEnded& answer) { ended(answer); },
      [this](const DeliveryProven& news) { proven(news.ref); },
      [this](const OutboxTick& message) { tick(message.sweep); },
  };
}

void Outbox::on_exit() {
  tenants_.clear();
  parts_.tenants.clear();
  parts_.archive = nullptr;
  parts_.sender = nullptr;
}

void Outbox::released(ReleaseOutbox& release) {
  for (auto& message : release.messages) queue_.put(std::move(message));
  count();
  parts_.in_transit->fetch_sub(1);
  pump();
}

void Outbox::pump() {
  std::vector<Released> expired;
  for (auto& message : queue_.take_ready(clock().now(), parts_.clock(), expired)) {
    send(parts_.sender,
         SendOut{this, message.ref, std::move(message.number), std::move(message.body)});
  }
  for (const auto& message : expired) mark(message, OutboxState::kFailed, Personal{}, 0);
  count();
  if (queue_.waiting() && !tick_pending_) {
    tick_pending_ = true;
    delayed_send(this, kTickEvery, OutboxTick{false});
  }
}

void Outbox::count() {
  auto in_hand = queue_.size() + marking_.size();
  auto before = parts_.in_hand->exchange(in_hand);
  parts_.metrics->outbox_in_hand_changed(static_cast<std::int64_t>(in_hand) -
                                         static_cast<std::int64_t>(before));
}

void Outbox::ended(SendEnded& answer) {
  parts_.metrics->send_answered(answer.verdict);
  if (answer.verdict == whatsapp::SendVerdict::kRetryLater) {
    queue_.pause(answer.ref, clock().now());
    return pump();
  }
  auto message = queue_.ended(answer.ref);
  if (message) {
    switch (answer.verdict) {
      case whatsapp::SendVerdict::kAccepted:
        mark(*message, OutboxState::kSent, answer.message, 0);
        break;
      case whatsapp::SendVerdict::kUnknown:
        mark(*message, OutboxState::kUnknown, Personal{}, answer.error_code);
        break;
      default:
        spdlog::log(answer.verdict == whatsapp::SendVerdict::kTenantBroken ? spdlog::level::err
                                                                           : spdlog::level::warn,
                    "send refused number={} ref={} error_code={} tenant_broken={}", message->number,
                    to_string(message->ref), answer.error_code,
                    answer.verdict == whatsapp::SendVerdict::kTenantBroken);
        mark(*message, OutboxState::kFailed, Personal{}, answer.error_code);
    }
  }
  pump();
}

void Outbox::proven(const OutboxRef& ref) {
  // A row swept after a restart, waiting behind the grace or a pause, turns out to have left in our
  // earlier life.
  if (queue_.drop_waiting(ref)) pump();
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
            count();
          },
          [](caf::error&) {});
}

void Outbox::tick(bool sweep_due) {
  if (sweep_due) {
    sweep();
    delayed_send(this, limits::kOutboxSweepEvery, OutboxTick{true});
    return;
  }
  tick_pending_ = false;
  queue_.reconsider_paused();
  pump();
}

// -- what an earlier life, or a lost message, left in the store ----

void Outbox::sweep() {
  for (const auto& [ref, news] : marking_) tell(tenants_.at(news.tenant).journal, news);
  for (const auto& [id, tenant] : tenants_) {
    request(parts_.archive, caf::infinite, SweepDue{id})
        .then([this](const DueSwept& found) { swept(found); }, [](caf::error&) {});
  }
}

void Outbox::swept(const DueSwept& found) {
  if (found.error) return;  // the next sweep tries again
  auto wall = parts_.clock();
  std::size_t taken = 0;
  for (const auto& due : found.rows) {
    // kUnknown is settled by a status webhook, never by sending again.
    if (due.state != OutboxState::kDue || marking_.contains(due.row.ref)) continue;
    if (due.created_at > started_at_ && due.created_at + kSweepAgeMin > wall) continue;
    auto tenant = tenants_.find(due.tenant);
    if (tenant == tenants_.end()) continue;
    const auto& row = due.row;
    auto key = unwrap_key(tenant->second.context->key, due.wrapped_key, kContactKey,
                          row.ref.contact.bytes);
    if (!key) continue;
    auto body = open_sealed(
        *key,
        {SealedColumn::kOutboxBody, due.tenant, row.ref.contact.bytes, row.ref.seq, row.ref.ord},
        row.body);
    if (!body) continue;
    if (queue_.put({due.tenant, row.ref, row.recipient, row.number, row.lane, row.not_before,
                    row.expires, Personal(*std::move(body))}))
      ++taken;
  }
  if (taken > 0) spdlog::info("swept rows that memory did not know count={}", taken);
  pump();
}

}  // namespace mitr
