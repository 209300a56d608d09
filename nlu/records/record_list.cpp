#include "nlu/records/record_list.h"

#include <algorithm>

#include "nlu/slots/ordinal.h"
#include "protocols/limits.h"

namespace mitr {
namespace {

constexpr char kFieldEnd = '\x1F';
constexpr char kRowEnd = '\x1E';
/// Shorter words ("of", "A") are no names: they stand in too many sentences.
constexpr std::size_t kNameCharsMin = 3;

bool stands_in(const Token& word, const Tokens& text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at].norm == word.norm) return true;
  }
  return false;
}

/// The first run of `tokens` that reads as `wanted`; empty: none does.
TokenSpan run_of(const Tokens& tokens, const Tokens& wanted) {
  for (std::size_t at = 0; at + wanted.size() <= tokens.size(); ++at) {
    std::size_t same = 0;
    while (same < wanted.size() && tokens[at + same].norm == wanted[same].norm) ++same;
    if (same == wanted.size()) return {at, at + same};
  }
  return {};
}

/// Where the words name the row: its key, or words of its first field behind the key.
TokenSpan named_by(const RecordRow& row, const Tokens& tokens) {
  const Tokens key(row.front());
  if (!key.empty() && characters(row.front()) >= kNameCharsMin) {
    const TokenSpan span = run_of(tokens, key);
    if (!span.empty()) return span;
  }
  if (row.size() < 2) return {};
  const Tokens name(row[1]);
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (!tokens[at].is_word() || characters(tokens[at].norm) < kNameCharsMin) continue;
    if (!stands_in(tokens[at], name)) continue;
    std::size_t last = at + 1;
    while (last < tokens.size() && tokens[last].is_word() && stands_in(tokens[last], name)) ++last;
    return {at, last};
  }
  return {};
}

std::optional<RowMatch> by_place(const std::vector<RecordRow>& rows, const Tokens& tokens) {
  const auto places = find_ordinals(tokens, {.asked = true});
  if (places.size() == 1) {
    const int said = places.front().value.position;
    const int place = said < 0 ? static_cast<int>(rows.size()) + said : said - 1;
    if (place >= 0 && place < static_cast<int>(rows.size()))
      return RowMatch{static_cast<std::size_t>(place), places.front().tokens};
    return std::nullopt;
  }
  const bool number = tokens.size() == 1 && tokens[0].is_number() && tokens[0].number >= 1 &&
                      tokens[0].number <= rows.size();
  if (number) return RowMatch{tokens[0].number - 1, {0, 1}};
  return std::nullopt;
}

}  // namespace

std::string encode_rows(const std::vector<RecordRow>& rows) {
  std::string value;
  for (const RecordRow& row : rows) {
    for (const std::string& field : row) {
      const std::string line = one_line(field);  // Control characters become spaces.
      value += line;
      value += kFieldEnd;
    }
    value += kRowEnd;
  }
  return value;
}

std::vector<RecordRow> decode_rows(std::string_view value) {
  std::vector<RecordRow> rows;
  while (!value.empty() && rows.size() < limits::kRecordsShownMax) {
    const std::size_t end = std::min(value.find(kRowEnd), value.size());
    std::string_view fields = value.substr(0, end);
    value.remove_prefix(std::min(end + 1, value.size()));
    RecordRow row;
    while (!fields.empty()) {
      const std::size_t field = std::min(fields.find(kFieldEnd), fields.size());
      row.emplace_back(fields.substr(0, field));
      fields.remove_prefix(std::min(field + 1, fields.size()));
    }
    if (!row.empty() && !row.front().empty()) rows.push_back(std::move(row));
  }
  return rows;
}

std::optional<std::size_t> row_of(const std::vector<RecordRow>& rows, std::string_view key) {
  for (std::size_t at = 0; at < rows.size(); ++at) {
    if (rows[at].front() == key) return at;
  }
  return std::nullopt;
}

std::optional<std::size_t> row_meant(const std::vector<RecordRow>& rows, std::size_t field,
                                     std::string_view words) {
  const Tokens said(words);
  std::optional<std::size_t> meant;
  for (std::size_t at = 0; at < rows.size(); ++at) {
    if (field >= rows[at].size() || said.empty()) continue;
    const Tokens text(rows[at][field]);
    bool all = true;
    for (std::size_t word = 0; word < said.size(); ++word) {
      if (said[word].kind != TokenKind::kMark) all = all && stands_in(said[word], text);
    }
    if (!all) continue;
    if (meant) return std::nullopt;
    meant = at;
  }
  return meant;
}

std::optional<RowMatch> find_row(const std::vector<RecordRow>& rows, const Tokens& tokens,
                                 bool asked) {
  std::optional<RowMatch> found;
  std::size_t most = 0;
  bool shared = false;  // A name two rows share names neither.
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const TokenSpan span = named_by(rows[row], tokens);
    const std::size_t length = span.last - span.first;
    if (length == 0 || length < most) continue;
    shared = length == most;
    most = length;
    found = RowMatch{row, span};
  }
  if (shared) return std::nullopt;
  if (found || !asked) return found;
  return by_place(rows, tokens);
}

std::string row_title(const RecordRow& row) {
  std::string title;
  for (std::size_t field = 1; field < row.size() && field <= 2; ++field) {
    if (row[field].empty()) continue;
    if (!title.empty()) title += ", ";
    title += row[field];
  }
  return title.empty() ? row.front() : title;
}

}  // namespace mitr
