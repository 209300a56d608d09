#include "actors/engine.h"

#include <caf/all.hpp>

#include "actors/gateway/gateway.h"
#include "actors/instructions/instruction_keeper.h"
#include "actors/journal/archive.h"
#include "actors/journal/journal.h"
#include "actors/leases/keeper.h"
#include "actors/outbox/outbox.h"
#include "actors/packs/pack_watch.h"
#include "actors/sender/sender.h"
#include "actors/tenant/tenant.h"
#include "actors/timers/timekeeper.h"

namespace mitr {
namespace {

/// Messages one actor handles before it lets another run: long enough to amortise the switch, short
/// enough to be fair.
constexpr std::size_t kThroughputMax = 100;

template <class Actor, class Handle, class... Args>
Handle spawn_blocking(caf::actor_system& system, bool detached, Args&&... args) {
  if (detached) return system.spawn<Actor, caf::detached>(std::forward<Args>(args)...);
  return system.spawn<Actor>(std::forward<Args>(args)...);
}

}  // namespace

EngineConfig::EngineConfig(std::size_t workers) {
  add_message_types<caf::id_block::mitr>();
  set("scheduler.policy", caf::atom("sharing"));
  set("scheduler.max-threads", workers);
  set("scheduler.max-throughput", kThroughputMax);
}

Engine::Engine(caf::actor_system& system, EngineParts parts) : parts_(std::move(parts)) {
  spawn_store_side(system);
  spawn_tenants(system);
  spawn_pack_watch(system);
}

Engine::~Engine() {
  stop();
}

const JournalActor& Engine::journal_of(const TenantId& tenant) const {
  // By hash: a batch then holds few tenants, and each tenant group in a batch costs the store 8-17
  // us.
  return journals_[std::hash<TenantId>{}(tenant) % journals_.size()];
}

void Engine::spawn_store_side(caf::actor_system& system) {
  for (std::size_t i = 0; i < std::max<std::size_t>(parts_.writers, 1); ++i) {
    journals_.push_back(spawn_blocking<Journal, JournalActor>(
        system, parts_.detached, parts_.store->writer(), parts_.metrics));
  }
  archive_ = spawn_blocking<Archive, ArchiveActor>(system, parts_.detached, parts_.store->reader(),
                                                   parts_.clock);
  sender_ = system.spawn<Sender>(parts_.courier);
  OutboxParts outbox{{}, archive_, sender_, holding_, parts_.clock, parts_.metrics};
  outbox_in_hand_ = outbox.in_hand;
  releases_in_transit_ = outbox.in_transit;
  for (const auto& tenant : parts_.tenants)
    outbox.tenants.push_back({tenant, journal_of(tenant->id)});
  outbox_ = system.spawn<Outbox>(std::move(outbox));
  lease_keeper_ = spawn_blocking<LeaseKeeper, LeaseKeeperActor>(
      system, parts_.detached,
      LeaseKeeperParts{parts_.store->leases(), holding_, outbox_, parts_.lease_lasts});
}

void Engine::spawn_pack_watch(caf::actor_system& system) {
  if (parts_.pack_poll.count() == 0) return;
  PackWatchParts watch{parts_.store->reader(), parts_.tenants, parts_.pack_poll};
  auto actor = tenants_.begin();
  for (const auto& context : parts_.tenants) {
    if (context->slug != kSystemTenant) watch.actors.emplace(context->id, *actor++);
  }
  pack_watch_ =
      spawn_blocking<PackWatch, PackWatchActor>(system, parts_.detached, std::move(watch));
}

void Engine::spawn_tenants(caf::actor_system& system) {
  GatewayParts gateway;
  InstructionKeeperParts instructions{{}, archive_, holding_, parts_.clock};
  TimekeeperParts timekeeper{{}, archive_, holding_, parts_.clock, parts_.metrics};
  for (const auto& context : parts_.tenants) {
    if (context->slug == kSystemTenant) {
      gateway.system_tenant = context;
      gateway.system_journal = journal_of(context->id);
      continue;
    }
    tenants_.push_back(system.spawn<Tenant>(
        TenantParts{context, journal_of(context->id), archive_, holding_, outbox_,
                    releases_in_transit_, parts_.clock, parts_.metrics, parts_.park_after}));
    for (const auto& number : context->numbers) {
      gateway.tenants_by_number.emplace(number, tenants_.back());
      gateway.contexts_by_number.emplace(number, context);
    }
    timekeeper.tenants.emplace(context->id, tenants_.back());
    instructions.tenants.emplace(
        context->id, InstructionKeeperParts::Tenant{tenants_.back(), journal_of(context->id)});
  }
  gateway.answer = parts_.answer;
  gateway.metrics = parts_.metrics;
  gateway.holding = holding_;
  gateway_ = system.spawn<Gateway>(std::move(gateway));
  timekeeper_ = system.spawn<Timekeeper>(std::move(timekeeper));
  instruction_keeper_ = system.spawn<InstructionKeeper>(std::move(instructions));
}

void Engine::stop() {
  auto end = [](auto& actor) {
    if (actor) caf::anon_send_exit(actor, caf::exit_reason::user_shutdown);
    actor = nullptr;
  };
  end(gateway_);
  end(timekeeper_);
  end(instruction_keeper_);
  end(pack_watch_);
  for (auto& tenant : tenants_) end(tenant);
  tenants_.clear();
  end(outbox_);
  end(sender_);
  end(archive_);
  for (auto& journal : journals_) end(journal);
  journals_.clear();
  end(lease_keeper_);
  // While the actor system still stands: ending the courier ends what it has out, and that is told
  // to the outbox.
  parts_.courier.reset();
}

}  // namespace mitr
