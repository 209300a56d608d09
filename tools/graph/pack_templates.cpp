// The seam between the simulator and the packs: their templates count as approved by the provider.
#include <algorithm>
#include <system_error>

#include "config/pack_file.h"
#include "nlu/dialogue/pack.h"
#include "tools/graph/template_book.h"

namespace mitr::graph {
namespace {

namespace fs = std::filesystem;

bool is_pack(const fs::path& folder) {
  std::error_code error;
  return fs::exists(folder / "pack.yaml", error);
}

/// The packs inside `folder`, or the folder itself if it is one.
std::vector<fs::path> packs_in(const fs::path& folder) {
  if (is_pack(folder)) return {folder};
  std::vector<fs::path> packs;
  std::error_code error;
  for (fs::directory_iterator each(folder, error), end; !error && each != end;
       each.increment(error)) {
    if (is_pack(each->path())) packs.push_back(each->path());
  }
  std::sort(packs.begin(), packs.end());
  return packs;
}

}  // namespace

Result<TemplateBook> read_templates(const std::vector<fs::path>& folders) {
  TemplateBook book;
  for (const auto& folder : folders) {
    const auto packs = packs_in(folder);
    if (packs.empty())
      return Error{Errc::kInvalidConfig, folder.string() + ": no pack (pack.yaml) in there"};
    for (const auto& place : packs) {
      const auto loaded = load_pack(place);
      if (!loaded.mistakes.empty())
        return Error{Errc::kInvalidConfig, to_string(loaded.mistakes.front())};
      for (const auto& each : loaded.pack->templates())
        book.add(each.name, each.language, each.body);
    }
  }
  return book;
}

}  // namespace mitr::graph
