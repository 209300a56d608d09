// Sees everything that crosses the edges of the node, and holds it against what Mitr promises. It
// knows nothing of actors: values in, the first breach out.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "actors/messages.h"
#include "actors/tenant/tenant_context.h"
#include "nlu/dialogue/turn_record.h"
#include "tools/simulate/chance.h"

namespace mitr::simulate {

/// A promise that was broken. docs/SIMULATION.md lists the invariants by name.
struct Breach {
  std::string invariant;
  std::string what;
  ContactId contact;  ///< Nil: of no single conversation.
  Time at{0};
};

/// A turn as it stands in the store, opened.
struct SeenTurn {
  TenantId tenant;
  ContactId contact;
  std::uint64_t seq = 0;
  TurnRecord record;
  std::vector<OutboxRef> leaving;  ///< What it wants sent; place 0 is the reply.
  bool told = true;                ///< The writer hears that it is stored.
};

/// A message as it reaches the provider.
struct Posted {
  OutboxRef ref;
  std::string number;
  std::string to;
  std::string text;
};

/// What is left when nothing moves any more.
struct Rest {
  std::uint64_t turns_in_hand = 0;
  std::uint64_t outbox_in_hand = 0;
  std::uint64_t conversations_live = 0;
  std::uint64_t webhooks_open = 0;
};

struct Counts {
  std::uint64_t turns = 0;
  std::uint64_t started = 0;  ///< Matters begun, and each way they end.
  std::uint64_t completed = 0;
  std::uint64_t cancelled = 0;
  std::uint64_t lapsed = 0;
  std::uint64_t timer_turns = 0;
  std::uint64_t instructed = 0;  ///< Turns in which somebody of the business spoke.
  std::uint64_t posts = 0;
  std::uint64_t doubles = 0;  ///< Replies that left twice, as documented.
  std::uint64_t repeats = 0;  ///< Messages that came again and changed nothing.
  std::uint64_t fenced = 0;
  std::uint64_t ended() const { return completed + cancelled + lapsed; }
};

class Witness {
 public:
  explicit Witness(std::vector<std::shared_ptr<const TenantContext>> tenants);

  void set_now(Time now) { now_ = now; }
  /// The word `mark` is of someone who writes to `number`: only they and its staff may read it.
  void owns(const std::string& mark, const std::string& number,
            const std::vector<std::string>& addresses);
  void staff(const std::string& number, const std::string& address);

  // -- the door in ----
  void said(const Personal& message) { said_.push_back(message.reveal()); }
  void acknowledged(const Envelope& message);
  /// `row`: where the store has the message that the status is about.
  void acknowledged(const DeliveryStatus& status, OutboxState row);

  /// Somebody of the business wants this said.
  void instructed(const TenantId& tenant, std::string words) {
    instructed_.emplace_back(tenant, std::move(words));
  }

  // -- the store ----
  void begins(const std::vector<Append>& appends);
  void stored(const SeenTurn& turn);
  void repeated() { ++counts_.repeats; }
  /// `stale_epoch`: the lease had changed hands.
  void fenced(const Append& turn, bool stale_epoch);
  /// The writer was told that nothing is known; it may be written yet.
  void doubted(const Append& turn);
  void moved(const OutboxRef& ref, OutboxState before, OutboxState after);

  // -- the door out ----
  void posted(const Posted& post);
  void answered(const OutboxRef& ref, whatsapp::SendVerdict verdict);

  // -- the node ----
  void parked(const ConversationParked& record);
  void life_ended();
  /// Another node held the leases for a while: what had not left is looked for in the store.
  void leases_lost() { ++era_; }
  void at_rest(const Rest& rest);

  const std::optional<Breach>& breach() const { return breach_; }
  const Counts& counts() const { return counts_; }
  /// One number for everything seen so far, in order.
  std::uint64_t fingerprint() const { return fingerprint_; }
  void see(std::uint64_t value) {
    fingerprint_ = (fingerprint_ ^ value) * 0x100000001B3ULL;  // FNV-1a, a word at a time
  }

 private:
  struct Conversation {
    std::uint64_t seq = 0;
    DialogueState state;
    std::unordered_set<std::int64_t> fired;  ///< Moments whose timer made a turn.
    bool doubted = false;  ///< A write nobody could vouch for; until a turn is stored and told.
    std::uint64_t last_fresh = 0;  ///< Seq of the last reply that left for the first time.
    std::uint64_t fresh_era = 0;
    OutboxRef last_said;
  };
  struct Leaving {
    TenantId tenant;
    bool in_doubt = false;
    std::uint64_t era = 0;   ///< In which its turn was stored.
    std::uint64_t life = 0;  ///< In which it was last posted.
    bool posted = false;
    bool open = false;  ///< Posted and not answered.
    whatsapp::SendVerdict verdict = whatsapp::SendVerdict::kUnknown;
    Time ended{0};
    bool tried_twice = false;
    OutboxState state = OutboxState::kDue;
    Time moved{0};  ///< When that was written.
  };
  void broken(const char* invariant, std::string what, const ContactId& contact);
  void count(const SeenTurn& turn);
  void check_decision(const SeenTurn& turn, const Conversation& conversation);
  void check_instruction(const SeenTurn& turn);
  void check_timer(const SeenTurn& turn, Conversation& conversation);
  void check_again(const OutboxRef& ref, Leaving& leaving, const Conversation& conversation);
  void check_order(const OutboxRef& ref, const Leaving& leaving, Conversation& conversation);
  void check_readers(const Posted& post);

  std::map<TenantId, std::shared_ptr<const TenantContext>> tenants_;
  Time now_{0};
  std::uint64_t life_ = 1;  ///< Of the node.
  std::uint64_t era_ = 1;   ///< In which the node has led without a break.
  std::vector<std::string> said_;
  std::vector<std::pair<TenantId, std::string>> instructed_;
  std::set<std::pair<TenantId, std::string>> carried_out_;
  std::unordered_set<std::string> stored_messages_;
  std::unordered_map<ContactId, Conversation> conversations_;
  std::map<OutboxRef, Leaving> leaving_;
  std::unordered_map<std::string, OutboxRef> under_way_;  ///< By number and address.
  std::unordered_map<OutboxRef, std::string> addresses_;  ///< Of those under way.
  std::unordered_map<std::string, std::string> marks_;    ///< To the number they are written to.
  std::unordered_map<std::string, std::string> readers_;  ///< By number and address: their mark.
  std::unordered_set<std::string> staff_;
  std::optional<Breach> breach_;
  Counts counts_;
  std::uint64_t fingerprint_ = 0xCBF29CE484222325ULL;
};

}  // namespace mitr::simulate
