// Labelled utterances from a folder the caller names: one JSON object a line, as
// {"text", "intent", "slots": [{"entity", "start", "end"}], "split"}, offsets in bytes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "protocols/result.h"

namespace mitr::bench {

struct Span {
  std::string slot;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

struct Utterance {
  std::string text;
  std::string intent;  ///< Empty: out of scope, or a set without intents.
  std::string kind;    ///< Of an utterance out of scope, where the set tells it.
  std::vector<Span> slots;
  std::vector<std::string> requested;  ///< The slots just asked for.
};

struct DataSet {
  std::string name;
  std::vector<Utterance> train, dev, test;
  /// Of a set that is a few rows of the one its folder is named for: others of its rows, by chance
  /// and at most kHeardMax, out of scope or not; their labels are not to be looked at.
  std::vector<std::string> heard;
  bool has_intents = false;
  bool has_slots = false;
};

inline constexpr std::size_t kHeardMax = 2000;

/// Paths below `folder` that hold a set, in order of their names.
std::vector<std::string> set_files(const std::string& folder);
/// A set without a dev or test split takes that of the file named like its folder.
Result<DataSet> read_set(const std::string& path);

}  // namespace mitr::bench
