#include "config/pack_files.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <openssl/sha.h>
#include <optional>
#include <system_error>

#include "protocols/limits.h"

namespace mitr {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPrefix = "phrases.";
constexpr std::string_view kSuffix = ".yaml";

std::optional<std::string> file_text(const fs::path& path) {
  std::error_code failed;
  const auto size = fs::file_size(path, failed);
  if (failed || size > limits::kPackFileBytesMax) return std::nullopt;
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
}

bool holds_phrases(std::string_view name) {
  return name.size() > kPrefix.size() + kSuffix.size() && name.starts_with(kPrefix) &&
         name.ends_with(kSuffix);
}

void put(std::string& out, std::string_view part) {
  for (int shift = 24; shift >= 0; shift -= 8) {
    out += static_cast<char>((part.size() >> shift) & 0xFF);
  }
  out += part;
}

std::optional<std::string> take(std::string_view& in) {
  constexpr std::size_t kLengthBytes = 4;
  if (in.size() < kLengthBytes) return std::nullopt;
  std::size_t length = 0;
  for (std::size_t i = 0; i < kLengthBytes; ++i) {
    length = length << 8 | static_cast<unsigned char>(in[i]);
  }
  in.remove_prefix(kLengthBytes);
  if (length > in.size()) return std::nullopt;
  std::string part(in.substr(0, length));
  in.remove_prefix(length);
  return part;
}

}  // namespace

const std::string* PackFiles::text(std::string_view name) const {
  for (const auto& [file, content] : files) {
    if (file == name) return &content;
  }
  return nullptr;
}

std::vector<std::string> PackFiles::languages() const {
  std::vector<std::string> languages;
  for (const auto& [name, content] : files) {
    if (!holds_phrases(name)) continue;
    languages.push_back(name.substr(kPrefix.size(), name.size() - kPrefix.size() - kSuffix.size()));
  }
  std::sort(languages.begin(), languages.end(), [](const std::string& a, const std::string& b) {
    return std::pair(a != "en", a) < std::pair(b != "en", b);
  });
  return languages;
}

PackFiles read_pack_files(const fs::path& folder) {
  PackFiles pack;
  const auto add = [&pack](const fs::path& from, const std::string& name) {
    if (auto text = file_text(from)) pack.files.emplace_back(name, *std::move(text));
  };
  add(folder / "pack.yaml", "pack.yaml");
  add(folder / "examples.tsv", "examples.tsv");
  add(folder / "values.tsv", "values.tsv");
  std::error_code failed;
  for (fs::directory_iterator entry(folder, failed), end; !failed && entry != end;
       entry.increment(failed)) {
    const std::string name = entry->path().filename().string();
    if (holds_phrases(name)) add(entry->path(), name);
  }
  // A trailing slash would make the folder its own parent.
  const fs::path own = folder.has_filename() ? folder : folder.parent_path();
  const fs::path base = own.parent_path() / "base";
  add(base / "base.yaml", "base/base.yaml");
  add(base / "names.txt", "base/names.txt");
  for (const std::string& language : pack.languages()) {
    const std::string name = "phrases." + language + ".yaml";
    add(base / name, "base/" + name);
  }
  std::sort(pack.files.begin(), pack.files.end());
  return pack;
}

PackVersion version_of(const PackFiles& files) {
  const std::string bytes = encode(files);
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
  PackVersion version;
  std::copy_n(digest.begin(), version.bytes.size(), version.bytes.begin());
  return version;
}

std::string encode(const PackFiles& files) {
  std::string out;
  for (const auto& [name, text] : files.files) {
    put(out, name);
    put(out, text);
  }
  return out;
}

Result<PackFiles> decode_pack_files(std::string_view bytes) {
  PackFiles files;
  while (!bytes.empty()) {
    auto name = take(bytes);
    auto text = name ? take(bytes) : std::nullopt;
    if (!text) return Error{Errc::kMalformed, "the files of a pack do not parse"};
    files.files.emplace_back(*std::move(name), *std::move(text));
  }
  return files;
}

}  // namespace mitr
