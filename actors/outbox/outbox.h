// Lets committed messages leave, in order per recipient and paced per number, and notes in the
// store how far each got. A message is in the store before it comes here: if this actor forgets, a
// sweep finds it again. A reply may leave twice after a crash; what costs money or moves it is
// claimed in the store before it leaves, and never posted on a doubt.
#pragma once

#include <atomic>
#include <memory>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "actors/leases/holding.h"
#include "actors/messages.h"
#include "actors/metrics/metrics.h"
#include "actors/outbox/hold.h"
#include "actors/outbox/open_replies.h"
#include "actors/outbox/queue.h"
#include "actors/tenant/tenant_context.h"
#include "actors/wall_clock.h"
#include "persistence/crypto/blind_index.h"

namespace mitr {

struct OutboxParts {
  struct Tenant {
    std::shared_ptr<const TenantContext> context;
    JournalActor journal;
  };
  std::vector<Tenant> tenants;
  ArchiveActor archive;
  SenderActor sender;
  std::shared_ptr<Holding> holding;
  WallClock clock;
  std::shared_ptr<Metrics> metrics;
  /// Releases sent to this actor and not taken yet; who releases adds before the turn is settled.
  std::shared_ptr<std::atomic<std::size_t>> in_transit =
      std::make_shared<std::atomic<std::size_t>>(0);
  /// Messages here whose end the store does not know yet; a draining node waits for zero.
  std::shared_ptr<std::atomic<std::size_t>> in_hand = std::make_shared<std::atomic<std::size_t>>(0);
};

class Outbox : public OutboxActor::base {
 public:
  Outbox(caf::actor_config& config, OutboxParts parts);
  behavior_type make_behavior() override;
  const char* name() const override { return "mitr.outbox"; }
  /// Lets go of everyone: a pending tick keeps this object alive for a while.
  void on_exit() override;

 private:
  using Time = OpenReplies::Time;
  struct Tenant {
    std::shared_ptr<const TenantContext> context;
    JournalActor journal;
    BlindIndex index;
  };
  /// A reply whose send was not answered, and when it is sent once more.
  struct SecondTry {
    Released message;
    Time at;
  };

  void released(ReleaseOutbox& release);
  /// `age`: how long ago it was committed; that long its fate has been open.
  bool take(Released message, std::chrono::seconds age = {});
  void pump();
  /// Asks the store for the right to post a message that must not leave twice.
  void claim(Released& message);
  /// Why a message must wait; it waits in the store, and a sweep finds it.
  Hold held(const Released& message) const;
  void claimed(Released& message, const OutboxMarked& answer);
  void send_out(Released& message);
  void ended(SendEnded& answer);
  void unanswered(const Released& message);
  void proven(const OutboxRef& ref);
  void mark(const Released& message, OutboxState state, const Personal& provider_id,
            int error_code);
  void tell(const JournalActor& journal, const OutboxMark& news);
  void tick(OutboxTick::Work work);
  void pace();
  void try_again();
  void count();

  // -- what an earlier life, or a lost message, left in the store ----
  /// Another may have spoken since: what waits here is forgotten and looked for in the store.
  void take_over(const LeasesTaken& taken);
  bool leads() { return parts_.holding->whole(clock().now()) && parts_.holding->term() == term_; }
  /// What a sweep now under way may still show as open.
  void note_settled(const OutboxRef& ref);
  void look_for(const TimeSpan& replies, std::chrono::milliseconds after);
  void sweep_some();
  void sweep_all();
  void sweep_all_later(std::chrono::milliseconds after);
  void all_swept();
  void sweep(const TenantId& tenant, bool whole);
  void swept(const DueSwept& found);
  /// True unless the row may still be on its way here.
  bool settle_found(const DueRow& due);
  bool adopt(const DueRow& due, const Tenant& tenant);
  /// None: its key was destroyed, or it was tampered with.
  static std::optional<Released> opened(const DueRow& due, const Tenant& tenant);

  OutboxParts parts_;
  std::unordered_map<TenantId, Tenant> tenants_;
  OutboxQueue queue_;
  OpenReplies open_;
  /// Left, and the store does not know yet: a sweep must not find them anew.
  std::unordered_map<OutboxRef, OutboxMark> marking_;
  std::unordered_set<OutboxRef> claimed_;  ///< Ours to post, until the provider has them.
  std::unordered_map<ContactId, SecondTry> second_tries_;  ///< By recipient.
  std::unordered_set<OutboxRef> tried_twice_;
  std::unordered_set<OutboxRef> proven_;  ///< In flight, and a status has told of them.
  std::chrono::sys_seconds started_at_;
  std::uint64_t term_ = 0;  ///< The last one this actor has heard of.
  /// Replies committed in this time may be unknown to memory; none: all are known.
  std::optional<TimeSpan> look_for_;
  Time look_until_{};               ///< Only a sweep of all that asks from then on has seen them.
  Time asked_at_{};                 ///< When the sweep of all in hand began.
  std::size_t sweeps_in_hand_ = 0;  ///< Tenants a sweep of all has not heard of.
  std::size_t sweeps_out_ = 0;      ///< Answers to come, of any sweep.
  std::unordered_set<OutboxRef> settled_meanwhile_;
  bool all_found_ = true;  ///< Of the sweep of all in hand: nothing was left out.
  bool sweep_all_pending_ = false;
  std::size_t next_swept_ = 0;
  bool tick_pending_ = false;
};

}  // namespace mitr
