// From counts of neighbours to a few numbers a word: how much oftener than by chance two words
// meet, and of that table the strongest directions, found by a randomised factoring. The same
// counts give the same bytes: the seed is fixed, and so are the blocks in which sums are added up.
#pragma once

#include <cstdint>

#include "nlu/apce/word_vectors.h"
#include "tools/vectors/neighbours.h"

namespace mitr::vectors {

/// `dims` in whole sixteens; neighbours of fewer words than these are no dictionary: kMalformed.
Result<apce::WordVectors::Parts> factored(Neighbours neighbours, std::uint32_t dims);

}  // namespace mitr::vectors
