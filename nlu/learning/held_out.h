// Which utterances test a model and never teach it: the same ones for ever, by a hash of their
// words, so that the same words from two people never stand on both sides.
#pragma once

#include <cstdint>
#include <string_view>

namespace mitr {

/// One in `of` is held out. Case and spelling of the marks do not matter; the rest does.
bool held_out(std::string_view words, std::uint32_t of);

/// One in so many reviewed utterances tests.
inline constexpr std::uint32_t kHeldOutReviewed = 4;
/// One in so many of a pack's examples guards: do reviews make worse what the pack knows?
inline constexpr std::uint32_t kHeldOutExamples = 5;

}  // namespace mitr
