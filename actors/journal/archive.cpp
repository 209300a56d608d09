#include "actors/journal/archive.h"

#include <algorithm>
#include <caf/all.hpp>
#include <iterator>

#include "protocols/limits.h"

namespace mitr {

Archive::Archive(caf::actor_config& config, std::unique_ptr<Reader> reader, WallClock clock)
    : ArchiveActor::base(config), reader_(std::move(reader)), clock_(std::move(clock)) {}

Archive::behavior_type Archive::make_behavior() {
  return {
      [this](const WakeConversation& wake) -> ConversationWoken {
        auto stored = reader_->conversation(wake.tenant, wake.contact);
        if (!stored) return {stored.error().code, {}};
        return {std::nullopt, *std::move(stored)};
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
  };
}

}  // namespace mitr
