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
        batch_.marks.push_back(message.mark);
        marks_.push_back(make_response_promise<OutboxMarked>());
        auto promise = marks_.back();
        queued();
        return promise;
      },
      [this](KeepWebhook& message) -> caf::typed_response_promise<WebhookKept> {
        batch_.kept.push_back(std::move(message.kept));
        kept_.push_back(make_response_promise<WebhookKept>());
        auto promise = kept_.back();
        queued();
        return promise;
      },
      [this](FlushBatch) {
        flush_sent_ = false;
        flush();
      },
  };
}

void Journal::on_exit() {
  appends_.clear();
  claims_.clear();
  marks_.clear();
  kept_.clear();
}

void Journal::queued() {
  auto size =
      batch_.appends.size() + batch_.claims.size() + batch_.marks.size() + batch_.kept.size();
  if (size >= limits::kBatchTurnsMax) return flush();
  if (flush_sent_) return;
  // The flush goes behind everything that is already in the mailbox: exactly that becomes the
  // batch.
  flush_sent_ = true;
  send(this, FlushBatch{});
}

void Journal::flush() {
  if (batch_.empty()) return;
  auto batch = std::exchange(batch_, {});
  auto appends = std::exchange(appends_, {});
  auto claims = std::exchange(claims_, {});
  auto marks = std::exchange(marks_, {});
  auto kept = std::exchange(kept_, {});

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
  for (auto& promise : marks) promise.deliver(OutboxMarked{error});
  for (auto& promise : kept) promise.deliver(WebhookKept{error});
}

}  // namespace mitr
