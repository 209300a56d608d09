// Batches commits: what queued while the last commit was in flight goes into the next. Detached: it
// blocks in the store, and while it blocks its mailbox is the queue. Turns wait for no timer, so an
// idle journal adds no latency; news of sent messages linger a moment, to be written together.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "actors/messages.h"
#include "actors/metrics/metrics.h"
#include "persistence/store.h"

namespace mitr {

class Journal : public JournalActor::base {
 public:
  Journal(caf::actor_config& config, std::unique_ptr<Writer> writer,
          std::shared_ptr<Metrics> metrics);
  behavior_type make_behavior() override;
  const char* name() const override { return "mitr.journal"; }
  /// Lets go of who waits for an answer: they know this journal.
  void on_exit() override;

 private:
  template <class Answer>
  using Promises = std::vector<caf::typed_response_promise<Answer>>;

  void queued();
  void linger();
  void take_lingering();
  void flush();

  std::unique_ptr<Writer> writer_;
  std::shared_ptr<Metrics> metrics_;
  Batch batch_;
  Promises<TurnAppended> appends_;
  Promises<ContactClaimed> claims_;
  Promises<OutboxMarked> marks_;
  Promises<WebhookKept> kept_;
  Promises<TimerMoved> timers_;
  Promises<InstructionEnded> done_;
  Promises<StandingsNoted> standings_;
  std::vector<OutboxMark> lingering_;
  Promises<OutboxMarked> lingering_promises_;
  bool flush_sent_ = false;
  bool linger_sent_ = false;
};

}  // namespace mitr
