#include "actors/tenant/tenant.h"

#include <caf/all.hpp>
#include <spdlog/spdlog.h>

#include "nlu/dialogue/turn_record.h"
#include "persistence/crypto/seal.h"

namespace mitr {

Tenant::Tenant(caf::actor_config& config, TenantParts parts)
    : TenantActor::base(config), parts_(std::move(parts)), index_(parts_.context->key) {
  set_down_handler([this](caf::down_msg& down) { conversation_down(down); });
}

Tenant::behavior_type Tenant::make_behavior() {
  return {
      [this](Inbound& inbound) { receive(inbound); },
      [this](IdentityTold& told) { identity_told(told); },
      [this](const DeliveryNews& news) { report(news); },
      [this](ParkTick) { tick(); },
      [this](ConversationParked& record) { conversation_parked(record); },
      [this](const ConversationLost& lost) { conversation_lost(lost); },
      [this](const TimerFell& fell) { timer_fell(fell); },
      [this](const InstructionFound& found) { instruction_found(found); },
      [this](const ForgetContact& erased) { forget(erased); },
  };
}

void Tenant::on_exit() {
  book_ = ContactBook{};
  claiming_.clear();
  parts_ = {};
}

// -- conversations ----

void Tenant::deliver(Contact& contact, TakeTurn turn) {
  auto* conversation = book_.live(contact);
  if (conversation && conversation->parking) {
    conversation->last_tick = tick_;
    if (!conversation->held) conversation->held = std::make_unique<std::vector<TakeTurn>>();
    if (conversation->held->size() >= limits::kConversationQueueMax)
      return settle(turn.gateway, turn.request, Settlement::kBusy);
    conversation->held->push_back(std::move(turn));
    return;
  }
  conversation = live(contact);
  if (!conversation) return settle(turn.gateway, turn.request, Settlement::kFailed);
  send(conversation->actor, std::move(turn));
}

LiveConversation* Tenant::live(Contact& contact) {
  const auto epoch = parts_.holding->epoch(shard_of(contact.id));
  if (epoch == 0) return nullptr;
  // Another node may have written between two of our leases.
  if (contact.epoch != epoch) let_go(contact);
  auto* conversation = book_.live(contact);
  if (!conversation) conversation = &spawn_conversation(contact, epoch);
  conversation->last_tick = tick_;
  return conversation;
}

LiveConversation& Tenant::spawn_conversation(Contact& contact, std::uint32_t epoch) {
  ConversationStart start;
  start.contact = contact.id;
  start.incarnation = ++incarnations_;
  start.key = contact.key;
  start.epoch = contact.epoch = epoch;
  start.wake = contact.in_journal_only;
  if (book_.is_parked(contact)) {
    start.wake = !unpark(contact, start);
    parts_.metrics->conversations_parked_changed(-1);
  }
  contact.in_journal_only = false;
  auto actor = system().spawn<Conversation>(
      ConversationParts{parts_.context, this, parts_.journal, parts_.archive, parts_.outbox,
                        parts_.releases_in_transit, parts_.clock, parts_.metrics},
      std::move(start));
  monitor(actor);
  parts_.metrics->conversations_live_changed(+1);
  if (!ticking_) {
    ticking_ = true;
    delayed_send(this, parts_.park_after, ParkTick{});
  }
  return book_.went_live(contact, std::move(actor), incarnations_);
}

bool Tenant::unpark(Contact& contact, ConversationStart& start) {
  const auto record = book_.take_record(contact);
  if (!record) return false;
  auto state = record->state.empty() ? DialogueState{} : decode_state(record->state);
  auto details = decode_details(record->details);
  if (!state || !details) return false;
  start.last_seq = record->last_seq;
  start.timer_at = record->timer_at;
  start.state = *std::move(state);
  start.details = *std::move(details);
  return true;
}

void Tenant::park(Contact& contact, const ParkedRecord& record) {
  if (book_.park(contact, record)) parts_.metrics->conversations_parked_changed(+1);
}

void Tenant::tick() {
  // Twice the period at most, once at least, passes between a conversation's last turn and its
  // parking.
  constexpr std::size_t kParkedPerTick = 20'000;
  ++tick_;
  for (auto* conversation : book_.idle_since(tick_, kParkedPerTick)) {
    conversation->parking = true;
    send(conversation->actor, Park{});
  }
  ticking_ = book_.live_count() > 0;
  if (ticking_) delayed_send(this, parts_.park_after, ParkTick{});
}

void Tenant::conversation_parked(ConversationParked& record) {
  auto* contact = book_.find(record.contact);
  auto* conversation = contact ? book_.live(*contact) : nullptr;
  if (!conversation || !conversation->parking) return;
  conversation->parking = false;
  auto held = std::move(conversation->held);
  if (!record.refused) {
    went_quiet(*contact, *conversation);
    if (contact->nameless && !held) return book_.forget(*contact);
    park(*contact,
         {record.last_seq, record.timer_at, std::move(record.state), std::move(record.details)});
  }
  if (!held) return;
  for (auto& turn : *held) deliver(*contact, std::move(turn));
}

void Tenant::conversation_lost(const ConversationLost& lost) {
  auto* contact = book_.find(lost.contact);
  auto* conversation = contact ? book_.live(*contact) : nullptr;
  if (!conversation || conversation->incarnation != lost.incarnation) return;
  if (lost.gone) return forget({lost.contact});
  spdlog::warn("conversation lost, wakes from the journal tenant={} contact={}",
               parts_.context->slug, to_string(contact->id));
  wake_anew(*contact);
}

void Tenant::forget(const ForgetContact& erased) {
  auto* contact = book_.find(erased.contact);
  if (!contact) return;
  auto* conversation = book_.live(*contact);
  const auto held = conversation ? std::move(conversation->held) : nullptr;
  let_go(*contact);
  // Sent again by the provider, they are somebody else's: as if they had never been here.
  if (held) {
    for (const auto& turn : *held) settle(turn.gateway, turn.request, Settlement::kFailed);
  }
  if (contact->nameless) return book_.forget(*contact);
  contact->key = SecretKey{};
  contact->in_journal_only = true;
  contact->gone = true;
}

void Tenant::wake_anew(Contact& contact) {
  auto* conversation = book_.live(contact);
  auto held = conversation ? std::move(conversation->held) : nullptr;
  let_go(contact);
  if (!held) return;
  for (auto& turn : *held) deliver(contact, std::move(turn));
}

void Tenant::went_quiet(const Contact& contact, const LiveConversation& conversation) {
  demonitor(conversation.actor.address());
  book_.went_quiet(contact);
  parts_.metrics->conversations_live_changed(-1);
}

void Tenant::let_go(Contact& contact) {
  if (auto* conversation = book_.live(contact)) {
    went_quiet(contact, *conversation);
    contact.in_journal_only = true;
  }
  if (book_.drop_record(contact)) {
    parts_.metrics->conversations_parked_changed(-1);
    contact.in_journal_only = true;
  }
}

LiveConversation* Tenant::live_by_id(const ContactId& id) {
  auto* contact = book_.find(id);
  if (!contact) {
    contact = &book_.learn(id, {});
    contact->nameless = true;
    contact->in_journal_only = true;
  }
  // Between two lives: it is woken again.
  auto* conversation = book_.live(*contact);
  return conversation && conversation->parking ? nullptr : live(*contact);
}

void Tenant::instruction_found(const InstructionFound& found) {
  const auto& name = found.row.name;
  auto* conversation = live_by_id(found.row.contact);
  if (!conversation) return send(found.keeper, InstructionSettled{name, Settlement::kBusy});
  send(conversation->actor,
       TakeInstruction{found.keeper, found.row,
                       index_.hash(IndexedField::kInstruction, to_string(name.id))});
}

void Tenant::timer_fell(const TimerFell& fell) {
  const auto& timer = fell.timer;
  auto* conversation = live_by_id(timer.contact);
  if (!conversation) return send(fell.timekeeper, TimerSettled{timer.contact});
  const auto name =
      to_string(timer.contact) + "@" + std::to_string(timer.at.time_since_epoch().count());
  send(conversation->actor,
       TakeTimer{fell.timekeeper, timer, index_.hash(IndexedField::kTimer, name)});
}

void Tenant::conversation_down(const caf::down_msg& down) {
  // A bug of ours threw: whose it was wakes a new one from the journal with the next message.
  auto* contact = book_.find_live(down.source);
  if (!contact) return;
  send(parts_.outbox, TurnInDoubt{parts_.context->id});
  conversation_lost({contact->id, book_.live(*contact)->incarnation});
}

// -- news of our messages ----

void Tenant::report(const DeliveryNews& news) {
  OutboxMark mark;
  mark.tenant = parts_.context->id;
  mark.ref = parse_outbox_ref(news.status.callback);
  mark.provider = index_.hash(IndexedField::kOutboundMessage, news.status.message.reveal());
  mark.error_code = news.status.error_code;
  switch (news.status.state) {
    case DeliveryState::kSent:
      mark.state = OutboxState::kSent;
      break;
    case DeliveryState::kDelivered:
      mark.state = OutboxState::kDelivered;
      break;
    case DeliveryState::kRead:
    case DeliveryState::kPlayed:
      mark.state = OutboxState::kRead;
      break;
    case DeliveryState::kFailed:
      mark.state = OutboxState::kFailed;
      break;
  }
  if (mark.ref) send(parts_.outbox, DeliveryProven{*mark.ref});
  request(parts_.journal, caf::infinite, MarkOutbox{mark})
      .then(
          [this, gateway = news.gateway, id = news.request](const OutboxMarked& answer) {
            settle(gateway, id, answer.error ? Settlement::kFailed : Settlement::kDone);
          },
          [this, gateway = news.gateway, id = news.request](caf::error&) {
            settle(gateway, id, Settlement::kFailed);
          });
}

void Tenant::settle(const GatewayActor& gateway, std::uint64_t request_id, Settlement settlement) {
  send(gateway, TurnSettled{request_id, settlement});
}

}  // namespace mitr
