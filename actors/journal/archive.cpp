#include "actors/journal/archive.h"

#include <algorithm>
#include <caf/all.hpp>
#include <iterator>
#include <utility>

#include "protocols/limits.h"

namespace mitr {

Archive::Archive(caf::actor_config& config, std::unique_ptr<Reader> reader, WallClock clock)
    : ArchiveActor::base(config), reader_(std::move(reader)), clock_(std::move(clock)) {}

Archive::behavior_type Archive::make_behavior() {
  return {
      [this](const WakeConversation& wake) -> caf::typed_response_promise<ConversationWoken> {
        wakes_.push_back({wake.tenant, wake.contact});
        promises_.push_back(make_response_promise<ConversationWoken>());
        auto promise = promises_.back();
        if (wakes_.size() >= limits::kWakesMax) {
          read_wakes();
        } else if (!std::exchange(read_sent_, true)) {
          // Behind everything that is already in the mailbox: exactly that is read at once.
          send(this, ReadWakes{});
        }
        return promise;
      },
      [this](ReadWakes) {
        read_sent_ = false;
        read_wakes();
      },
      [this](const SweepDue& sweep) -> DueSwept {
        auto rows = reader_->due(sweep.tenant, clock_(), limits::kReadRowsMax);
        if (!rows) return {rows.error().code, {}, false};
        DueSwept swept{std::nullopt, *std::move(rows), false};
        swept.more = swept.rows.size() == limits::kReadRowsMax;
        if (!sweep.replies) return swept;
        auto replies = reader_->unanswered(sweep.tenant, *sweep.replies, limits::kReadRowsMax);
        if (!replies) return {replies.error().code, {}, false};
        swept.more = swept.more || replies->size() == limits::kReadRowsMax;
        std::move(replies->begin(), replies->end(), std::back_inserter(swept.rows));
        return swept;
      },
      [this](const FindTimers& find) -> TimersFound {
        auto timers = reader_->timers(find.shards, clock_(), find.limit);
        if (!timers) return {timers.error().code, {}};
        return {std::nullopt, *std::move(timers)};
      },
      [this](const FindInstructions& find) -> InstructionsFound {
        auto rows = reader_->instructions(find.shards, find.limit);
        if (!rows) return {rows.error().code, {}};
        return {std::nullopt, *std::move(rows)};
      },
      [this](const FindRecords& find) -> RecordsFound {
        auto found = reader_->records(find.tenant, find.kind, find.finder, find.phone,
                                      limits::kRecordsFoundMax);
        if (!found) return {found.error().code, {}, {}};
        RecordsFound answer;
        for (auto& record : *found) {
          answer.bodies.push_back(std::move(record.body));
          answer.keys.push_back(record.key);
        }
        return answer;
      },
  };
}

void Archive::on_exit() {
  wakes_.clear();
  promises_.clear();
}

void Archive::read_wakes() {
  if (wakes_.empty()) return;
  const auto wakes = std::exchange(wakes_, {});
  auto promises = std::exchange(promises_, {});
  auto found = reader_->conversations(wakes);
  for (std::size_t i = 0; i < promises.size(); ++i) {
    if (!found) {
      promises[i].deliver(ConversationWoken{found.error().code, {}});
    } else if (auto& stored = (*found)[i]; stored) {
      promises[i].deliver(ConversationWoken{std::nullopt, *std::move(stored)});
    } else {
      promises[i].deliver(ConversationWoken{stored.error().code, {}});
    }
  }
}

}  // namespace mitr
