// Reading a pack's files: pack.yaml, then phrases.<language>.yaml for every language; see
// pack_file.h.
#include "config/pack_file.h"

#include <optional>
#include <sstream>
#include <string>
#include <system_error>

#include "config/pack_examples.h"
#include "config/pack_moves.h"
#include "config/pack_phrases.h"
#include "config/pack_structure.h"
#include "protocols/limits.h"

namespace mitr {
namespace {

/// Lines that say something: neither empty nor begun with '#'.
std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    if (line.ends_with('\r')) line.pop_back();
    if (!line.empty() && line.front() != '#') lines.push_back(std::move(line));
  }
  return lines;
}

namespace fs = std::filesystem;

/// The file's root, or a mistake that says where it stops being YAML.
std::optional<YAML::Node> parse(const std::string* text, PackMistakes& mistakes) {
  if (text == nullptr) {
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

/// The base pack stands beside the others: it says what they do not, in the languages they speak.
void read_base(const PackFiles& files, const fs::path& folder,
               const std::vector<std::string>& languages, PackParts& parts,
               std::vector<PackMistake>& all) {
  PackMistakes mistakes((folder / "base.yaml").string(), all);
  if (const auto root = parse(files.text("base/base.yaml"), mistakes)) {
    if (expect_map(*root, "the base pack", {"moves"}, mistakes)) read_moves(*root, parts, mistakes);
  }
  for (const std::string& language : languages) {
    const std::string name = "phrases." + language + ".yaml";
    const std::string* text = files.text("base/" + name);
    if (text == nullptr) continue;
    PackMistakes wording((folder / name).string(), all);
    if (const auto root = parse(text, wording)) {
      read_base_phrases(*root, language, parts.phrases, wording);
    }
  }
}

/// `folder` is what mistakes are said to be in.
LoadedPack load(const PackFiles& files, const fs::path& folder) {
  LoadedPack loaded;
  PackMistakes mistakes((folder / "pack.yaml").string(), loaded.mistakes);
  const auto root = parse(files.text("pack.yaml"), mistakes);
  if (!root) return loaded;
  PackParts parts = read_structure(*root, mistakes);
  parts.version = version_of(files);
  const auto languages = files.languages();
  if (languages.empty()) {
    mistakes.add(1, 1, "the pack has no wording", "add phrases.en.yaml beside pack.yaml");
  }
  // A trailing slash would make the folder its own parent.
  const fs::path own = folder.has_filename() ? folder : folder.parent_path();
  read_base(files, own.parent_path() / "base", languages, parts, loaded.mistakes);
  for (const std::string& language : languages) {
    const std::string name = "phrases." + language + ".yaml";
    PackMistakes wording((folder / name).string(), loaded.mistakes);
    if (const auto phrases = parse(files.text(name), wording)) {
      read_phrases(*phrases, language, parts, wording);
    }
  }
  if (const std::string* text = files.text("base/names.txt")) parts.names = lines_of(*text);
  for (const auto& [name, examples] :
       {std::pair{"examples.tsv", &parts.examples}, std::pair{"values.tsv", &parts.marked}}) {
    if (const std::string* text = files.text(name)) {
      PackMistakes wrong((folder / name).string(), loaded.mistakes);
      read_examples(*text, parts, *examples, wrong);
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

LoadedPack load_pack(const PackFiles& files, const std::filesystem::path& folder) {
  try {
    return load(files, folder);
  } catch (const std::exception&) {
    // YAML that is well-formed but nested beyond reason.
    LoadedPack broken;
    broken.mistakes.push_back({(folder / "pack.yaml").string(), 1, 1, "the pack cannot be read",
                               "check the folder and its files"});
    return broken;
  }
}

LoadedPack load_pack(const std::filesystem::path& folder) {
  return load_pack(read_pack_files(folder), folder);
}

std::filesystem::path pack_folder(const std::string& named, const std::filesystem::path& packs) {
  std::error_code failed;
  if (fs::exists(fs::path(named) / "pack.yaml", failed)) return named;
  return packs / named;
}

}  // namespace mitr
