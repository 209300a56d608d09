// Goods with amounts: "2 kg atta and 3 maggi", "maggi 3, soap". Which goods there are is the
// business's own. Prices are nobody's business here.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "nlu/slots/choice.h"
#include "nlu/slots/number.h"

namespace mitr {

struct Product {
  std::string id;
  Number amount;     ///< Zero: none was said.
  std::string unit;  ///< "kg", "packet"; empty: by the piece.
  bool operator==(const Product&) const = default;
};

struct ProductOption {
  std::string id;
  std::string unit;  ///< What a bare number counts; empty: pieces.
};

struct ProductContext {
  const ChoiceList* list = nullptr;  ///< Words of the goods, places as in `options`.
  const std::vector<ProductOption>* options = nullptr;  ///< Neither null; both outlive the call.
  bool asked = false;  ///< Goods are what we asked for: slips count.
};

/// Everything of one message, at most one value; `others` where an amount or a word could mean two
/// things. A thing named twice counts as it was said last.
std::vector<Found<std::vector<Product>>> find_products(const Tokens& tokens,
                                                       const ProductContext& context);
/// "Make it 3 kg", where one thing is held that it can be about; at most one value.
std::vector<Found<std::vector<Product>>> find_amount_of(const Tokens& tokens,
                                                        const std::vector<Product>& held);
/// The list with what is new put in place: amounts replaced, further goods behind.
std::vector<Product> merged(std::vector<Product> held, const std::vector<Product>& said);

/// "atta:2 kg; maggi:3; soap".
std::string products_text(const std::vector<Product>& products);
/// Only what products_text writes.
std::optional<std::vector<Product>> parse_products(std::string_view text);

}  // namespace mitr
