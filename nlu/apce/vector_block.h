// What word vectors add to a model of few examples: a further block of an utterance's features, of
// its meaning beside its letters. It fades out as examples grow, for letters then know more.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "nlu/apce/feature_space.h"
#include "nlu/apce/weight_rows.h"
#include "nlu/apce/word_vectors.h"

namespace mitr::apce {

/// What is meant for tenants with few examples an intent: 1, and 0 from so many on that it would
/// add nothing.
float share_of_few(std::size_t examples, std::size_t intents);

/// Length of the block beside those of letters and words, of length one; 0 from so many examples an
/// intent on that it would add nothing.
float vector_block_weight(std::size_t examples, std::size_t intents);

struct VectorBlock {
  std::shared_ptr<const WordVectors> table;  ///< Null: a model without the block.
  float weight = 0;
  std::vector<float> mean;  ///< Of the examples: what all of them have in common tells none apart.
  WeightRows weights;       ///< A row for each number of a vector.

  /// With no weights yet; without the block if `weight` is 0.
  static VectorBlock of(std::shared_ptr<const WordVectors> table, float weight,
                        const std::vector<std::string_view>& texts);
  /// The block of an utterance; empty if no word of it is in the table.
  std::vector<float> vector_of(const Words& words) const;
  /// Adds what the block says to the margins, of which there are whole sixteens.
  void add_to(std::span<float> margins, const Words& words) const;
};

}  // namespace mitr::apce
