// Where the templates come from is pack_templates.cpp.
#include "tools/graph/template_book.h"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace mitr::graph {
namespace {

/// Calls `words(text)` and `hole(number)` in turn over the body; malformed braces are words.
template <class Words, class Hole>
void walk(std::string_view body, const Words& words, const Hole& hole) {
  while (!body.empty()) {
    const auto open = body.find("{{");
    const auto close = open == std::string_view::npos ? open : body.find("}}", open);
    std::size_t number = 0;
    if (close != std::string_view::npos) {
      const auto inside = body.substr(open + 2, close - open - 2);
      const auto read = std::from_chars(inside.data(), inside.data() + inside.size(), number);
      if (read.ec != std::errc{} || read.ptr != inside.data() + inside.size()) number = 0;
    }
    if (close == std::string_view::npos) return words(body);
    if (number == 0 || number > 100) {
      words(body.substr(0, close + 2));
    } else {
      words(body.substr(0, open));
      hole(number);
    }
    body.remove_prefix(close + 2);
  }
}

}  // namespace

void TemplateBook::add(std::string name, std::string language, std::string body) {
  bodies_.insert_or_assign({std::move(name), std::move(language)}, std::move(body));
}

const std::string* TemplateBook::find(const std::string& name, const std::string& language) const {
  const auto found = bodies_.find({name, language});
  return found == bodies_.end() ? nullptr : &found->second;
}

std::size_t placeholders(const std::string& body) {
  std::size_t highest = 0;
  walk(
      body, [](std::string_view) {}, [&](std::size_t n) { highest = std::max(highest, n); });
  return highest;
}

Personal fill(const std::string& body, const std::vector<Personal>& parameters) {
  std::string out;
  walk(
      body, [&](std::string_view words) { out += words; },
      [&](std::size_t n) {
        if (n <= parameters.size()) out += parameters[n - 1].reveal();
      });
  return Personal(std::move(out));
}

}  // namespace mitr::graph
