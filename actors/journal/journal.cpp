#include "actors/journal/journal.h"

#include <caf/all.hpp>
#include <chrono>
#include <spdlog/spdlog.h>

#include "protocols/limits.h"

namespace mitr {

Journal::Journal(caf::actor_config& config, std::unique_ptr<Writer> writer,
                 std::shared_ptr<Metrics> metrics)
    : JournalActor::base(config), writer_(std::move(writer)), metrics_(std::move(metrics)) {}

Journal::behavior_type Journal::make_behavior() {
  return {
      [this](AppendTurn& message) -> caf::typed_response_promise<TurnAppended> {
        batch_.appends.push_back(std::move(message.append));
        appends_.push_back(make_response_promise<TurnAppended>());
        auto promise = appends_.back();
        queued();
        return promise;
      },
      [this](ClaimContact& message) -> caf::typed_response_promise<ContactClaimed> {
        batch_.claims.push_back(std::move(message.claim));
        claims_.push_back(make_response_promise<ContactClaimed>());
        auto promise = claims_.back();
        queued();
        return promise;
      },
      [this](MarkOutbox& message) -> caf::typed_response_promise<OutboxMarked> {
        auto promise = make_response_promise<OutboxMarked>();
        // A claim holds up a message; other news can wait for company.
        const bool at_once = message.mark.state == OutboxState::kClaimed;
        (at_once ? batch_.marks : lingering_).push_back(message.mark);
        (at_once ? marks_ : lingering_promises_).push_back(promise);
        if (at_once) {
          queued();
        } else {
          linger();
        }
        return promise;
      },
      [this](KeepWebhook& message) -> caf::typed_response_promise<WebhookKept> {
        batch_.kept.push_back(std::move(message.kept));
        kept_.push_back(make_response_promise<WebhookKept>());
        auto promise = kept_.back();
        queued();
        return promise;
      },
      [this](MoveTimer& message) -> caf::typed_response_promise<TimerMoved> {
        batch_.timers.push_back(message.reset);
        timers_.push_back(make_response_promise<TimerMoved>());
        auto promise = timers_.back();
        queued();
        return promise;
      },
      [this](EndInstruction& message) -> caf::typed_response_promise<InstructionEnded> {
        batch_.done.push_back(message.name);
        done_.push_back(make_response_promise<InstructionEnded>());
        auto promise = done_.back();
        queued();
        return promise;
      },
      [this](NoteStandings& message) -> caf::typed_response_promise<StandingsNoted> {
        batch_.standings.insert(batch_.standings.end(), message.rows.begin(), message.rows.end());
        standings_.push_back(make_response_promise<StandingsNoted>());
        auto promise = standings_.back();
        queued();
        return promise;
      },
      [this](const FlushBatch& message) {
        (message.lingered ? linger_sent_ : flush_sent_) = false;
        if (message.lingered) take_lingering();
        flush();
      },
  };
}

void Journal::on_exit() {
  appends_.clear();
  claims_.clear();
  marks_.clear();
  kept_.clear();
  timers_.clear();
  done_.clear();
  standings_.clear();
  lingering_promises_.clear();
}

void Journal::linger() {
  if (lingering_.size() >= limits::kMarksMax) {
    take_lingering();
    return queued();
  }
  if (linger_sent_) return;
  linger_sent_ = true;
  delayed_send(this, limits::kMarksLinger, FlushBatch{true});
}

void Journal::take_lingering() {
  batch_.marks.insert(batch_.marks.end(), lingering_.begin(), lingering_.end());
  marks_.insert(marks_.end(), lingering_promises_.begin(), lingering_promises_.end());
  lingering_.clear();
  lingering_promises_.clear();
}

void Journal::queued() {
  if (batch_.size() >= limits::kBatchTurnsMax) return flush();
  if (flush_sent_) return;
  // The flush goes behind everything that is already in the mailbox: exactly that becomes the
  // batch.
  flush_sent_ = true;
  send(this, FlushBatch{false});
}

void Journal::flush() {
  if (batch_.empty()) return;
  auto batch = std::exchange(batch_, {});
  auto appends = std::exchange(appends_, {});
  auto claims = std::exchange(claims_, {});
  auto marks = std::exchange(marks_, {});
  auto kept = std::exchange(kept_, {});
  auto timers = std::exchange(timers_, {});
  auto carried_out = std::exchange(done_, {});
  auto standings = std::exchange(standings_, {});

  auto started = std::chrono::steady_clock::now();
  auto answer = writer_->commit(batch);
  metrics_->store_up(answer.ok());
  if (answer)
    metrics_->batch_committed(batch.appends.size(), std::chrono::steady_clock::now() - started);

  std::optional<Errc> error;
  if (!answer) {
    error = answer.error().code;
    spdlog::error("commit failed errc={} turns={} why=\"{}\"", to_string(*error),
                  batch.appends.size(), answer.error().what);
  }
  for (std::size_t i = 0; i < appends.size(); ++i) {
    appends[i].deliver(TurnAppended{error, error ? AppendVerdict::kFenced : answer->appends[i]});
  }
  for (std::size_t i = 0; i < claims.size(); ++i) {
    claims[i].deliver(
        ContactClaimed{error, error ? ClaimedContact{} : std::move(answer->claims[i])});
  }
  for (std::size_t i = 0; i < marks.size(); ++i) {
    marks[i].deliver(OutboxMarked{error, !error && answer->claimed[i]});
  }
  for (auto& promise : timers) promise.deliver(TimerMoved{error});
  for (auto& promise : standings) promise.deliver(StandingsNoted{error});
  for (auto& promise : carried_out) promise.deliver(InstructionEnded{error});
  for (auto& promise : kept) promise.deliver(WebhookKept{error});
}

}  // namespace mitr
