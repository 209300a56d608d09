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

/// True if a mark may show a value of the slot: what has a shape is found by its shape.
bool may_be_marked(const PackParts& parts, std::string_view flow_name, std::string_view name) {
  for (const Flow& flow : parts.flows) {
    const Slot* slot = flow.name == flow_name ? flow.slot(name) : nullptr;
    if (slot == nullptr) continue;
    return slot->heard && (slot->kind == SlotKind::kName || slot->kind == SlotKind::kText);
  }
  return false;
}

void read_line(std::string_view line, int number, const PackParts& parts,
               std::vector<PackExample>& examples, PackMistakes& mistakes) {
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
  PackExample example = unmarked(words);
  const bool single = begins.find_first_of("+|") == std::string_view::npos;
  for (const ExampleValue& value : example.values) {
    if (single && may_be_marked(parts, begins, value.slot)) continue;
    return mistakes.add(number, second, "'" + value.slot + "' cannot be marked here",
                        "mark names and texts, by slots of the one flow that the words begin");
  }
  if (begins == kNothing || begins == kAsksForPerson) {
    if (begins == kAsksForPerson) example.flow = begins;
    examples.push_back(std::move(example));
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
  if (!known || !single) return;
  example.flow = begins;
  examples.push_back(std::move(example));
}

}  // namespace

PackExample unmarked(std::string_view words) {
  PackExample example;
  while (!words.empty()) {
    const auto open = words.find('[');
    const auto middle = words.find("](", open);
    const auto close = words.find(')', middle);
    const bool mark = close != std::string_view::npos && middle > open + 1 && close > middle + 2;
    example.text += words.substr(0, mark ? open : words.size());
    if (!mark) break;
    const auto begin = static_cast<std::uint32_t>(example.text.size());
    example.text += words.substr(open + 1, middle - open - 1);
    const auto end = static_cast<std::uint32_t>(example.text.size());
    example.values.push_back(
        {std::string(words.substr(middle + 2, close - middle - 2)), begin, end});
    words.remove_prefix(close + 1);
  }
  return example;
}

void read_examples(std::string_view text, const PackParts& parts,
                   std::vector<PackExample>& examples, PackMistakes& mistakes) {
  for (int number = 1; !text.empty(); ++number) {
    const auto end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.front() == '#') continue;
    if (examples.size() >= limits::kApceExamplesMax)
      return mistakes.add(number, 1, "too many examples", "keep the most different ones");
    read_line(line, number, parts, examples, mistakes);
  }
}

}  // namespace mitr
