// The versions of its pack that one tenant's conversations are decided by. Read by any actor of the
// tenant, replaced by the pack watch; a version that somebody holds stays.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "nlu/dialogue/dialogue.h"
#include "nlu/dialogue/pack.h"

namespace mitr {

class LivePacks {
 public:
  using Version = std::shared_ptr<const Pack>;

  /// The newest first; never empty.
  explicit LivePacks(std::vector<Version> versions) : versions_(std::move(versions)) {}

  Version newest() const;
  /// The version that decides the next turn of a conversation: the newest, or the one it began
  /// under if it is to end there and that one is still loaded.
  Version for_turn(const DialogueState& state) const;
  void replace(std::vector<Version> versions);
  std::vector<Version> all() const;

 private:
  mutable std::mutex mutex_;  ///< Held for as long as it takes to copy a pointer or a few.
  std::vector<Version> versions_;
};

}  // namespace mitr
