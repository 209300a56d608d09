// A text of a script: literal words, {places} for a person's values and, in replies, `*` for any
// run of characters. {n} is the person's own number; {from:shown} writes a date as the packs show
// it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/result.h"
#include "tools/load/person_values.h"

namespace mitr::load {

class Pattern {
 public:
  /// kInvalidConfig naming the place that no value has. `stars`: `*` stands for any characters.
  static Result<Pattern> parse(std::string_view text, const std::vector<ValueSpec>& values,
                               bool stars);

  /// The text for one person; a star adds nothing.
  std::string fill(const PersonValues& values) const;
  /// True if the whole of `text` is this pattern, for this person.
  bool matches(std::string_view text, const PersonValues& values) const;

 private:
  struct Piece {
    std::string literal;  ///< Stands before the value, if there is one.
    bool has_value = false;
    bool is_ordinal = false;  ///< {n}
    std::size_t value = 0;
    Form form = Form::kTyped;
  };
  /// What stands between two stars.
  using Segment = std::vector<Piece>;

  static void append(std::string& out, const Segment& segment, const PersonValues& values);

  std::vector<Segment> segments_;  // Never empty.
};

}  // namespace mitr::load
