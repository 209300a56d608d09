#include "config/pack_examples.h"

#include <algorithm>
#include <array>
#include <string>

#include "protocols/limits.h"

namespace mitr {
namespace {

constexpr std::string_view kNothing = "-";

/// The columns of a line; the last holds the rest.
std::array<std::string_view, 3> columns_of(std::string_view line) {
  std::array<std::string_view, 3> columns;
  for (std::size_t at = 0; at + 1 < columns.size(); ++at) {
    const auto tab = std::min(line.find('\t'), line.size());
    columns[at] = line.substr(0, tab);
    line.remove_prefix(std::min(tab + 1, line.size()));
  }
  columns.back() = line;
  return columns;
}

bool is_flow(const PackParts& parts, std::string_view name) {
  return std::any_of(parts.flows.begin(), parts.flows.end(),
                     [name](const Flow& flow) { return flow.name == name; });
}

/// Calls `visit` with each name of "a+b" or "a|b".
template <class Visit>
void each_name(std::string_view begins, Visit visit) {
  while (!begins.empty()) {
    const auto end = std::min(begins.find_first_of("+|"), begins.size());
    visit(begins.substr(0, end));
    begins.remove_prefix(std::min(end + 1, begins.size()));
  }
}

void read_line(std::string_view line, int number, PackParts& parts, PackMistakes& mistakes) {
  const auto [language, words, begins] = columns_of(line);
  const int second = static_cast<int>(language.size()) + 2;
  const int third = second + static_cast<int>(words.size()) + 1;
  if (words.empty() || begins.empty()) {
    return mistakes.add(number, 1, "an example has three columns",
                        "write language, words and the flow they begin, parted by tabs");
  }
  if (std::find(parts.languages.begin(), parts.languages.end(), language) == parts.languages.end())
    return mistakes.add(number, 1, "the pack does not speak '" + std::string(language) + "'",
                        "use a language that has a phrases file");
  if (begins == kNothing || begins == kAsksForPerson) {
    parts.examples.push_back(
        {std::string(words), begins == kNothing ? std::string() : std::string(begins)});
    return;
  }
  bool known = true;
  each_name(begins, [&](std::string_view name) {
    if (is_flow(parts, name)) return;
    known = false;
    mistakes.add(number, third, "there is no flow '" + std::string(name) + "'",
                 "name a flow of pack.yaml, or write - for nothing");
  });
  // What begins two flows is like neither.
  if (known && is_flow(parts, begins))
    parts.examples.push_back({std::string(words), std::string(begins)});
}

}  // namespace

void read_examples(std::string_view text, PackParts& parts, PackMistakes& mistakes) {
  for (int number = 1; !text.empty(); ++number) {
    const auto end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.front() == '#') continue;
    if (parts.examples.size() >= limits::kApceExamplesMax)
      return mistakes.add(number, 1, "too many examples", "keep the most different ones");
    read_line(line, number, parts, mistakes);
  }
}

}  // namespace mitr
