// Numbers that name a thing elsewhere: orders, tickets, admissions, receipts. What they look like
// is the business's own, so the context brings the shapes.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "nlu/slots/found.h"
#include "protocols/personal.h"

namespace mitr {

/// "A-####" with "order": `#` is a digit, `@` a letter, `+` behind either means one or more;
/// letters and digits stand for themselves, any case; "-", "/" and spaces may be left out when
/// typed.
struct ReferenceShape {
  std::string shape;
  std::vector<std::string>
      called;  ///< Words in normal form that may lead to it: "order", "ticket".
};

struct Reference {
  std::size_t shape = 0;  ///< Index into the context's shapes.
  Personal text;          ///< As the shape writes it: upper case, with its separators.
  bool operator==(const Reference&) const = default;
};

struct ReferenceContext {
  std::span<const ReferenceShape> shapes;
  bool asked = false;  ///< A reference is what we asked for: digits alone count.
};

/// A shape of digits alone needs a word of `called`, "#" or the question before it. The span is the
/// reference without those words; `others` are further shapes that fit the same words.
std::vector<Found<Reference>> find_references(const Tokens& tokens,
                                              const ReferenceContext& context);

}  // namespace mitr
