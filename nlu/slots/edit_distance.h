// How many slips of the finger lie between two words: letters left out, put in, replaced, or two
// neighbours swapped.
#pragma once

#include <cstddef>
#include <string_view>

namespace mitr {

/// True if at most `slips_max` (0 … 3) slips make one of the other. Counts bytes: a Devanagari
/// letter is three of them, so only callers that mean ASCII should allow one slip.
bool within_slips(std::string_view a, std::string_view b, std::size_t slips_max);

/// Slips that a word of this length may hold and still be known: none below four letters, one below
/// eight, then two.
std::size_t slips_allowed(std::string_view word);

}  // namespace mitr
