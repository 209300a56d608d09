// What the slot tagger sees of an utterance: words and pairs of words, their edges and shapes,
// values that gazetteers know, and what the dialogue expects. Each is seen once, where it stands,
// and speaks for the labels of several words: the one it is at and those around it. Keys are
// hashes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "nlu/apce/gazetteer.h"
#include "nlu/apce/words.h"

namespace mitr::apce {

/// How many words before and after it a thing seen at its place may speak for.
constexpr std::ptrdiff_t kReach = 3;
/// As many places as there are words within reach, from kReach words before it on.
constexpr std::size_t kPlaces = 2 * kReach + 1;
/// A bag speaks for as many words after it (place 0) and before it (place 1).
constexpr std::size_t kBagWords = 6;
constexpr std::size_t kBagPlaces = 2;

/// Something seen at a word. The edges of an utterance are seen too, up to kReach words beyond it.
struct Sighting {
  std::uint32_t key = 0;
  std::int32_t word = 0;
  /// Places it speaks for, first to last; of a bag the two of a bag.
  std::uint8_t first_place = 0;
  std::uint8_t last_place = 0;
  bool bag = false;
};

/// A further gazetteer, whose slots have numbers of their own: `slots` turns them into ours.
struct FurtherValues {
  static constexpr std::uint16_t kNone = 0xFFFF;
  const Gazetteer* gazetteer = nullptr;
  std::vector<std::uint16_t> slots;  ///< kNone: no slot of ours.
};

/// `context` is what is known beside the words: the slot just asked for, the intent. `own` are
/// entries of the gazetteer that come from this utterance itself, which do not count.
std::vector<Sighting> sightings_of(const Words& words, const std::vector<std::string_view>& context,
                                   const Gazetteer& gazetteer,
                                   const std::vector<Gazetteer::Entry>& own = {},
                                   const FurtherValues& further = {});

}  // namespace mitr::apce
