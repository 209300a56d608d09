// The page's files, built into the program from tools/graph/page/.
#pragma once

#include <optional>
#include <string_view>

namespace mitr::graph {

struct PageFile {
  std::string_view body;
  std::string_view content_type;
};
/// "/" is the page itself; nothing for paths that are no file of it.
std::optional<PageFile> page_file(std::string_view path);

}  // namespace mitr::graph
