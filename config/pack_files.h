// The texts a pack is made of, its own and the base pack's: what is hashed to name its version, and
// what is stored when it is deployed. Not here: what they say (pack_file.h).
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "nlu/dialogue/pack_version.h"
#include "protocols/result.h"

namespace mitr {

struct PackFiles {
  /// Name and text, in the order of the names: "base/base.yaml", "base/phrases.en.yaml",
  /// "examples.tsv" (if there is one), "pack.yaml", "phrases.en.yaml". Of the base pack only the
  /// languages that the pack speaks.
  std::vector<std::pair<std::string, std::string>> files;

  /// Null: there is none of that name.
  const std::string* text(std::string_view name) const;
  /// "en" of phrases.en.yaml; English first, so that it is what an unknown language falls back to.
  std::vector<std::string> languages() const;
  bool operator==(const PackFiles&) const = default;
};

/// What can be read of a pack's folder and of `base` beside it. A file that cannot be read, or is
/// over kPackFileBytesMax, is left out: reading the pack tells that it is missing.
PackFiles read_pack_files(const std::filesystem::path& folder);

/// The same texts under the same names have the same version, on every machine.
PackVersion version_of(const PackFiles& files);

/// As they are stored; kMalformed for bytes `encode` did not write.
std::string encode(const PackFiles& files);
Result<PackFiles> decode_pack_files(std::string_view bytes);

}  // namespace mitr
