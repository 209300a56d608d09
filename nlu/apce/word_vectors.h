// What words mean, as a table made from dictionaries (`mitr vectors build`): words used alike lie
// in like directions, so that a tenant with five examples an intent is understood in words that
// none of them has. Bytes in, an immutable table out. It holds hashes of words, none of the words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "nlu/apce/key_directory.h"
#include "nlu/apce/words.h"
#include "protocols/result.h"

namespace mitr::apce {

/// What a word is called in a table. Letters as Words gives them.
std::uint32_t word_key(std::u32string_view letters);

class WordVectors {
 public:
  struct Parts {
    std::uint32_t dims = 0;  ///< Numbers of one vector, whole sixteens.
    KeyDirectory keys;
    /// One a word: what a number of its row is worth. Frequent words, which say little, have less.
    std::vector<float> scales;
    std::vector<std::int8_t> numbers;  ///< The words' rows, one after the other.
  };
  /// `parts` fit each other; `hash` tells this table from any other.
  WordVectors(Parts parts, std::uint64_t hash) : parts_(std::move(parts)), hash_(hash) {}

  /// An utterance as a direction of length one: the sum of its words. Empty if it knows none.
  std::vector<float> vector_of(const Words& words) const;

  std::uint32_t dims() const { return parts_.dims; }
  std::uint32_t size() const { return parts_.keys.size(); }
  std::uint64_t hash() const { return hash_; }

 private:
  Parts parts_;
  std::uint64_t hash_ = 0;
};

/// The table as bytes: versioned, checksummed, in one piece.
std::string encode_vectors(const WordVectors::Parts& parts);
/// Fails with kMalformed (no table, damaged, or of another version) or kTooLarge; never retry.
/// Whatever the bytes, a table that is read is safe to use.
Result<std::shared_ptr<const WordVectors>> decode_vectors(std::string_view bytes);

}  // namespace mitr::apce
