// Reads the journal for those who wake: whoever asked while the last read was under way is read for
// at once. Detached: it blocks in the store, away from the writers.
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
  void on_exit() override;

 private:
  /// Answers all who wait to wake.
  void read_wakes();

  std::unique_ptr<Reader> reader_;
  WallClock clock_;
  std::vector<ConversationName> wakes_;
  std::vector<caf::typed_response_promise<ConversationWoken>> promises_;
  bool read_sent_ = false;
};

}  // namespace mitr
