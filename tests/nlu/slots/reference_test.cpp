// Goal: references in the shapes of the business, with or without their separators, and no other
// numbers.
#include "nlu/slots/reference.h"

#include <array>
#include <gtest/gtest.h>

namespace mitr {
namespace {

const std::array<ReferenceShape, 4> kShapes{{{"A-####", {"order"}},
                                             {"#+", {"ticket", "token"}},
                                             {"ADM/####/###", {"admission"}},
                                             {"@@#+", {"receipt"}}}};

std::string read(std::string_view text, bool asked = false) {
  const Tokens tokens(text);
  std::string out;
  for (const auto& found : find_references(tokens, {.shapes = kShapes, .asked = asked})) {
    if (!out.empty()) out += ' ';
    out += std::to_string(found.value.shape) + ":" + found.value.text.reveal();
    for (const auto& other : found.others) out += "|" + std::to_string(other.shape);
  }
  return out;
}

TEST(Reference, IsReadInTheShapeOfTheBusiness) {
  const struct {
    const char* text;
    const char* reference;
  } cases[] = {
      {"order #A-1234", "0:A-1234"},
      {"order a1234", "0:A-1234"},
      {"where is A 1234?", "0:A-1234"},
      {"my order is A-1234.", "0:A-1234"},
      {"ticket 42", "1:42"},
      {"ticket no. 42", "1:42"},
      {"ticket number is 42", "1:42"},
      {"token 7 hai", "1:7"},
      {"#42", "1:42"},
      {"admission ADM/2026/017", "2:ADM/2026/017"},
      {"adm-2026-017", "2:ADM/2026/017"},
      {"receipt RC20931", "3:RC20931"},
      {"RC-20931", "3:RC20931"},
      {"RC 20931", "3:RC20931"},
      {"orders A-1234 and A-5678", "0:A-1234 0:A-5678"},
  };
  for (const auto& c : cases) EXPECT_EQ(read(c.text), c.reference) << c.text;
  EXPECT_EQ(read("42", true), "1:42");
}

TEST(Reference, IsNoOtherNumber) {
  for (const char* text :
       {"42", "2 kg", "A-12345", "A-123", "BAA-1234", "12/3/2026", "a 5 star hotel",
        "order 5 samose", "ticket for 5 people", "5:30", "class 5B", ""}) {
    EXPECT_EQ(read(text), "") << text;
  }
}

TEST(Reference, QuotesItselfWithoutTheWordsBefore) {
  const Tokens tokens("pls check order no #A-1234 today");
  const auto found = find_references(tokens, {.shapes = kShapes});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(tokens.quote(found[0].tokens), "A-1234");
}

}  // namespace
}  // namespace mitr
