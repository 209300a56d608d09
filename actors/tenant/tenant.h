// One business: finds the contact behind a message, keeps one conversation actor per contact with
// something in hand, parks the idle ones and supervises the rest. It never reads what anyone wrote.
#pragma once

#include <chrono>
#include <memory>
#include <unordered_map>
#include <vector>

#include "actors/conversation/conversation.h"
#include "actors/leases/holding.h"
#include "actors/messages.h"
#include "actors/metrics/metrics.h"
#include "actors/tenant/contact_book.h"
#include "actors/tenant/tenant_context.h"
#include "actors/wall_clock.h"
#include "persistence/crypto/blind_index.h"

namespace mitr {

struct TenantParts {
  std::shared_ptr<const TenantContext> context;
  JournalActor journal;
  ArchiveActor archive;
  std::shared_ptr<const Holding> holding;
  OutboxActor outbox;
  std::shared_ptr<std::atomic<std::size_t>> releases_in_transit;  ///< See OutboxParts::in_transit.
  WallClock clock;
  std::shared_ptr<Metrics> metrics;
  std::chrono::milliseconds park_after{0};
};

class Tenant : public TenantActor::base {
 public:
  Tenant(caf::actor_config& config, TenantParts parts);
  behavior_type make_behavior() override;
  const char* name() const override { return "mitr.tenant"; }
  /// Lets go of everyone: a conversation knows its tenant, and the two would keep each other alive.
  void on_exit() override;

 private:
  struct Waiting {
    GatewayActor gateway;
    std::uint64_t request = 0;
    Envelope envelope;
  };

  // -- who wrote: tenant_identity.cpp ----
  std::vector<Alias> names_of(const std::string& number, const Personal& bsuid,
                              const Personal& phone) const;
  void add_side_names(std::vector<Alias>& names, const std::string& number,
                      const Personal& parent_bsuid, const Personal& username) const;
  void receive(Inbound& inbound);
  void claim(const std::vector<Alias>& names, Inbound& inbound);
  void claimed(const std::vector<Alias>& names, ContactClaimed& answer);
  void claim_anew(std::vector<Waiting>& waiting);
  /// The contact of a claim, ready to take turns; null if the claim failed.
  Contact* learn_claimed(const ContactClaimed& answer);
  void keep_owned_names(Envelope& envelope, const std::vector<KeyedHash>& owned) const;
  void identity_told(IdentityTold& told);
  void identity_changed(const IdentityTold& told, const ContactClaimed& answer);

  // -- conversations ----
  void deliver(Contact& contact, TakeTurn turn);
  /// The contact's live conversation, made if need be; null if its shard is not ours.
  LiveConversation* live(Contact& contact);
  LiveConversation& spawn_conversation(Contact& contact, std::uint32_t epoch);
  /// Takes the contact's record for its next actor; false: it is not to be read.
  bool unpark(Contact& contact, ConversationStart& start);
  void park(Contact& contact, const ParkedRecord& record);
  void went_quiet(const Contact& contact, const LiveConversation& conversation);
  void timer_fell(const TimerFell& fell);
  void instruction_found(const InstructionFound& found);
  /// The conversation of somebody of whom only the id is known; null: it cannot take anything now.
  LiveConversation* live_by_id(const ContactId& contact);
  /// Nothing in memory is to be trusted any more: the next conversation wakes from the journal.
  void let_go(Contact& contact);
  /// The same, and what waited goes to the next conversation.
  void wake_anew(Contact& contact);
  void report(const DeliveryNews& news);
  void tick();
  void conversation_parked(ConversationParked& record);
  void conversation_lost(const ConversationLost& lost);
  /// Keeps nothing of a contact that was erased, the key least of all.
  void forget(const ForgetContact& erased);
  void conversation_down(const caf::down_msg& down);
  void settle(const GatewayActor& gateway, std::uint64_t request, Settlement settlement);

  TenantParts parts_;
  BlindIndex index_;
  ContactBook book_;
  std::unordered_map<KeyedHash, std::vector<Waiting>> claiming_;  ///< By first alias.
  std::uint64_t incarnations_ = 0;  ///< Actors that this tenant's contacts have had.
  std::uint32_t tick_ = 0;
  bool ticking_ = false;
};

}  // namespace mitr
