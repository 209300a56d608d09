// Reads a pack (config/packs/<vertical>/) from its YAML. Every mistake is reported, with file,
// line, column and the mend.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "config/pack_files.h"
#include "nlu/dialogue/pack.h"
#include "protocols/result.h"

namespace mitr {

struct PackMistake {
  std::string file;
  int line = 0;
  int column = 0;
  std::string what;  ///< What is wrong.
  std::string mend;  ///< What to write instead.
};
/// "file:line:column: what; mend"
std::string to_string(const PackMistake& mistake);

struct LoadedPack {
  std::shared_ptr<const Pack> pack;  ///< Null if there are mistakes.
  std::vector<PackMistake> mistakes;
};
LoadedPack load_pack(const std::filesystem::path& folder);
/// The same from texts at hand; `folder` is what mistakes are said to be in.
LoadedPack load_pack(const PackFiles& files, const std::filesystem::path& folder);
/// A pack as people name it: a folder, or the name of one under `packs`.
std::filesystem::path pack_folder(const std::string& named, const std::filesystem::path& packs);

}  // namespace mitr
