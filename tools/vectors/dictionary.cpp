// Reading dictionaries; see dictionary.h.
#include "tools/vectors/dictionary.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <memory>
#include <zlib.h>

#include "protocols/limits.h"

namespace mitr::vectors {
namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/// The next line without its end, and the text behind it.
std::string_view next_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

std::string_view next_field(std::string_view& line) {
  const std::size_t end = std::min(line.find(' '), line.size());
  const std::string_view field = line.substr(0, end);
  line.remove_prefix(std::min(end + 1, line.size()));
  return field;
}

/// Blanks what stands between `open` and `close`: origins, sources, fields of use.
void blank_between(std::string& text, std::size_t begin, std::size_t end, char open, char close) {
  std::size_t inside = 0;
  for (std::size_t i = begin; i < end; ++i) {
    const char c = text[i];
    if (open != close && c == open) ++inside;
    if (open == close && c == open) inside = 1 - inside;
    if (inside > 0) text[i] = ' ';
    if (open != close && c == close && inside > 0) --inside;
  }
}

/// A file as it lies, or unpacked: the library reads both.
Result<std::string> unpacked(const std::string& path) {
  const std::unique_ptr<gzFile_s, int (*)(gzFile)> file(gzopen(path.c_str(), "rb"), gzclose);
  if (!file) return Error{Errc::kNotFound, path + " cannot be opened"};
  std::string text;
  std::string block(1u << 20, '\0');
  int got = 0;
  while ((got = gzread(file.get(), block.data(), static_cast<unsigned>(block.size()))) > 0) {
    text.append(block, 0, static_cast<std::size_t>(got));
    if (text.size() > limits::kDictionaryBytesMax) {
      return Error{Errc::kTooLarge, path + " is larger than any dictionary we know"};
    }
  }
  if (got < 0) return Error{Errc::kMalformed, path + " is damaged"};
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 0x20);
  }
  return text;
}

}  // namespace

void words_of(std::string_view text, std::vector<std::string_view>& words) {
  std::size_t at = 0;
  while (at < text.size()) {
    if (!is_letter(text[at])) {
      ++at;
      continue;
    }
    const std::size_t begin = at;
    while (at < text.size() && is_letter(text[at])) ++at;
    words.push_back(text.substr(begin, at - begin));
  }
}

void read_wordnet(const std::string& text, const EntrySink& sink) {
  std::string_view rest = text;
  Entry entry;
  while (!rest.empty()) {
    std::string_view line = next_line(rest);
    if (line.starts_with(' ')) continue;  // The licence.
    const std::size_t bar = line.find('|');
    if (bar == std::string_view::npos) continue;
    const std::string_view gloss = line.substr(bar + 1);
    line = line.substr(0, bar);
    for (int i = 0; i < 3; ++i) next_field(line);
    const std::string_view digits = next_field(line);
    unsigned count = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), count, 16);
    entry.heads.clear();
    entry.definition.clear();
    for (unsigned i = 0; i < count && !line.empty(); ++i) {
      words_of(next_field(line), entry.heads);
      next_field(line);
    }
    words_of(gloss, entry.definition);
    sink(entry);
  }
}

void read_gcide(std::string text, const EntrySink& sink) {
  std::size_t at = 0;
  while (at < text.size()) {
    // From one line at the margin to the next.
    std::size_t end = at;
    do {
      end = std::min(text.find('\n', end), text.size() - 1) + 1;
    } while (end < text.size() && (text[end] == ' ' || text[end] == '\n'));
    const std::size_t first = std::min(text.find('\n', at), end);
    const std::size_t head = std::min(text.find('\\', at), first);
    blank_between(text, head, end, '\\', '\\');
    blank_between(text, head, end, '[', ']');
    Entry entry;
    if (text.compare(at, 3, "00-") != 0) {
      words_of(std::string_view(text).substr(at, head - at), entry.heads);
      words_of(std::string_view(text).substr(head, end - head), entry.definition);
      sink(entry);
    }
    at = end;
  }
}

void read_ding(const std::string& text, const EntrySink& sink) {
  std::string_view rest = text;
  Entry entry;
  while (!rest.empty()) {
    const std::string_view line = next_line(rest);
    const std::size_t half = line.find("::");
    if (line.starts_with('#') || half == std::string_view::npos) continue;
    std::string english(line.substr(half + 2));
    blank_between(english, 0, english.size(), '[', ']');
    blank_between(english, 0, english.size(), '{', '}');
    const std::size_t bar = std::min(english.find('|'), english.size());
    entry.heads.clear();
    entry.definition.clear();
    words_of(std::string_view(english).substr(0, bar), entry.heads);
    words_of(std::string_view(english).substr(bar), entry.definition);
    sink(entry);
  }
}

Result<std::vector<std::string>> dictionary_texts(const std::string& folder,
                                                  const std::vector<std::string>& files,
                                                  const std::string& package) {
  std::vector<std::string> texts;
  for (const std::string& name : files) {
    const std::string path = (std::filesystem::path(folder) / name).string();
    std::error_code failed;
    if (!std::filesystem::exists(path, failed)) {
      return Error{Errc::kNotFound, path + " is not there: install the package " + package};
    }
    auto text = unpacked(path);
    if (!text) return text.error();
    texts.push_back(std::move(*text));
  }
  return texts;
}

}  // namespace mitr::vectors
