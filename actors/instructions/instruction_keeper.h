// Brings what tenants tell us to do to the conversations it is about. An instruction is a row: it
// goes after the turn that it caused, so a crash in between only tells the conversation once more.
#pragma once

#include <memory>
#include <unordered_map>

#include "actors/leases/holding.h"
#include "actors/messages.h"
#include "actors/wall_clock.h"

namespace mitr {

struct InstructionKeeperParts {
  struct Tenant {
    TenantActor actor;
    JournalActor journal;
  };
  std::unordered_map<TenantId, Tenant> tenants;
  ArchiveActor archive;
  std::shared_ptr<const Holding> holding;
  WallClock clock;
};

class InstructionKeeper : public InstructionKeeperActor::base {
 public:
  InstructionKeeper(caf::actor_config& config, InstructionKeeperParts parts);
  behavior_type make_behavior() override;
  const char* name() const override { return "mitr.instruction_keeper"; }
  void on_exit() override;

 private:
  using Time = std::chrono::steady_clock::time_point;
  struct InHand {
    ContactId contact;
    Time since;
  };

  void look();
  void found(const InstructionsFound& answer);
  void settled(const InstructionSettled& settled);
  void end(const InstructionName& name);
  void look_again(std::chrono::milliseconds after);
  bool busy(const ContactId& contact) const;

  InstructionKeeperParts parts_;
  /// Told and not yet heard of. One of a contact at a time: they are carried out in their order.
  std::unordered_map<InstructionId, InHand> in_hand_;
  /// Of the last page: rows that nobody here can carry out. What comes beyond them is new.
  std::size_t strange_ = 0;
};

}  // namespace mitr
