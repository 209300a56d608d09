#include "actors/journal/archive.h"

#include <caf/all.hpp>

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
        if (!rows) return {rows.error().code, {}};
        return {std::nullopt, *std::move(rows)};
      },
  };
}

}  // namespace mitr
