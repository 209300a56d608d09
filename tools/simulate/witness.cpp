#include "tools/simulate/witness.h"

#include <algorithm>
#include <set>

#include "protocols/limits.h"

namespace mitr::simulate {
namespace {

using whatsapp::SendVerdict;

/// News of a message and the sweep that finds it due may pass each other in slow mailboxes.
constexpr Time kNewsTravels = std::chrono::seconds{6};

/// How far a message got, as a person would say it; a failure may come anywhere up to `sent`.
int rank(OutboxState state) {
  switch (state) {
    case OutboxState::kDue:
      return 0;
    case OutboxState::kClaimed:
      return 1;
    case OutboxState::kUnknown:
      return 2;
    case OutboxState::kSent:
      return 3;
    case OutboxState::kDelivered:
      return 4;
    case OutboxState::kRead:
      return 5;
    case OutboxState::kFailed:
      break;
  }
  return -1;
}

bool goes_back(OutboxState before, OutboxState after) {
  if (after == OutboxState::kFailed) return rank(before) > rank(OutboxState::kSent);
  if (before == OutboxState::kFailed) return rank(after) < rank(OutboxState::kSent);
  return rank(after) < rank(before);
}

/// The row says at least what the status said.
bool shows(OutboxState row, DeliveryState told) {
  switch (told) {
    case DeliveryState::kSent:
      return row == OutboxState::kFailed || rank(row) >= rank(OutboxState::kSent);
    case DeliveryState::kDelivered:
      return rank(row) >= rank(OutboxState::kDelivered);
    case DeliveryState::kRead:
    case DeliveryState::kPlayed:
      return row == OutboxState::kRead;
    case DeliveryState::kFailed:
      return row == OutboxState::kFailed || rank(row) >= rank(OutboxState::kSent);
  }
  return false;
}

std::string place(const OutboxRef& ref) {
  return "#" + std::to_string(ref.seq) + "." + std::to_string(ref.ord);
}

/// Calls `word` with each run of letters.
template <class Visit>
void each_word(const std::string& text, Visit visit) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  for (std::size_t at = 0; at < text.size();) {
    while (at < text.size() && !letter(text[at])) ++at;
    const auto start = at;
    while (at < text.size() && letter(text[at])) ++at;
    if (at > start) visit(text.substr(start, at - start));
  }
}

}  // namespace

Witness::Witness(std::vector<std::shared_ptr<const TenantContext>> tenants) {
  for (auto& tenant : tenants) tenants_.emplace(tenant->id, std::move(tenant));
}

void Witness::broken(const char* invariant, std::string what, const ContactId& contact) {
  if (!breach_) breach_ = Breach{invariant, std::move(what), contact, now_};
}

void Witness::owns(const std::string& mark, const std::string& number,
                   const std::vector<std::string>& addresses) {
  marks_[mark] = number;
  for (const auto& address : addresses) readers_[number + "/" + address] = mark;
}

void Witness::staff(const std::string& number, const std::string& address) {
  staff_.insert(number + "/" + address);
}

// -- the door in ----

void Witness::acknowledged(const Envelope& message) {
  if (!stored_messages_.contains(message.message.reveal()))
    broken("acknowledged_is_stored", "200 for a message that has no turn", {});
}

void Witness::acknowledged(const DeliveryStatus& status, OutboxState row) {
  const auto ref = parse_outbox_ref(status.callback);
  if (ref && !shows(row, status.state))
    broken("acknowledged_is_stored",
           "200 for a status that the row of " + place(*ref) + " does not show", ref->contact);
}

// -- the store ----

void Witness::begins(const std::vector<Append>& appends) {
  // Of two leases the older is fenced.
  std::set<std::pair<ContactId, std::uint32_t>> seen;
  for (const auto& turn : appends) {
    if (!seen.emplace(turn.conversation, turn.epoch).second)
      broken("one_turn_at_a_time", "two turns of one conversation in one commit",
             turn.conversation);
  }
}

void Witness::stored(const SeenTurn& turn) {
  auto& conversation = conversations_[turn.contact];
  see(turn.seq);
  if (turn.seq != conversation.seq + 1)
    broken("gapless",
           "turn #" + std::to_string(turn.seq) + " after #" + std::to_string(conversation.seq),
           turn.contact);
  const auto& message = turn.record.message.reveal();
  if (!message.empty() && !stored_messages_.insert(message).second)
    broken("one_outcome", "a message has a second turn, #" + std::to_string(turn.seq),
           turn.contact);
  check_instruction(turn);
  check_timer(turn, conversation);
  check_decision(turn, conversation);
  for (const auto& event : turn.record.events) apply(conversation.state, event);
  if (turn.record.snapshot && *turn.record.snapshot != conversation.state)
    broken(
        "fold_is_state",
        "the snapshot of #" + std::to_string(turn.seq) + " is not the fold of the turns up to it",
        turn.contact);
  conversation.seq = turn.seq;
  conversation.doubted = !turn.told;
  for (const auto& ref : turn.leaving) {
    Leaving leaving;
    leaving.tenant = turn.tenant;
    leaving.in_doubt = !turn.told;
    leaving.era = era_;
    leaving_.emplace(ref, leaving);
  }
  count(turn);
}

void Witness::count(const SeenTurn& turn) {
  ++counts_.turns;
  for (const auto& event : turn.record.events) {
    counts_.started += std::holds_alternative<FlowStarted>(event);
    counts_.completed += std::holds_alternative<FlowCompleted>(event);
    counts_.cancelled += std::holds_alternative<FlowCancelled>(event);
    counts_.lapsed += std::holds_alternative<FlowLapsed>(event);
  }
}

void Witness::check_instruction(const SeenTurn& turn) {
  const auto* human = std::get_if<HumanMessage>(&turn.record.input);
  if (human == nullptr) return;
  ++counts_.instructed;
  if (!carried_out_.emplace(turn.tenant, human->text.reveal()).second)
    broken("one_outcome", "an instruction made a second turn, #" + std::to_string(turn.seq),
           turn.contact);
}

void Witness::check_timer(const SeenTurn& turn, Conversation& conversation) {
  if (!std::holds_alternative<TimerFired>(turn.record.input)) return;
  ++counts_.timer_turns;
  const auto wanted = conversation.state.wake_at;
  if (wanted == 0 || turn.record.decided_at < wanted)
    broken("timer_once",
           "a timer made turn #" + std::to_string(turn.seq) + " though none was wanted by then",
           turn.contact);
  else if (!conversation.fired.insert(wanted).second)
    broken("timer_once", "the timer of one moment made a second turn, #" + std::to_string(turn.seq),
           turn.contact);
}

void Witness::check_decision(const SeenTurn& turn, const Conversation& conversation) {
  const auto tenant = tenants_.find(turn.tenant);
  if (tenant == tenants_.end() || !tenant->second->packs)
    return broken("isolation", "a turn of a tenant that has no conversations", turn.contact);
  const auto& context = *tenant->second;
  const auto at = std::chrono::sys_seconds{std::chrono::seconds{turn.record.decided_at}};
  const auto again = step(*context.packs->for_turn(conversation.state), context.dialogue(),
                          conversation.state, turn.record.input, context.zone.moment(at));
  if (again.events != turn.record.events || again.reply != turn.record.reply)
    broken("decided_on_state",
           "turn #" + std::to_string(turn.seq) + " is not what follows from the turns before it",
           turn.contact);
}

void Witness::fenced(const Append& turn, bool stale_epoch) {
  ++counts_.fenced;
  if (stale_epoch || conversations_[turn.conversation].doubted) return;
  broken("fence_has_reason",
         "turn #" + std::to_string(turn.seq) + " was fenced, and nothing had made its state stale",
         turn.conversation);
}

void Witness::doubted(const Append& turn) {
  conversations_[turn.conversation].doubted = true;
}

void Witness::moved(const OutboxRef& ref, OutboxState before, OutboxState after) {
  if (goes_back(before, after)) broken("status_forward", place(ref) + " moved back", ref.contact);
  see(static_cast<std::uint64_t>(after) + 100);
  if (auto at = leaving_.find(ref); at != leaving_.end()) {
    at->second.state = after;
    at->second.moved = now_;
  }
}

// -- the door out ----

void Witness::posted(const Posted& post) {
  ++counts_.posts;
  see(post.ref.seq * 16 + post.ref.ord);
  const auto at = leaving_.find(post.ref);
  if (at == leaving_.end())
    return broken("committed_before_sent", place(post.ref) + " left, and its turn is not stored",
                  post.ref.contact);
  const auto line = post.number + "/" + post.to;
  if (!under_way_.emplace(line, post.ref).second)
    broken("one_send_at_a_time",
           place(post.ref) + " left before " + place(under_way_[line]) +
               " to the same person was answered",
           post.ref.contact);
  addresses_[post.ref] = line;
  auto& leaving = at->second;
  auto& conversation = conversations_[post.ref.contact];
  check_readers(post);
  if (leaving.posted) check_again(post.ref, leaving, conversation);
  if (post.ref.ord == 0) {
    check_order(post.ref, leaving, conversation);
    conversation.last_said = post.ref;
  }
  leaving.posted = true;
  leaving.open = true;
  leaving.life = life_;
}

void Witness::check_again(const OutboxRef& ref, Leaving& leaving,
                          const Conversation& conversation) {
  const bool refused = !leaving.open && leaving.verdict == SendVerdict::kRetryLater;
  if (refused) return;
  const bool reply = ref.ord == 0;
  if (!reply)
    return broken("one_reply", "the notice " + place(ref) + " left again, and it may have left",
                  ref.contact);
  ++counts_.doubles;
  if (leaving.life != life_) {
    // After a crash, as long as nothing is known of the first.
    if (leaving.state != OutboxState::kDue && leaving.moved + kNewsTravels <= now_)
      broken("one_reply", place(ref) + " left again after a crash, and its fate was known",
             ref.contact);
    return;
  }
  const bool unheard = !leaving.open && leaving.verdict == SendVerdict::kUnknown &&
                       rank(leaving.state) <= rank(OutboxState::kUnknown) &&
                       leaving.state != OutboxState::kFailed;
  const bool waited = leaving.ended + limits::kUnknownPatience <= now_;
  if (!unheard || !waited || leaving.tried_twice || conversation.last_said != ref)
    broken("one_reply", place(ref) + " left again, and nothing excuses it", ref.contact);
  leaving.tried_twice = true;
}

void Witness::check_order(const OutboxRef& ref, const Leaving& leaving,
                          Conversation& conversation) {
  // What was found by a sweep comes when it is found.
  if (leaving.posted || leaving.in_doubt || leaving.era != era_) return;
  if (conversation.fresh_era == era_ && ref.seq <= conversation.last_fresh)
    broken("reply_order", place(ref) + " left after #" + std::to_string(conversation.last_fresh),
           ref.contact);
  conversation.last_fresh = ref.seq;
  conversation.fresh_era = era_;
}

void Witness::check_readers(const Posted& post) {
  const auto line = post.number + "/" + post.to;
  const auto reader = readers_.find(line);
  const bool office = staff_.contains(line);
  if (reader == readers_.end() && !office)
    return broken("isolation", place(post.ref) + " goes to a stranger", post.ref.contact);
  each_word(post.text, [&](const std::string& word) {
    const auto number = marks_.find(word);
    if (number == marks_.end()) return;
    const bool own = reader != readers_.end() && reader->second == word;
    if (number->second != post.number || (!own && !office))
      broken("isolation", place(post.ref) + " tells of somebody else", post.ref.contact);
  });
}

void Witness::answered(const OutboxRef& ref, SendVerdict verdict) {
  see(static_cast<std::uint64_t>(verdict) + 200);
  if (auto line = addresses_.find(ref); line != addresses_.end()) {
    under_way_.erase(line->second);
    addresses_.erase(line);
  }
  auto at = leaving_.find(ref);
  if (at == leaving_.end()) return;
  at->second.open = false;
  at->second.verdict = verdict;
  at->second.ended = now_;
}

// -- the node ----

void Witness::parked(const ConversationParked& record) {
  if (record.refused) return;
  const auto at = conversations_.find(record.contact);
  const auto known = at == conversations_.end() ? 0 : at->second.seq;
  const bool doubted = at != conversations_.end() && at->second.doubted;
  if (record.last_seq < known && doubted) return;
  if (record.last_seq != known)
    return broken("fold_is_state",
                  "a conversation parks at #" + std::to_string(record.last_seq) +
                      ", the store is at #" + std::to_string(known),
                  record.contact);
  const auto state =
      record.state.empty() ? Result<DialogueState>(DialogueState{}) : decode_state(record.state);
  if (!state || *state != (known == 0 ? DialogueState{} : at->second.state))
    broken("fold_is_state", "the state that parks is not the fold of the turns", record.contact);
}

void Witness::life_ended() {
  ++life_;
  ++era_;
  see(life_);
  under_way_.clear();
  addresses_.clear();
}

void Witness::at_rest(const Rest& rest) {
  const auto none = [this](std::uint64_t count, const char* what) {
    if (count > 0) broken("quiet", std::to_string(count) + what, {});
  };
  none(rest.turns_in_hand, " turns in hand when all is quiet");
  none(rest.outbox_in_hand, " messages in the outbox when all is quiet");
  none(rest.conversations_live, " conversations live when all is quiet");
  none(rest.webhooks_open, " webhooks unanswered when all is quiet");
  for (const auto& message : said_) {
    if (!stored_messages_.contains(message)) broken("quiet", "a message has no turn", {});
  }
  for (const auto& told : instructed_) {
    if (!carried_out_.contains(told)) broken("quiet", "an instruction was not carried out", {});
  }
  for (const auto& [ref, leaving] : leaving_) {
    if (rank(leaving.state) == 0 || rank(leaving.state) == 1)
      broken("quiet", place(ref) + " never left, or nobody noted that it did", ref.contact);
  }
}

}  // namespace mitr::simulate
