// The door out's actor: hands a message to the courier and brings its answer to the outbox. Keeps
// nothing.
#pragma once

#include <memory>

#include "actors/messages.h"
#include "actors/sender/courier.h"

namespace mitr {

class Sender : public SenderActor::base {
 public:
  Sender(caf::actor_config& config, const std::shared_ptr<Courier>& courier);
  behavior_type make_behavior() override;
  const char* name() const override { return "mitr.sender"; }

 private:
  std::weak_ptr<Courier>
      courier_;  ///< The engine owns it, and ends it while the actors still stand.
};

}  // namespace mitr
