// A candidate beside the live model: on reviewed utterances that taught neither, and in its shadow
// on what people wrote of late. Whether it may be promoted is decided here.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "nlu/learning/score.h"
#include "tools/mitr/learner.h"

namespace mitr {

/// A first sentence that the two understand differently.
struct ShadowDifference {
  TurnName turn;
  Personal words;
  std::string live;
  std::string candidate;
};

struct Trial {
  Confusion live;
  Confusion candidate;
  std::size_t shadowed = 0;
  std::vector<ShadowDifference> differences;
};

struct TrialParts {
  const Pack& pack;
  LiveModel::Model live;  ///< Null: the pack's own examples.
  LiveModel::Model candidate;
  const std::vector<ReviewedWords>& test;
  /// First sentences since then are tried in the shadow.
  std::chrono::sys_seconds since{};
};
Result<Trial> try_model(Reader& reader, const OpenTenant& tenant, const TrialParts& parts);

/// Empty: it is not worse than the live one. Else why it must not be promoted.
std::string worse_because(const Trial& trial, const ModelManifest& candidate);

}  // namespace mitr
