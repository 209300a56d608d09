// Reading a pack's folder: pack.yaml, then phrases.<language>.yaml for every language; see
// pack_file.h.
#include "config/pack_file.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>

#include "config/pack_moves.h"
#include "config/pack_phrases.h"
#include "config/pack_structure.h"
#include "protocols/limits.h"

namespace mitr {
namespace {

namespace fs = std::filesystem;

std::optional<std::string> file_text(const fs::path& path) {
  std::error_code failed;
  const auto size = fs::file_size(path, failed);
  if (failed || size > limits::kPackFileBytesMax) return std::nullopt;
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
}

/// The file's root, or a mistake that says where it stops being YAML.
std::optional<YAML::Node> parse(const fs::path& path, PackMistakes& mistakes) {
  const auto text = file_text(path);
  if (!text) {
    mistakes.add(1, 1, "the file cannot be read",
                 "put it there, readable, and at most " +
                     std::to_string(limits::kPackFileBytesMax >> 10) + " KiB");
    return std::nullopt;
  }
  try {
    return YAML::Load(*text);
  } catch (const YAML::Exception& broken) {
    mistakes.add(broken.mark.line + 1, broken.mark.column + 1, "not YAML: " + broken.msg,
                 "mend the line; texts with ':' or '#' need quotes");
    return std::nullopt;
  }
}

/// "en" of phrases.en.yaml; English first, so that it is what an unknown language falls back to.
std::vector<std::string> languages_in(const fs::path& folder) {
  constexpr std::string_view kPrefix = "phrases.";
  constexpr std::string_view kSuffix = ".yaml";
  std::vector<std::string> languages;
  std::error_code failed;
  for (fs::directory_iterator entry(folder, failed), end; !failed && entry != end;
       entry.increment(failed)) {
    const std::string name = entry->path().filename().string();
    if (name.size() <= kPrefix.size() + kSuffix.size() || !name.starts_with(kPrefix) ||
        !name.ends_with(kSuffix)) {
      continue;
    }
    languages.push_back(name.substr(kPrefix.size(), name.size() - kPrefix.size() - kSuffix.size()));
  }
  std::sort(languages.begin(), languages.end(), [](const std::string& a, const std::string& b) {
    return std::pair(a != "en", a) < std::pair(b != "en", b);
  });
  return languages;
}

/// The base pack stands beside the others: it says what they do not, in the languages they speak.
void read_base(const fs::path& folder, const std::vector<std::string>& languages, PackParts& parts,
               std::vector<PackMistake>& all) {
  const fs::path file = folder / "base.yaml";
  PackMistakes mistakes(file.string(), all);
  if (const auto root = parse(file, mistakes)) {
    if (expect_map(*root, "the base pack", {"moves"}, mistakes)) read_moves(*root, parts, mistakes);
  }
  for (const std::string& language : languages) {
    const fs::path phrases = folder / ("phrases." + language + ".yaml");
    std::error_code failed;
    if (!fs::exists(phrases, failed)) continue;
    PackMistakes wording(phrases.string(), all);
    if (const auto root = parse(phrases, wording)) {
      read_base_phrases(*root, language, parts.phrases, wording);
    }
  }
}

LoadedPack load(const fs::path& folder) {
  LoadedPack loaded;
  const fs::path structure = folder / "pack.yaml";
  PackMistakes mistakes(structure.string(), loaded.mistakes);
  const auto root = parse(structure, mistakes);
  if (!root) return loaded;
  PackParts parts = read_structure(*root, mistakes);
  const auto languages = languages_in(folder);
  if (languages.empty()) {
    mistakes.add(1, 1, "the pack has no wording", "add phrases.en.yaml beside pack.yaml");
  }
  // A trailing slash would make the folder its own parent.
  const fs::path own = folder.has_filename() ? folder : folder.parent_path();
  read_base(own.parent_path() / "base", languages, parts, loaded.mistakes);
  for (const std::string& language : languages) {
    const fs::path file = folder / ("phrases." + language + ".yaml");
    PackMistakes wording(file.string(), loaded.mistakes);
    if (const auto phrases = parse(file, wording)) {
      read_phrases(*phrases, language, parts, wording);
    }
  }
  if (loaded.mistakes.empty()) loaded.pack = std::make_shared<const Pack>(std::move(parts));
  return loaded;
}

}  // namespace

std::string to_string(const PackMistake& mistake) {
  return mistake.file + ':' + std::to_string(mistake.line) + ':' + std::to_string(mistake.column) +
         ": " + mistake.what + "; " + mistake.mend;
}

LoadedPack load_pack(const std::filesystem::path& folder) {
  try {
    return load(folder);
  } catch (const std::exception&) {
    // YAML that is well-formed but nested beyond reason, or a file system that fails half-way.
    LoadedPack broken;
    broken.mistakes.push_back({(folder / "pack.yaml").string(), 1, 1, "the pack cannot be read",
                               "check the folder and its files"});
    return broken;
  }
}

std::filesystem::path pack_folder(const std::string& named, const std::filesystem::path& packs) {
  std::error_code failed;
  if (fs::exists(fs::path(named) / "pack.yaml", failed)) return named;
  return packs / named;
}

}  // namespace mitr
