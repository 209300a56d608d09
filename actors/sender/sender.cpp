#include "actors/sender/sender.h"

#include <caf/all.hpp>

namespace mitr {

Sender::Sender(caf::actor_config& config, const std::shared_ptr<Courier>& courier)
    : SenderActor::base(config), courier_(courier) {}

Sender::behavior_type Sender::make_behavior() {
  return {
      [this](SendOut& out) {
        auto answer = [outbox = std::move(out.outbox), ref = out.ref](whatsapp::SendAnswer ended) {
          caf::anon_send(outbox,
                         SendEnded{ref, ended.verdict, std::move(ended.message), ended.error_code});
        };
        // Without a courier the node is stopping: the row stays due and leaves in the next life.
        if (auto courier = courier_.lock())
          courier->post(out.number, std::move(out.body), std::move(answer));
      },
  };
}

}  // namespace mitr
