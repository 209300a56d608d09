// What a tenant's people are asked to review: the most telling first sentences of late, with what
// they may have meant.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "nlu/learning/suggesting.h"
#include "tools/mitr/learner.h"

namespace mitr {

struct ReviewSuggestion {
  TurnName turn;
  Worth worth = Worth::kUnsure;
  /// What happened next says it; else the model's best guess; else "-".
  std::string proposed;
  Personal words;
};

struct ReviewWish {
  std::chrono::sys_seconds since{};
  std::size_t most = 20;
};

/// The most telling first. What was reviewed before is left out, and what is said by contacts who
/// teach enough already.
Result<std::vector<ReviewSuggestion>> suggest_reviews(Reader& reader, const OpenTenant& tenant,
                                                      const Pack& pack,
                                                      const LiveModel::Model& live,
                                                      const ReviewWish& wish);

}  // namespace mitr
