// Repair moves by the patterns of the base pack: "skip", "why do you ask", "one moment". A move
// that is the whole message counts everywhere; one that is a part of it only where nothing else was
// understood.
#pragma once

#include <vector>

#include "nlu/dialogue/pack.h"
#include "nlu/patterns/trigger.h"

namespace mitr {

struct MoveFound {
  Move whole = Move::kNone;
  Move part = Move::kNone;
};

class MovePatterns {
 public:
  /// The patterns must have no mistake.
  MovePatterns(const std::vector<MoveRule>& rules, const Trigger::ListOf& lists,
               Vocabulary& vocabulary);
  MoveFound find(const Tokens& tokens, const std::vector<WordId>& ids) const;

 private:
  std::vector<std::pair<Move, Trigger>> patterns_;
};

}  // namespace mitr
