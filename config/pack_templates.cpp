#include "config/pack_templates.h"

#include <utility>

namespace mitr {
namespace {

/// {{1}}, {{2}} … without a gap.
void check_places(const YAML::Node& at, const std::string& body, PackMistakes& mistakes) {
  std::size_t places = 0;
  for (std::size_t open = body.find("{{"); open != std::string::npos;
       open = body.find("{{", open + 2)) {
    ++places;
  }
  for (std::size_t number = 1; number <= places; ++number) {
    if (body.find("{{" + std::to_string(number) + "}}") == std::string::npos) {
      mistakes.add(at, "the template's places are not {{1}} to {{" + std::to_string(places) + "}}",
                   "number them from 1, each once");
      return;
    }
  }
}

}  // namespace

void read_templates(const YAML::Node& root, PackParts& parts, PackMistakes& mistakes) {
  for (const YAML::Node& item : read_list(root, "templates", Need::kOptional, mistakes)) {
    if (!expect_map(item, "a template", {"name", "language", "body"}, mistakes)) continue;
    MessageTemplate message;
    message.name = read_name(item, "name", Need::kRequired, mistakes);
    message.language = read_text(item, "language", Need::kRequired, mistakes);
    message.body = read_text(item, "body", Need::kRequired, mistakes);
    if (!message.body.empty()) check_places(child(item, "body"), message.body, mistakes);
    parts.templates.push_back(std::move(message));
  }
}

}  // namespace mitr
