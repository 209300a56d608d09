// How the messages cross the wire: one `inspect` each, in the order of messages.h. Included by it.
#pragma once

#include <caf/detail/stringification_inspector.hpp>
#include <caf/meta/type_name.hpp>
#include <type_traits>

#include "actors/messages.h"

namespace mitr {

namespace whatsapp {
template <class I>
typename I::result_type inspect(I& f, FiledItem& x) {
  return f(caf::meta::type_name("FiledItem"), x.filing, x.body);
}
template <class I>
typename I::result_type inspect(I& f, PersonIdentity& x) {
  return f(caf::meta::type_name("PersonIdentity"), x.account, x.phone, x.bsuid, x.parent_bsuid,
           x.username);
}
template <class I>
typename I::result_type inspect(I& f, IdentityChange& x) {
  return f(caf::meta::type_name("IdentityChange"), x.number, x.message, x.before, x.after, x.at);
}
}  // namespace whatsapp

template <class I>
typename I::result_type inspect(I& f, WebhookArrived& x) {
  Maybe<Errc> keep{x.keep};
  return f(caf::meta::type_name("WebhookArrived"), x.request, x.messages, x.statuses, x.raw, keep,
           x.filed, x.identity_changes, x.standings);
}
template <class I>
typename I::result_type inspect(I& f, TurnSettled& x) {
  return f(caf::meta::type_name("TurnSettled"), x.request, x.settlement);
}
template <class I>
typename I::result_type inspect(I& f, Inbound& x) {
  return f(caf::meta::type_name("Inbound"), x.gateway, x.request, x.envelope);
}
template <class I>
typename I::result_type inspect(I& f, IdentityTold& x) {
  return f(caf::meta::type_name("IdentityTold"), x.gateway, x.request, x.change);
}
template <class I>
typename I::result_type inspect(I& f, DeliveryNews& x) {
  return f(caf::meta::type_name("DeliveryNews"), x.gateway, x.request, x.status);
}
template <class I>
typename I::result_type inspect(I& f, ParkTick&) {
  return f(caf::meta::type_name("ParkTick"));
}
template <class I>
typename I::result_type inspect(I& f, ConversationParked& x) {
  if constexpr (std::is_same_v<I, caf::detail::stringification_inspector>) {
    return f(caf::meta::type_name("ConversationParked"), x.contact, x.refused, x.last_seq);
  } else {
    return f(caf::meta::type_name("ConversationParked"), x.contact, x.refused, x.last_seq,
             x.timer_at, x.state, x.details);
  }
}
template <class I>
typename I::result_type inspect(I& f, ConversationLost& x) {
  return f(caf::meta::type_name("ConversationLost"), x.contact, x.incarnation, x.gone);
}
template <class I>
typename I::result_type inspect(I& f, ForgetContact& x) {
  return f(caf::meta::type_name("ForgetContact"), x.contact);
}
template <class I>
typename I::result_type inspect(I& f, TakeTurn& x) {
  return f(caf::meta::type_name("TakeTurn"), x.gateway, x.request, x.envelope, x.message);
}
template <class I>
typename I::result_type inspect(I& f, LookForInstructions&) {
  return f(caf::meta::type_name("LookForInstructions"));
}
template <class I>
typename I::result_type inspect(I& f, InstructionSettled& x) {
  return f(caf::meta::type_name("InstructionSettled"), x.name, x.settlement);
}
template <class I>
typename I::result_type inspect(I& f, InstructionFound& x) {
  return f(caf::meta::type_name("InstructionFound"), x.keeper, x.row);
}
template <class I>
typename I::result_type inspect(I& f, TakeInstruction& x) {
  return f(caf::meta::type_name("TakeInstruction"), x.keeper, x.row, x.message);
}
template <class I>
typename I::result_type inspect(I& f, NoteStandings& x) {
  return f(caf::meta::type_name("NoteStandings"), x.rows);
}
template <class I>
typename I::result_type inspect(I& f, StandingsNoted& x) {
  Maybe<Errc> error{x.error};
  return f(caf::meta::type_name("StandingsNoted"), error);
}
template <class I>
typename I::result_type inspect(I& f, EndInstruction& x) {
  return f(caf::meta::type_name("EndInstruction"), x.name);
}
template <class I>
typename I::result_type inspect(I& f, InstructionEnded& x) {
  Maybe<Errc> error{x.error};
  return f(caf::meta::type_name("InstructionEnded"), error);
}
template <class I>
typename I::result_type inspect(I& f, FindInstructions& x) {
  return f(caf::meta::type_name("FindInstructions"), x.shards, x.limit);
}
template <class I>
typename I::result_type inspect(I& f, InstructionsFound& x) {
  Maybe<Errc> error{x.error};
  return f(caf::meta::type_name("InstructionsFound"), error, x.rows);
}
template <class I>
typename I::result_type inspect(I& f, Park&) {
  return f(caf::meta::type_name("Park"));
}
template <class I>
typename I::result_type inspect(I& f, AppendTurn& x) {
  return f(caf::meta::type_name("AppendTurn"), x.append);
}
template <class I>
typename I::result_type inspect(I& f, TurnAppended& x) {
  Maybe<Errc> error{x.error};
  return f(caf::meta::type_name("TurnAppended"), error, x.verdict);
}
template <class I>
typename I::result_type inspect(I& f, ClaimContact& x) {
  return f(caf::meta::type_name("ClaimContact"), x.claim);
}
template <class I>
typename I::result_type inspect(I& f, ContactClaimed& x) {
  Maybe<Errc> error{x.error};
  return f(caf::meta::type_name("ContactClaimed"), error, x.claimed);
}
template <class I>
typename I::result_type inspect(I& f, MarkOutbox& x) {
  return f(caf::meta::type_name("MarkOutbox"), x.mark);
}
template <class I>
typename I::result_type inspect(I& f, OutboxMarked& x) {
  Maybe<Errc> error{x.error};
  return f(caf::meta::type_name("OutboxMarked"), error, x.claimed);
}
template <class I>
typename I::result_type inspect(I& f, MoveTimer& x) {
  return f(caf::meta::type_name("MoveTimer"), x.reset);
}
template <class I>
typename I::result_type inspect(I& f, TimerMoved& x) {
  Maybe<Errc> error{x.error};
  return f(caf::meta::type_name("TimerMoved"), error);
}
template <class I>
typename I::result_type inspect(I& f, TimerTick&) {
  return f(caf::meta::type_name("TimerTick"));
}
template <class I>
typename I::result_type inspect(I& f, TimerSettled& x) {
  return f(caf::meta::type_name("TimerSettled"), x.contact);
}
template <class I>
typename I::result_type inspect(I& f, TimerFell& x) {
  return f(caf::meta::type_name("TimerFell"), x.timekeeper, x.timer);
}
template <class I>
typename I::result_type inspect(I& f, TakeTimer& x) {
  return f(caf::meta::type_name("TakeTimer"), x.timekeeper, x.timer, x.message);
}
template <class I>
typename I::result_type inspect(I& f, FindTimers& x) {
  return f(caf::meta::type_name("FindTimers"), x.shards, x.limit);
}
template <class I>
typename I::result_type inspect(I& f, TimersFound& x) {
  Maybe<Errc> error{x.error};
  return f(caf::meta::type_name("TimersFound"), error, x.timers);
}
template <class I>
typename I::result_type inspect(I& f, FindRecords& x) {
  Maybe<KeyedHash> phone{x.phone};
  return f(caf::meta::type_name("FindRecords"), x.tenant, x.kind, x.finder, phone);
}
template <class I>
typename I::result_type inspect(I& f, RecordsFound& x) {
  Maybe<Errc> error{x.error};
  return f(caf::meta::type_name("RecordsFound"), error, x.bodies, x.keys);
}
template <class I>
typename I::result_type inspect(I& f, LeasesTaken& x) {
  return f(caf::meta::type_name("LeasesTaken"), x.unsettled, x.term);
}
template <class I>
typename I::result_type inspect(I& f, TurnInDoubt& x) {
  return f(caf::meta::type_name("TurnInDoubt"), x.tenant);
}
template <class I>
typename I::result_type inspect(I& f, ReadWakes&) {
  return f(caf::meta::type_name("ReadWakes"));
}
template <class I>
typename I::result_type inspect(I& f, LookForPacks&) {
  return f(caf::meta::type_name("LookForPacks"));
}
template <class I>
typename I::result_type inspect(I& f, HoldLeases&) {
  return f(caf::meta::type_name("HoldLeases"));
}
template <class I>
typename I::result_type inspect(I& f, KeepWebhook& x) {
  return f(caf::meta::type_name("KeepWebhook"), x.kept);
}
template <class I>
typename I::result_type inspect(I& f, WebhookKept& x) {
  Maybe<Errc> error{x.error};
  return f(caf::meta::type_name("WebhookKept"), error);
}
template <class I>
typename I::result_type inspect(I& f, FlushBatch& x) {
  return f(caf::meta::type_name("FlushBatch"), x.lingered);
}
template <class I>
typename I::result_type inspect(I& f, WakeConversation& x) {
  return f(caf::meta::type_name("WakeConversation"), x.tenant, x.contact);
}
template <class I>
typename I::result_type inspect(I& f, ConversationWoken& x) {
  Maybe<Errc> error{x.error};
  return f(caf::meta::type_name("ConversationWoken"), error, x.stored);
}
template <class I>
typename I::result_type inspect(I& f, SweepDue& x) {
  Maybe<TimeSpan> replies{x.replies};
  return f(caf::meta::type_name("SweepDue"), x.tenant, replies);
}
template <class I>
typename I::result_type inspect(I& f, DueSwept& x) {
  Maybe<Errc> error{x.error};
  return f(caf::meta::type_name("DueSwept"), error, x.rows, x.more);
}
template <class I>
typename I::result_type inspect(I& f, Released& x) {
  return f(caf::meta::type_name("Released"), x.tenant, x.ref, x.recipient, x.number, x.lane,
           x.not_before, x.expires, x.body, x.has_row);
}
template <class I>
typename I::result_type inspect(I& f, ReleaseOutbox& x) {
  return f(caf::meta::type_name("ReleaseOutbox"), x.messages);
}
template <class I>
typename I::result_type inspect(I& f, SendEnded& x) {
  return f(caf::meta::type_name("SendEnded"), x.ref, x.verdict, x.message, x.error_code);
}
template <class I>
typename I::result_type inspect(I& f, DeliveryProven& x) {
  return f(caf::meta::type_name("DeliveryProven"), x.ref);
}
template <class I>
typename I::result_type inspect(I& f, OutboxTick& x) {
  return f(caf::meta::type_name("OutboxTick"), x.work);
}
template <class I>
typename I::result_type inspect(I& f, SendOut& x) {
  return f(caf::meta::type_name("SendOut"), x.outbox, x.ref, x.number, x.body);
}

}  // namespace mitr
