#include "tools/load/pattern.h"

#include <algorithm>

namespace mitr::load {

Result<Pattern> Pattern::parse(std::string_view text, const std::vector<ValueSpec>& values,
                               bool stars) {
  Pattern out;
  out.segments_.emplace_back();
  Piece piece;
  const auto end_piece = [&] {
    if (piece.has_value || !piece.literal.empty()) out.segments_.back().push_back(std::move(piece));
    piece = {};
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (stars && text[at] == '*') {
      end_piece();
      out.segments_.emplace_back();
      continue;
    }
    const auto close = text[at] == '{' ? text.find('}', at) : std::string_view::npos;
    if (close == std::string_view::npos) {
      piece.literal += text[at];
      continue;
    }
    auto name = text.substr(at + 1, close - at - 1);
    if (name.ends_with(":shown")) {
      piece.form = Form::kShown;
      name.remove_suffix(6);
    }
    const auto found = std::ranges::find(values, name, &ValueSpec::name);
    piece.is_ordinal = name == "n";
    if (!piece.is_ordinal && found == values.end()) {
      return Error{Errc::kInvalidConfig, "{" + std::string(name) +
                                             "} is no value of this script; use one "
                                             "of `values`, or {n}"};
    }
    piece.has_value = true;
    piece.value = static_cast<std::size_t>(found - values.begin());
    end_piece();
    at = close;
  }
  end_piece();
  return out;
}

void Pattern::append(std::string& out, const Segment& segment, const PersonValues& values) {
  for (const Piece& piece : segment) {
    out += piece.literal;
    if (piece.is_ordinal) {
      out += std::to_string(values.person());
    } else if (piece.has_value) {
      values.append(out, piece.value, piece.form);
    }
  }
}

std::string Pattern::fill(const PersonValues& values) const {
  std::string out;
  for (const Segment& segment : segments_) append(out, segment, values);
  return out;
}

bool Pattern::matches(std::string_view text, const PersonValues& values) const {
  std::string part;
  append(part, segments_.front(), values);
  if (segments_.size() == 1) return text == part;
  if (!text.starts_with(part)) return false;
  text.remove_prefix(part.size());
  // The last must end the text; the ones between are taken where they first occur, which leaves the
  // most room for those after them.
  part.clear();
  append(part, segments_.back(), values);
  if (!text.ends_with(part)) return false;
  text.remove_suffix(part.size());
  for (std::size_t i = 1; i + 1 < segments_.size(); ++i) {
    part.clear();
    append(part, segments_[i], values);
    const auto at = text.find(part);
    if (at == std::string_view::npos) return false;
    text.remove_prefix(at + part.size());
  }
  return true;
}

}  // namespace mitr::load
