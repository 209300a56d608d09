// Goal: the name and only the name, from an answer or in passing.
#include "nlu/slots/person_name.h"

#include <gtest/gtest.h>

namespace mitr {
namespace {

std::string answered(std::string_view text) {
  const Tokens tokens(text);
  const auto found = answered_name(tokens, {});
  return found ? name_value(tokens.quote(*found)) : "none";
}
std::string mentioned(std::string_view text, const std::vector<TokenSpan>& taken = {}) {
  const Tokens tokens(text);
  const auto found = mentioned_name(tokens, taken);
  return found ? std::string(tokens.quote(*found)) : "none";
}

TEST(PersonName, DropsWhatStandsAroundAnAnsweredName) {
  const struct {
    const char* text;
    const char* name;
  } cases[] = {{"Aisha Khan", "Aisha Khan"},
               {"her name is Aisha Khan", "Aisha Khan"},
               {"it's my daughter Aisha Khan.", "Aisha Khan"},
               {"aisha khan", "Aisha Khan"},
               {"A. P. J. Kalam", "A. P. J. Kalam"},
               {"Mary-Jane D'Souza", "Mary-Jane D'Souza"},
               {"Student: Dev Sharma, thanks", "Dev Sharma"},
               {"Aisha and she is in 5B", "Aisha"},
               {"uska naam Kabir hai", "Kabir"},
               {"आयशा खान", "आयशा खान"}};
  for (const auto& c : cases) EXPECT_EQ(answered(c.text), c.name) << c.text;
}

TEST(PersonName, FindsNoneInAnEvasion) {
  for (const char* text :
       {"", "my daughter", "why do you need that?", "i dont know", "12345", "???", "no"}) {
    EXPECT_EQ(answered(text), "none") << text;
  }
}

TEST(PersonName, FindsAMentionOnlyWhereItIsPlain) {
  EXPECT_EQ(mentioned("Aisha of 5B is absent"), "Aisha");
  EXPECT_EQ(mentioned("my son Rohan Mehta has fever"), "Rohan Mehta");
  EXPECT_EQ(mentioned("leave for Meera Iyer tomorrow"), "Meera Iyer");
  EXPECT_EQ(mentioned("Aisha (5B) absent", {{2, 4}}), "Aisha");
  for (const char* text : {"my daughter won't come tomorrow, fever", "I need leave for my daughter",
                           "Please grant leave for Monday", "MY SON ROHAN IS SICK",
                           "Dear Sir, my son is ill", "Leave needed"}) {
    EXPECT_EQ(mentioned(text), "none") << text;
  }
}

TEST(PersonName, IsTheOwnerOfWhatIsSpokenOf) {
  EXPECT_EQ(mentioned("please cancel the appointment of Arjun Rao"), "Arjun Rao");
  EXPECT_EQ(mentioned("she is a student of Green Valley"), "none");
}

}  // namespace
}  // namespace mitr
