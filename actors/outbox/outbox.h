// Lets committed messages leave, in order per recipient and paced per number, and notes in the
// store how far each got. A row is in the store before it comes here: if this actor forgets, the
// sweep finds the row again.
#pragma once

#include <atomic>
#include <memory>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "actors/messages.h"
#include "actors/metrics/metrics.h"
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
  WallClock clock;
  std::shared_ptr<Metrics> metrics;
  /// Messages here whose end the store does not know yet; a draining node waits for zero.
  /// Releases sent to this actor and not taken yet; who releases adds before the turn is settled.
  std::shared_ptr<std::atomic<std::size_t>> in_transit =
      std::make_shared<std::atomic<std::size_t>>(0);
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
  struct Tenant {
    std::shared_ptr<const TenantContext> context;
    JournalActor journal;
    BlindIndex index;
  };

  void released(ReleaseOutbox& release);
  void ended(SendEnded& answer);
  void proven(const OutboxRef& ref);
  void tell(const JournalActor& journal, const OutboxMark& news);
  void tick(bool sweep);
  void pump();
  void count();
  void sweep();
  void swept(const DueSwept& found);
  void mark(const Released& message, OutboxState state, const Personal& provider_id,
            int error_code);

  OutboxParts parts_;
  std::unordered_map<TenantId, Tenant> tenants_;
  OutboxQueue queue_;
  /// Left, and the store does not know yet: a sweep must not find them anew.
  std::unordered_map<OutboxRef, OutboxMark> marking_;
  std::chrono::sys_seconds started_at_;
  bool tick_pending_ = false;
};

}  // namespace mitr
