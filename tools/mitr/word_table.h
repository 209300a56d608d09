// The node's table of word vectors, as a file that `mitr vectors build` made: read once, shared by
// all tenants' models, and handed to the trainer as it is.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "nlu/apce/word_vectors.h"
#include "protocols/result.h"

namespace mitr {

struct WordTableFile {
  std::string bytes;
  std::shared_ptr<const apce::WordVectors> table;  ///< Null: there is none.
};

/// No path: no table. kNotFound: the file cannot be read. kMalformed, kTooLarge: it is no table.
Result<WordTableFile> read_word_table(const std::filesystem::path& file);

}  // namespace mitr
