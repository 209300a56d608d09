// The table of word vectors and its layout; see word_vectors.h. A change of layout is a new
// version.
#include "nlu/apce/word_vectors.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "nlu/apce/lanes.h"
#include "nlu/apce/mixing.h"
#include "nlu/apce/packed_bytes.h"
#include "protocols/limits.h"

namespace mitr::apce {
namespace {

constexpr std::uint64_t kMagic = 0x0A4345565254494DULL;  // "MITRVEC\n"
constexpr std::uint32_t kVersion = 1;
/// Words mean something else than the grams of a model, and so have keys of their own.
constexpr std::uint64_t kWordSeed = 0x564543;
/// Saying a word more often than this says no more.
constexpr std::uint32_t kTimesMax = 2;

struct Header {
  std::uint64_t magic = kMagic;
  std::uint32_t version = kVersion;
  std::uint32_t dims = 0;
  std::uint64_t checksum = 0;
};

std::uint64_t checksum_of(std::uint32_t dims, std::string_view body) {
  return mixed_bytes(mixed(mixed(kMagic, body.size()), dims), body);
}

}  // namespace

std::uint32_t word_key(std::u32string_view letters) {
  return key_of(mixed(kWordSeed, letters));
}

std::vector<float> WordVectors::vector_of(const Words& words) const {
  std::vector<std::uint32_t> rows;
  rows.reserve(words.size());
  for (std::size_t at = 0; at < words.size(); ++at) {
    const std::uint32_t row = parts_.keys.find(word_key(words.letters(at)));
    if (row == KeyDirectory::kNone) continue;
    if (std::count(rows.begin(), rows.end(), row) < kTimesMax) rows.push_back(row);
  }
  if (rows.empty()) return {};
  std::vector<float> sum(parts_.dims, 0);
  for (const std::uint32_t row : rows) {
    const std::int8_t* numbers = &parts_.numbers[std::size_t{row} * parts_.dims];
    add_scaled_bytes(sum.data(), numbers, parts_.scales[row], parts_.dims);
  }
  float square = 0;
  for (const float value : sum) square += value * value;
  if (!(square > 0)) return {};
  const float scale = 1 / std::sqrt(square);
  for (float& value : sum) value *= scale;
  return sum;
}

std::string encode_vectors(const WordVectors::Parts& parts) {
  PackedWriter body;
  write_ascending(body, parts.keys.keys());
  for (const float scale : parts.scales) body.fixed(scale);
  for (const std::int8_t number : parts.numbers) body.fixed(number);
  Header header;
  header.dims = parts.dims;
  header.checksum = checksum_of(parts.dims, body.bytes());
  PackedWriter out;
  out.fixed(header);
  return std::move(out.bytes()) + body.bytes();
}

Result<std::shared_ptr<const WordVectors>> decode_vectors(std::string_view bytes) {
  if (bytes.size() > limits::kApceVectorsBytesMax) {
    return Error{Errc::kTooLarge, "a table of word vectors larger than any we make"};
  }
  PackedReader start(bytes);
  const auto header = start.fixed<Header>();
  if (start.failed() || header.magic != kMagic) {
    return Error{Errc::kMalformed, "these bytes are no table of word vectors"};
  }
  if (header.version != kVersion || header.dims == 0 || header.dims % kSixteen != 0 ||
      header.dims > limits::kApceVectorNumbersMax) {
    return Error{Errc::kMalformed, "word vectors of another version of this program"};
  }
  const std::string_view body = bytes.substr(sizeof header);
  if (checksum_of(header.dims, body) != header.checksum) {
    return Error{Errc::kMalformed, "word vectors whose bytes were damaged"};
  }
  PackedReader in(body);
  WordVectors::Parts parts;
  parts.dims = header.dims;
  const Error contradicts{Errc::kMalformed, "word vectors that contradict themselves"};
  auto keys = read_ascending(in);
  if (!keys || keys->size() > limits::kApceVectorWordsMax) return contradicts;
  parts.scales.resize(keys->size());
  for (float& scale : parts.scales) {
    scale = in.fixed<float>();
    if (!(scale >= 0 && scale <= 1)) return contradicts;
  }
  const std::string_view rest = in.rest();
  if (in.failed() || rest.size() != keys->size() * header.dims) return contradicts;
  parts.numbers.resize(rest.size());
  std::memcpy(parts.numbers.data(), rest.data(), rest.size());
  parts.keys = KeyDirectory(std::move(*keys));
  return std::make_shared<const WordVectors>(std::move(parts), header.checksum);
}

}  // namespace mitr::apce
