// Goal: goods are paired with their amounts in whichever order they were said, and the canonical
// text comes back as it was.
#include "nlu/slots/product.h"

#include <gtest/gtest.h>

namespace mitr {
namespace {

const ChoiceList kWords({{"", {"atta", "aata"}},
                         {"", {"maggi", "noodles"}},
                         {"", {"basmati rice", "rice"}},
                         {"", {"sona rice", "rice"}}});
const std::vector<ProductOption> kGoods = {
    {"atta", "kg"}, {"maggi", ""}, {"basmati", "kg"}, {"sona", "kg"}};

std::string read(std::string_view text, bool asked = false) {
  const Tokens tokens(text);
  std::string out;
  for (const auto& found :
       find_products(tokens, {.list = &kWords, .options = &kGoods, .asked = asked})) {
    out += products_text(found.value);
    for (const auto& other : found.others) out += " | " + products_text(other);
  }
  return out;
}

TEST(Product, IsPairedWithItsAmount) {
  const struct {
    const char* text;
    const char* goods;
  } cases[] = {
      {"2 kg atta and 3 maggi", "atta:2 kg; maggi:3"},
      {"atta 2 kg maggi 3", "atta:2 kg; maggi:3"},
      {"do kilo aata aur teen packet maggi", "atta:2 kg; maggi:3 packet"},
      {"atta - 500 g, 2 noodles", "atta:500 g; maggi:2"},
      {"3 atta", "atta:3 kg"},
      {"aadha kilo atta", "atta:0.5 kg"},
      {"a dozen maggi", "maggi:12"},
      {"atta aur maggi chahiye", "atta; maggi"},
      {"2 kg atta, 3 kg atta", "atta:3 kg"},
      {"2-3 kg atta", "atta:2 kg | atta:3 kg"},
      {"2 kg rice", "basmati:2 kg | sona:2 kg"},
      {"2 kg basmati rice", "basmati:2 kg"},
      {"२ किलो atta", "atta:2 kg"},
      {"2 kg cement", ""},
      {"2", ""},
      {"", ""},
  };
  for (const auto& c : cases) EXPECT_EQ(read(c.text), c.goods) << c.text;
}

TEST(Product, MaySlipWhereGoodsAreAsked) {
  EXPECT_EQ(read("3 maggie", true), "maggi:3");
  EXPECT_EQ(read("3 maggie"), "");
  EXPECT_EQ(read("2", true), "");
}

TEST(Product, IsAddedToWhatIsHeld) {
  const auto held = *parse_products("atta:2 kg; maggi:3");
  EXPECT_EQ(products_text(merged(held, *parse_products("maggi:5; basmati:1 kg"))),
            "atta:2 kg; maggi:5; basmati:1 kg");
  EXPECT_EQ(products_text(merged(held, *parse_products("atta"))), "atta:2 kg; maggi:3");
}

TEST(Product, HasOneCanonicalForm) {
  for (const char* text : {"atta:2 kg; maggi:3; soap", "soap", "atta:0.5 kg"}) {
    const auto products = parse_products(text);
    ASSERT_TRUE(products) << text;
    EXPECT_EQ(products_text(*products), text);
  }
  for (const char* text : {"", ":2", "atta:", "atta:x", "; "}) {
    EXPECT_FALSE(parse_products(text)) << text;
  }
}

std::string amended(std::string_view text, std::string_view held) {
  const auto found = find_amount_of(Tokens(text), *parse_products(held));
  return found.empty() ? "none" : products_text(found.front().value);
}

TEST(Product, TakesAnAmountAloneForTheOneThingHeld) {
  EXPECT_EQ(amended("make it 3 kg", "atta:2 kg"), "atta:3 kg");
  EXPECT_EQ(amended("no, 500 g", "atta:2 kg"), "atta:500 g");
  EXPECT_EQ(amended("make it 3 kg", "atta:2 kg; maggi:3"), "none");
  EXPECT_EQ(amended("make it more", "atta:2 kg"), "none");
}

}  // namespace
}  // namespace mitr
