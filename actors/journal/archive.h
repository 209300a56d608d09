// Reads the journal for those who wake. Detached: it blocks in the store, away from the writers.
#pragma once

#include <memory>

#include "actors/messages.h"
#include "actors/wall_clock.h"
#include "persistence/store.h"

namespace mitr {

class Archive : public ArchiveActor::base {
 public:
  Archive(caf::actor_config& config, std::unique_ptr<Reader> reader, WallClock clock);
  behavior_type make_behavior() override;
  const char* name() const override { return "mitr.archive"; }

 private:
  std::unique_ptr<Reader> reader_;
  WallClock clock_;
};

}  // namespace mitr
