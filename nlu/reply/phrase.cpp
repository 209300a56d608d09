// Compiling and rendering wordings; see phrase.h.
#include "nlu/reply/phrase.h"

#include <algorithm>

#include "nlu/text/tokens.h"
#include "protocols/limits.h"

namespace mitr {
namespace {

void append_bounded(std::string& out, std::string_view text) {
  const std::size_t room = limits::kReplyBytesMax - std::min(out.size(), limits::kReplyBytesMax);
  out += clipped(text, room);
}

}  // namespace

Wording Wording::compile(std::string_view text) {
  Wording wording;
  Piece piece;
  while (!text.empty()) {
    const std::size_t open = text.find('{');
    const std::size_t close = open == std::string_view::npos ? open : text.find('}', open);
    if (close == std::string_view::npos) {
      piece.literal += text;
      break;
    }
    piece.literal += text.substr(0, open);
    piece.place = text.substr(open + 1, close - open - 1);
    wording.pieces_.push_back(std::move(piece));
    piece = {};
    text.remove_prefix(close + 1);
  }
  if (!piece.literal.empty()) wording.pieces_.push_back(std::move(piece));
  return wording;
}

void Wording::render(const std::function<std::string(std::string_view place)>& value_of,
                     std::string& out) const {
  bool gap = false;  // A place with nothing in it takes the space behind it along.
  for (const Piece& piece : pieces_) {
    std::string_view literal = piece.literal;
    if (gap && literal.starts_with(' ') && (out.empty() || out.back() == ' ')) {
      literal.remove_prefix(1);
    } else if (gap && literal.starts_with('\n') && out.ends_with(' ')) {
      out.pop_back();
    }
    append_bounded(out, literal);
    if (piece.place.empty()) continue;
    const std::string value = value_of(piece.place);
    append_bounded(out, value);
    gap = value.empty();
  }
}

void Phrase::add(std::string language, std::vector<Variant> variants) {
  if (variants.empty()) return;
  for (auto& [name, said] : languages_) {
    if (name != language) continue;
    said = std::move(variants);
    return;
  }
  languages_.emplace_back(std::move(language), std::move(variants));
}

bool Phrase::speaks(std::string_view language) const {
  return std::any_of(languages_.begin(), languages_.end(),
                     [language](const auto& entry) { return entry.first == language; });
}

const std::vector<Phrase::Variant>& Phrase::in(std::string_view language) const {
  static const std::vector<Variant> nothing;
  if (languages_.empty()) return nothing;
  for (const auto& [name, variants] : languages_) {
    if (name == language) return variants;
  }
  return languages_.front().second;
}

}  // namespace mitr
