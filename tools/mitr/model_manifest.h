// What a model was trained from: enough to make it again, and to know when it must be. It names
// turns and never repeats their words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "nlu/dialogue/pack_version.h"
#include "nlu/learning/score.h"
#include "persistence/rows.h"
#include "protocols/result.h"

namespace mitr {

/// Counts up when the same lesson would teach another model.
inline constexpr std::uint32_t kTrainerVersion = 2;

struct ModelManifest {
  std::uint32_t trainer = kTrainerVersion;
  PackVersion pack{};
  std::uint64_t seed = 0;
  std::uint32_t examples = 0;  ///< Of the pack.
  /// Utterances that taught: reviewed ones, and with an empty label those that were only heard.
  std::vector<ReviewRow> references;
  /// On examples of the pack that were held out for this: a model of the others, and one of the
  /// others and the reviewed utterances.
  Score guard_before;
  Score guard_after;
  std::uint64_t cpu_ms = 0;
  /// Hash of the table of word vectors it was taught with and is read with; 0: none.
  std::uint64_t vectors = 0;
  bool operator==(const ModelManifest&) const = default;
};

std::string encode(const ModelManifest& manifest);
/// kMalformed for bytes that `encode` of a build like this did not write.
Result<ModelManifest> decode_manifest(std::string_view bytes);

}  // namespace mitr
