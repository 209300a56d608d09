// Goal: how much of what, with the words for the thing left as they stand.
#include "nlu/slots/quantity.h"

#include <gtest/gtest.h>

namespace mitr {
namespace {

const char* shown(Meaning measure) {
  switch (measure) {
    case Meaning::kKilogram:
      return " kg";
    case Meaning::kGram:
      return " g";
    case Meaning::kLitre:
      return " l";
    case Meaning::kMillilitre:
      return " ml";
    case Meaning::kPacket:
      return " packet";
    case Meaning::kBottle:
      return " bottle";
    case Meaning::kNone:
      return "";
    default:
      return " ?";
  }
}

std::string read(std::string_view text, bool asked = false) {
  const Tokens tokens(text);
  std::string out;
  for (const auto& found : find_quantities(tokens, {.asked = asked})) {
    if (!out.empty()) out += "; ";
    out += number_text(found.value.amount);
    for (const Quantity& other : found.others) out += '|' + number_text(other.amount);
    out += shown(found.value.measure);
    if (!found.value.product.empty()) out += ": " + std::string(tokens.quote(found.value.product));
  }
  return out;
}

TEST(Quantity, ReadsTheWaysPeopleOrder) {
  const struct {
    const char* text;
    const char* wanted;
  } cases[] = {
      {"2 kg aata", "2 kg: aata"},
      {"2kg aata chahiye", "2 kg: aata"},
      {"do packet doodh", "2 packet: doodh"},
      {"दो पैकेट दूध", "2 packet: दूध"},
      {"a dozen eggs", "12: eggs"},
      {"half a dozen eggs", "6: eggs"},
      {"do darjan kele", "24: kele"},
      {"half kg sugar", "0.5 kg: sugar"},
      {"half a kg of sugar", "0.5 kg: sugar"},
      {"aadha kilo chini", "0.5 kg: chini"},
      {"आधा किलो चीनी", "0.5 kg: चीनी"},
      {"1/2 kg paneer", "0.5 kg: paneer"},
      {"dedh kilo pyaaz", "1.5 kg: pyaaz"},
      {"ek paav mirch", "0.25 kg: mirch"},
      {"500g butter", "500 g: butter"},
      {"1.5 L coke", "1.5 l: coke"},
      {"a packet of milk", "1 packet: milk"},
      {"2 bottles of cold drink please", "2 bottle: cold drink"},
      {"2 kg aata aur 1 litre doodh", "2 kg: aata; 1 l: doodh"},
      {"2 kg aata, 3 packet maggi", "2 kg: aata; 3 packet: maggi"},
      {"doodh 2 packet, chini 1 kilo", "2 packet: doodh; 1 kg: chini"},
      {"aata - 5 kg", "5 kg: aata"},
      {"5 samose bhej do", "5: samose"},
      {"2 x milk", "2: milk"},
      {"2-3 kg aloo", "2|3 kg: aloo"},
      {"please send 10 eggs tomorrow", "10: eggs"},
  };
  for (const auto& c : cases) EXPECT_EQ(read(c.text), c.wanted) << c.text;
}

TEST(Quantity, TakesABareNumberWhenOneWasAsked) {
  EXPECT_EQ(read("2", true), "2");
  EXPECT_EQ(read("do", true), "2");
  EXPECT_EQ(read("2"), "");
  EXPECT_EQ(read("2 kg"), "2 kg");
}

TEST(Quantity, CountsNothingElse) {
  for (const char* text :
       {"2 din", "5 baje", "5 pm", "500 rupaye", "₹500", "12 March", "5th", "class 5", "pav bhaji",
        "9876543210", "12/3/2026", "5B", "5:30", "rehne do", "send this", ""}) {
    EXPECT_EQ(read(text), "") << text;
  }
}

}  // namespace
}  // namespace mitr
