// What an earlier life, another node, or a lost message left in the store: found, and sent or
// settled.
#include <algorithm>
#include <caf/all.hpp>
#include <spdlog/spdlog.h>

#include "actors/outbox/outbox.h"
#include "persistence/crypto/seal.h"
#include "protocols/limits.h"

namespace mitr {
namespace {

/// A row younger than this may be on its way here in a mailbox; older and unknown, its release was
/// lost.
constexpr std::chrono::seconds kSweepAgeMin = limits::kWebhookPatience;

}  // namespace

void Outbox::take_over(const LeasesTaken& taken) {
  term_ = taken.term;
  for (const auto& ref : queue_.drop_all_waiting()) open_.remove(ref);
  second_tries_.clear();
  // After a pause, so that status webhooks can prove what had already gone out; and a little beyond
  // the takeover, for what was just dropped may be younger than it.
  look_for({taken.unsettled.from, taken.unsettled.to + limits::kResendGrace}, limits::kResendGrace);
  pump();
}

void Outbox::note_settled(const OutboxRef& ref) {
  // A sweep to come, too: a status tells us before the store has written it down.
  if (sweeps_out_ > 0 || (look_for_ && settled_meanwhile_.size() < limits::kUnknownMax))
    settled_meanwhile_.insert(ref);
}

void Outbox::look_for(const TimeSpan& replies, std::chrono::milliseconds after) {
  look_for_ = look_for_ ? TimeSpan{std::min(look_for_->from, replies.from),
                                   std::max(look_for_->to, replies.to)}
                        : replies;
  // A sweep that asks sooner may be too early for a turn that is still being written.
  look_until_ = std::max(look_until_, clock().now() + after);
  count();
  sweep_all_later(after);
}

void Outbox::sweep_all_later(std::chrono::milliseconds after) {
  if (sweep_all_pending_) return;
  sweep_all_pending_ = true;
  delayed_send(this, after, OutboxTick{OutboxTick::Work::kSweepAll});
}

void Outbox::sweep_some() {
  for (const auto& [ref, news] : marking_) tell(tenants_.at(news.tenant).journal, news);
  // What another node claimed is not left behind.
  if (!leads()) return;
  const auto& all = parts_.tenants;
  const auto some = std::min(all.size(), limits::kTenantsSweptMax);
  for (std::size_t i = 0; i < some; ++i, ++next_swept_)
    sweep(all[next_swept_ % all.size()].context->id, false);
}

void Outbox::sweep_all() {
  // One at a time: answers of two would tell of each other.
  if (sweeps_in_hand_ > 0 || !leads()) {
    delayed_send(this, limits::kResendGrace, OutboxTick{OutboxTick::Work::kSweepAll});
    return;
  }
  sweep_all_pending_ = false;
  all_found_ = true;
  asked_at_ = clock().now();
  sweeps_in_hand_ = tenants_.size();
  for (const auto& [id, tenant] : tenants_) sweep(id, true);
}

void Outbox::sweep(const TenantId& tenant, bool whole) {
  ++sweeps_out_;
  auto ended = [this, whole](const DueSwept& found) {
    swept(found);
    --sweeps_out_;
    if (whole && --sweeps_in_hand_ == 0) all_swept();
    if (sweeps_out_ == 0 && !look_for_) settled_meanwhile_.clear();
  };
  request(parts_.archive, caf::infinite, SweepDue{tenant, whole ? look_for_ : std::nullopt})
      .then(ended, [ended](caf::error&) {
        ended(DueSwept{Errc::kUnavailable, {}, true});
      });
}

void Outbox::all_swept() {
  if (!look_for_) return;
  if (all_found_ && asked_at_ >= look_until_) {
    look_for_.reset();
    return count();
  }
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(look_until_ - clock().now());
  sweep_all_later(std::max<std::chrono::milliseconds>(left, limits::kResendGrace));
}

void Outbox::swept(const DueSwept& found) {
  if (found.error || found.more || !leads()) all_found_ = false;
  if (!leads()) return;
  for (const auto& due : found.rows) {
    if (!settle_found(due)) all_found_ = false;
  }
  pump();
}

bool Outbox::settle_found(const DueRow& due) {
  const auto& ref = due.row.ref;
  if (queue_.holds(ref) || marking_.contains(ref) || settled_meanwhile_.contains(ref)) return true;
  if (due.created_at > started_at_ && due.created_at + kSweepAgeMin > parts_.clock()) return false;
  auto tenant = tenants_.find(due.tenant);
  if (tenant == tenants_.end()) return true;
  if (due.state == OutboxState::kDue) return adopt(due, tenant->second);
  // Claimed by a life that ended: nobody knows whether it left, so it is not sent again by itself.
  spdlog::warn("a claimed message was left behind, now unknown ref={}", to_string(ref));
  Released left;
  left.tenant = due.tenant;
  left.ref = ref;
  mark(left, OutboxState::kUnknown, Personal{}, 0);
  return true;
}

std::optional<Released> Outbox::opened(const DueRow& due, const Tenant& tenant) {
  const auto& row = due.row;
  const RowIdentity identity{SealedColumn::kOutboxBody, due.tenant, row.ref.contact.bytes,
                             row.ref.seq, row.ref.ord};
  auto key = unwrap_key(tenant.context->key, due.wrapped_key, kContactKey, row.ref.contact.bytes);
  auto body = key ? open_sealed(*key, identity, row.body) : Result<std::string>(key.error());
  if (!body) return std::nullopt;
  return Released{due.tenant, row.ref,        row.recipient, row.number,
                  row.lane,   row.not_before, row.expires,   Personal(*std::move(body)),
                  true};
}

bool Outbox::adopt(const DueRow& due, const Tenant& tenant) {
  const auto& row = due.row;
  auto message = opened(due, tenant);
  if (!message) {
    // Its key was destroyed, or it was tampered with: it can never leave.
    spdlog::error("a due message does not open ref={}", to_string(row.ref));
    Released lost;
    lost.tenant = due.tenant;
    lost.ref = row.ref;
    mark(lost, OutboxState::kFailed, Personal{}, 0);
    return true;
  }
  // A reply that rides in its turn is looked for once: the provider says what becomes of it.
  const auto hold = row.ref.ord == 0 ? Hold::kNone : held(*message);
  if (hold != Hold::kNone) {
    // It stays in the store, and is found again by the next sweep; in the end a person decides.
    const bool over = row.expires != std::chrono::sys_seconds{} && row.expires <= parts_.clock();
    if (over) mark(*message, OutboxState::kFailed, Personal{}, static_cast<int>(hold));
    return true;
  }
  second_tries_.erase(message->recipient);  // that question is not the last one any more
  spdlog::info("a message memory did not know leaves now ref={}", to_string(row.ref));
  take(*std::move(message), std::max(parts_.clock() - due.created_at, std::chrono::seconds{0}));
  return true;
}

}  // namespace mitr
