// The rules of the in-memory store. Every one has its twin in postgres/; contract tests hold both.
#include "persistence/memory/state.h"

#include <algorithm>
#include <utility>

#include "persistence/outbox_rank.h"

namespace mitr {

using namespace memory;

AppendVerdict MemoryStore::State::append(const Append& turn) {
  Shelf& shelf = shelves[turn.tenant];
  if (shelf.messages.contains(turn.message)) return AppendVerdict::kDuplicate;
  if (shelf.erased.contains(turn.conversation)) return AppendVerdict::kFenced;
  const auto place = std::pair(turn.conversation, turn.seq);
  if (shelf.journal.contains(place)) return AppendVerdict::kFenced;
  if (turn.epoch != 0 && turn.epoch != leases[shard_of(turn.conversation)].epoch)
    return AppendVerdict::kFenced;
  const auto now = clock();
  shelf.messages.insert(turn.message);
  shelf.journal[place] =
      Turn{turn.message, {turn.conversation, turn.seq, turn.snapshot, now, turn.body}};
  for (const auto& row : turn.outbox) {
    shelf.outbox.emplace(row.ref, Outgoing{{row, OutboxState::kDue, 0, std::nullopt}, now, false});
  }
  if (turn.reply) {
    const OutboxRef ref{turn.conversation, turn.seq, 0};
    OutboxRow row{ref, turn.conversation,   turn.reply->number, Lane::kReply,
                  now, turn.reply->expires, turn.reply->body};
    shelf.outbox.emplace(ref,
                         Outgoing{{std::move(row), OutboxState::kDue, 0, std::nullopt}, now, true});
  }
  if (turn.timer && turn.timer->at) shelf.timers[turn.conversation] = *turn.timer;
  if (turn.timer && !turn.timer->at) shelf.timers.erase(turn.conversation);
  auto contact = shelf.contacts.find(turn.conversation);
  if (turn.details && contact != shelf.contacts.end()) {
    contact->second.details = *turn.details;
    const auto phone = turn.phone ? shelf.aliases.find(*turn.phone) : shelf.aliases.end();
    // Decided before another got the phone: the details are new, and wrong already.
    contact->second.phone_lost =
        phone != shelf.aliases.end() &&
        (phone->second.contact != turn.conversation || phone->second.until.has_value());
  }
  for (const auto& request : turn.requests) {
    shelf.requests.emplace(request.id, Filed{{request, turn.conversation, now, {}}, ++arrivals});
  }
  return AppendVerdict::kCommitted;
}

ClaimedContact MemoryStore::State::claim(const Claim& claim) {
  Shelf& shelf = shelves[claim.tenant];
  const auto moves = identity_moves(shelf.aliases, claim, shelf.kin);
  if (moves.contact.is_nil()) return {};
  std::uint8_t withdrawn = 0;
  if (moves.created) {
    for (const auto& name : claim.aliases) {
      const auto erased = shelf.erased_names.find(name.hash);
      if (erased == shelf.erased_names.end()) continue;
      if (claim.told <= erased->second.at) return {};
      withdrawn |= erased->second.withdrawn;
    }
    shelf.contacts[moves.contact] = Contact{claim.wrapped_key, claim.details, false, withdrawn};
  }
  for (const auto& [hash, standing] : moves.rows) shelf.aliases[hash] = standing;
  for (const auto& row : moves.kin) {
    const bool noted = std::any_of(shelf.kin.begin(), shelf.kin.end(), [&](const auto& known) {
      // Of two who are known to be one, that a phone passed says no more.
      const bool said = known.reason == row.reason || known.reason <= LineageReason::kSameParent;
      return known.later == row.later && known.earlier == row.earlier && said;
    });
    if (!noted) shelf.kin.push_back(row);
  }
  if (moves.loser && moves.loser_is_phoneless) shelf.contacts[*moves.loser].phone_lost = true;
  if (moves.created && !moves.owns_phone) shelf.contacts[moves.contact].phone_lost = true;
  const Contact& kept = shelf.contacts[moves.contact];
  return {moves.contact,
          moves.created,
          kept.wrapped_key,
          kept.details,
          shelf.last_seq(moves.contact),
          moves.owns_bsuid,
          moves.owns_phone,
          moves.loser,
          withdrawn};
}

bool MemoryStore::State::mark(const OutboxMark& mark) {
  Shelf& shelf = shelves[mark.tenant];
  std::optional<OutboxRef> ref = mark.ref;
  if (!ref && mark.provider) {
    auto known = shelf.providers.find(*mark.provider);
    if (known != shelf.providers.end()) ref = known->second;
  }
  if (!ref) return false;
  auto row = shelf.outbox.find(*ref);
  if (row == shelf.outbox.end()) return false;
  row->second.unanswered = false;
  KeptOutbox& kept = row->second.kept;
  if (mark.provider && !kept.provider) {
    kept.provider = mark.provider;
    shelf.providers.emplace(*mark.provider, *ref);
  }
  if (!moves_forward(kept.state, mark.state)) return false;
  kept.state = mark.state;
  kept.error_code = mark.state == OutboxState::kFailed ? mark.error_code : 0;
  return true;
}

void MemoryStore::State::reset(const TimerReset& reset) {
  auto& timers = shelves[reset.tenant].timers;
  auto timer = timers.find(reset.contact);
  if (timer == timers.end() || timer->second.at != reset.was) return;
  if (reset.at) {
    timer->second.at = reset.at;
  } else {
    timers.erase(timer);
  }
}

Status MemoryStore::State::erase(const TenantId& tenant, const Erasure& erasure) {
  Shelf& shelf = shelves[tenant];
  const ContactId who = erasure.contact;
  if (shelf.erased.contains(who)) return Done{};
  if (!shelf.contacts.contains(who)) return Error{Errc::kNotFound, "no such contact"};
  if (shelf.last_seq(who) != erasure.last_seq)
    return Error{Errc::kFenced, "the conversation went on meanwhile"};
  shelf.erased.insert(who);
  erasures.push_back({erasures.size() + 1, tenant, who});
  shelf.contacts.erase(who);
  for (const auto& [hash, standing] : shelf.aliases) {
    if (standing.contact != who || standing.kind == AliasKind::kUsername) continue;
    const auto stops = standing.until ? std::uint8_t{0} : erasure.withdrawn;
    shelf.erased_names[hash] = ErasedName{clock(), stops};
  }
  std::erase_if(shelf.aliases, [&](const auto& alias) { return alias.second.contact == who; });
  std::erase_if(shelf.kin, [&](const auto& row) { return row.later == who || row.earlier == who; });
  // Which messages had their outcome stays known.
  std::erase_if(shelf.journal, [&](const auto& turn) { return turn.first.first == who; });
  std::erase_if(shelf.reviews, [&](const auto& review) { return review.first.contact == who; });
  std::erase_if(shelf.instructions,
                [&](const auto& each) { return each.second.row.contact == who; });
  std::erase_if(shelf.requests,
                [&](const auto& each) { return each.second.request.contact == who; });
  std::erase_if(shelf.outbox, [&](const auto& each) {
    return each.first.contact == who || each.second.kept.row.recipient == who;
  });
  std::erase_if(shelf.providers, [&](const auto& each) { return each.second.contact == who; });
  shelf.timers.erase(who);
  return Done{};
}

BatchAnswer MemoryStore::State::apply(const Batch& batch) {
  BatchAnswer answer;
  for (const auto& turn : batch.appends) answer.appends.push_back(append(turn));
  // Claims first: their post comes before its news. A mark that names its row may bring the hash by
  // which another mark of the same batch finds it.
  answer.claimed.resize(batch.marks.size());
  const auto is_claim = [](const OutboxMark& news) {
    return news.ref && news.state == OutboxState::kClaimed;
  };
  for (std::size_t i = 0; i < batch.marks.size(); ++i) {
    if (is_claim(batch.marks[i])) answer.claimed[i] = mark(batch.marks[i]);
  }
  for (const auto& news : batch.marks) {
    if (news.ref && !is_claim(news)) mark(news);
  }
  for (const auto& news : batch.marks) {
    if (!news.ref) mark(news);
  }
  for (const auto& timer : batch.timers) reset(timer);
  for (const auto& name : batch.done) shelves[name.tenant].instructions.erase(name.id);
  for (const auto& wish : batch.claims) answer.claims.push_back(claim(wish));
  for (const auto& webhook : batch.kept) shelves[webhook.tenant].kept.push_back(webhook);
  for (const auto& [tenant, news] : batch.standings) {
    auto& known = shelves[tenant].standings;
    const auto place = std::array{news.account, news.subject, news.name, news.aspect};
    const auto standing = known.find(place);
    if (standing == known.end() || standing->second.told <= news.told) known[place] = news;
  }
  ++commits;
  return answer;
}

}  // namespace mitr
