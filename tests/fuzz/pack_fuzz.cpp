// Bytes as the files of a pack: reading them ends with a pack or with mistakes that say where, and
// a pack that is taken can be talked to.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "config/pack_file.h"
#include "nlu/dialogue/dialogue.h"

namespace mitr {
namespace {

/// Like assert, in every build.
void must(bool holds) {
  if (!holds) std::abort();
}

/// pack.yaml, then a line "=== NAME" before each further file.
PackFiles files_of(std::string_view bytes) {
  constexpr std::string_view kRuler = "\n=== ";
  PackFiles files;
  std::string name = "pack.yaml";
  while (true) {
    const std::size_t ruler = bytes.find(kRuler);
    files.files.emplace_back(name, bytes.substr(0, ruler));
    if (ruler == std::string_view::npos) return files;
    bytes.remove_prefix(ruler + kRuler.size());
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    name = bytes.substr(0, end);
    bytes.remove_prefix(end);
  }
}

void run(std::string_view bytes) {
  const PackFiles files = files_of(bytes);
  must(decode_pack_files(encode(files)).ok() && *decode_pack_files(encode(files)) == files);
  const LoadedPack loaded = load_pack(files, "fuzzed");
  must((loaded.pack == nullptr) == !loaded.mistakes.empty());
  for (const PackMistake& mistake : loaded.mistakes) {
    must(mistake.line > 0 && !mistake.what.empty() && !mistake.mend.empty());
  }
  if (!loaded.pack) return;
  DialogueState state;
  for (const char* line : {"hello", "leave", "5B", "yes", "tomorrow", "no", "yes"}) {
    const Personal words(line);
    const Input input = HeardWords{words, understand(*loaded.pack, {}, state, words, {})};
    for (const Event& event : step(*loaded.pack, {}, state, input, {}).events) apply(state, event);
  }
}

}  // namespace
}  // namespace mitr

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  mitr::run({reinterpret_cast<const char*>(data), size});
  return 0;
}
