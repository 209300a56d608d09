// The approved templates: their wording, to show a message as its reader would see it and to refuse
// unknown ones.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "protocols/personal.h"
#include "protocols/result.h"

namespace mitr::graph {

class TemplateBook {
 public:
  /// `body` holds {{1}}, {{2}} …
  void add(std::string name, std::string language, std::string body);
  bool empty() const { return bodies_.empty(); }
  const std::string* find(const std::string& name, const std::string& language) const;

 private:
  std::map<std::pair<std::string, std::string>, std::string> bodies_;
};

/// The highest placeholder of a template's body.
std::size_t placeholders(const std::string& body);
/// The body with its placeholders filled.
Personal fill(const std::string& body, const std::vector<Personal>& parameters);

/// Reads the templates of every pack: `folders` may be packs or folders of packs.
Result<TemplateBook> read_templates(const std::vector<std::filesystem::path>& folders);

}  // namespace mitr::graph
