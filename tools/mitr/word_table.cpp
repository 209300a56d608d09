#include "tools/mitr/word_table.h"

#include <fstream>
#include <iterator>

#include "protocols/limits.h"

namespace mitr {

Result<WordTableFile> read_word_table(const std::filesystem::path& file) {
  if (file.empty()) return WordTableFile{};
  const std::string name = "the table of word vectors " + file.string();
  std::error_code failed;
  const auto size = std::filesystem::file_size(file, failed);
  std::ifstream in(file, std::ios::binary);
  if (failed || !in) return Error{Errc::kNotFound, name + " cannot be read"};
  if (size > limits::kApceVectorsBytesMax)
    return Error{Errc::kTooLarge, name + " is larger than any that is made"};
  WordTableFile read;
  read.bytes.assign(std::istreambuf_iterator<char>(in), {});
  auto table = apce::decode_vectors(read.bytes);
  if (!table) return Error{table.error().code, name + ": " + table.error().what};
  read.table = *std::move(table);
  return read;
}

}  // namespace mitr
