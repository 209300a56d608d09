// Goal: addresses typed and dictated, with likely slips told, and nothing else with an "at" in it.
#include "nlu/slots/email.h"

#include <gtest/gtest.h>

namespace mitr {
namespace {

/// Addresses, "→" and the suggestion; "…" behind an incomplete one.
std::string read(std::string_view text, bool asked = false) {
  const Tokens tokens(text);
  std::string out;
  for (const auto& found : find_emails(tokens, {.asked = asked})) {
    if (!out.empty()) out += ' ';
    out += found.value.address.reveal();
    if (!found.value.complete) out += "…";
    if (!found.value.suggestion.empty()) out += "→" + found.value.suggestion.reveal();
  }
  return out;
}

TEST(Email, ReadsTypedAndDictatedAddresses) {
  const struct {
    const char* text;
    const char* address;
  } cases[] = {
      {"ravi@example.com", "ravi@example.com"},
      {"mail me at Ravi.K@Example.COM.", "Ravi.K@example.com"},
      {"ravi_k-21+school@mail.example.co.in", "ravi_k-21+school@mail.example.co.in"},
      {"(ravi@example.org)", "ravi@example.org"},
      {"ravi @ gmail.com", "ravi@gmail.com"},
      {"ravi dot k at gmail dot com", "ravi.k@gmail.com"},
      {"my id is ravi21 at gmail dot com please", "ravi21@gmail.com"},
      {"ravi underscore k at the rate yahoo dot co dot in", "ravi_k@yahoo.co.in"},
      {"ravi at gmail.com", "ravi@gmail.com"},
      {"a@example.com, b@example.com", "a@example.com b@example.com"},
  };
  for (const auto& c : cases) EXPECT_EQ(read(c.text), c.address) << c.text;
}

TEST(Email, TellsWhatWasProbablyMeant) {
  EXPECT_EQ(read("ravi@gmial.com"), "ravi@gmial.com→ravi@gmail.com");
  EXPECT_EQ(read("ravi@gmail.con"), "ravi@gmail.con→ravi@gmail.com");
  EXPECT_EQ(read("ravi@gmail.co"), "ravi@gmail.co→ravi@gmail.com");
  EXPECT_EQ(read("ravi@yaho.com"), "ravi@yaho.com→ravi@yahoo.com");
  EXPECT_EQ(read("ravi@hotmial.com"), "ravi@hotmial.com→ravi@hotmail.com");
  EXPECT_EQ(read("ravi@gmail", true), "ravi@gmail…→ravi@gmail.com");
  EXPECT_EQ(read("ravi@school.in"), "ravi@school.in");
}

TEST(Email, IsNothingElseWithAnAt) {
  for (const char* text : {"meet me at school", "at 5", "@ravi", "ravi@", "@", "ravi@gmail",
                           "a@b.c", "see you at gate dot", "look at the rate", "5 @ 20 rs",
                           "राम@उदाहरण.भारत", "", "ravi@@gmail.com", "ravi at school"}) {
    EXPECT_EQ(read(text), "") << text;
  }
}

}  // namespace
}  // namespace mitr
