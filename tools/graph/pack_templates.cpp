// The seam between the simulator and the packs: where the approved templates come from.
#include "tools/graph/template_book.h"

namespace mitr::graph {

Result<TemplateBook> read_templates(const std::vector<std::filesystem::path>&) { return TemplateBook(); }

}  // namespace mitr::graph
