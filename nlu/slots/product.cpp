// Pairing goods with their amounts; see product.h. Within a part ("2 kg atta", "maggi 3") either
// all amounts stand before their goods or all behind them, as the part begins.
#include "nlu/slots/product.h"

#include <algorithm>

#include "nlu/slots/quantity.h"
#include "nlu/text/tokens.h"

namespace mitr {
namespace {

std::string_view unit_text(Meaning measure) {
  switch (measure) {
    case Meaning::kKilogram:
      return "kg";
    case Meaning::kGram:
      return "g";
    case Meaning::kQuintal:
      return "quintal";
    case Meaning::kLitre:
      return "l";
    case Meaning::kMillilitre:
      return "ml";
    case Meaning::kPair:
      return "pair";
    case Meaning::kPacket:
      return "packet";
    case Meaning::kBottle:
      return "bottle";
    case Meaning::kBox:
      return "box";
    case Meaning::kBag:
      return "bag";
    case Meaning::kPlate:
      return "plate";
    case Meaning::kBunch:
      return "bunch";
    case Meaning::kStrip:
      return "strip";
    default:
      return {};
  }
}

/// A thing or an amount, in the order of the words.
struct Item {
  TokenSpan span;
  const Found<std::size_t>* thing = nullptr;
  const Found<Quantity>* amount = nullptr;
};

struct Pair {
  const Found<std::size_t>* thing = nullptr;
  const Found<Quantity>* amount = nullptr;
  TokenSpan span;
};

bool parts(const Token& token) {
  return token.is(kIsAnd) || token.is_mark(',') || token.is_mark(';') || token.is_mark('&') ||
         token.is_mark('.');
}

/// The items that belong to one part of the message, goods with their amounts.
void pair_part(const std::vector<Item>& items, std::vector<Pair>& pairs) {
  const bool amount_first = !items.empty() && items.front().amount != nullptr;
  for (std::size_t at = 0; at < items.size(); ++at) {
    if (items[at].thing == nullptr) continue;
    Pair pair{items[at].thing, nullptr, items[at].span};
    const std::size_t beside = amount_first ? at - 1 : at + 1;
    const bool has = (!amount_first || at > 0) && beside < items.size();
    if (has && items[beside].amount != nullptr) {
      pair.amount = items[beside].amount;
      pair.span.first = std::min(pair.span.first, items[beside].span.first);
      pair.span.last = std::max(pair.span.last, items[beside].span.last);
    }
    pairs.push_back(pair);
  }
}

std::vector<Pair> pairs_in(const Tokens& t, const std::vector<Found<std::size_t>>& things,
                           const std::vector<Found<Quantity>>& amounts) {
  std::vector<Item> items;
  for (const auto& thing : things) items.push_back({thing.tokens, &thing, nullptr});
  for (const auto& amount : amounts) {
    // "7up" and "5 star" are names, not amounts.
    const bool inside = std::any_of(things.begin(), things.end(), [&](const auto& thing) {
      return amount.tokens.first < thing.tokens.last && thing.tokens.first < amount.tokens.last;
    });
    if (!inside) items.push_back({amount.tokens, nullptr, &amount});
  }
  std::sort(items.begin(), items.end(),
            [](const Item& a, const Item& b) { return a.span.first < b.span.first; });
  std::vector<Pair> pairs;
  std::vector<Item> part;
  std::size_t at = 0;
  for (const Item& item : items) {
    bool parted = false;
    for (; at < item.span.first; ++at) parted = parted || parts(t[at]);
    if (parted) {
      pair_part(part, pairs);
      part.clear();
    }
    part.push_back(item);
    at = std::max(at, item.span.last);
  }
  pair_part(part, pairs);
  return pairs;
}

Product product(std::size_t option, const Quantity* quantity, const ProductContext& context) {
  const ProductOption& known = (*context.options)[option];
  if (quantity == nullptr) return {known.id, {}, {}};
  std::string unit(unit_text(quantity->measure));
  if (quantity->measure == Meaning::kNone) unit = known.unit;
  return {known.id, quantity->amount, std::move(unit)};
}

}  // namespace

std::vector<Found<std::vector<Product>>> find_products(const Tokens& tokens,
                                                       const ProductContext& context) {
  const auto things =
      find_choices(tokens, {.list = context.list, .asked = context.asked, .places = false});
  const auto amounts = find_quantities(tokens, {.asked = true});
  const std::vector<ProductOption>& options = *context.options;
  if (things.empty() && context.asked && options.size() == 1 && amounts.size() == 1) {
    return {found_at(tokens, amounts[0].tokens,
                     std::vector<Product>{product(0, &amounts[0].value, context)})};
  }
  if (things.empty()) return {};
  const std::vector<Pair> pairs = pairs_in(tokens, things, amounts);
  std::vector<Product> value;
  TokenSpan span = pairs.front().span;
  for (const Pair& pair : pairs) {
    const Quantity* quantity = pair.amount == nullptr ? nullptr : &pair.amount->value;
    value = merged(std::move(value), {product(pair.thing->value, quantity, context)});
    span.first = std::min(span.first, pair.span.first);
    span.last = std::max(span.last, pair.span.last);
  }
  std::vector<std::vector<Product>> others;
  for (const Pair& pair : pairs) {
    const Quantity* quantity = pair.amount == nullptr ? nullptr : &pair.amount->value;
    for (const std::size_t other : pair.thing->others) {
      std::vector<Product> further = value;
      for (Product& each : further) {
        if (each.id == options[pair.thing->value].id) each = product(other, quantity, context);
      }
      others.push_back(std::move(further));
    }
    if (pair.amount == nullptr || !others.empty()) continue;
    for (const Quantity& other : pair.amount->others) {
      others.push_back(merged(value, {product(pair.thing->value, &other, context)}));
    }
  }
  return {found_at(tokens, span, std::move(value), std::move(others))};
}

std::vector<Found<std::vector<Product>>> find_amount_of(const Tokens& tokens,
                                                        const std::vector<Product>& held) {
  if (held.size() != 1) return {};
  const auto said = find_quantities(tokens, {.asked = false});
  if (said.size() != 1 || said.front().ambiguous()) return {};
  Product product = held.front();
  product.amount = said.front().value.amount;
  const std::string_view unit = unit_text(said.front().value.measure);
  if (!unit.empty()) product.unit = std::string(unit);
  return {found_at(tokens, said.front().tokens, std::vector<Product>{std::move(product)})};
}

std::vector<Product> merged(std::vector<Product> held, const std::vector<Product>& said) {
  for (const Product& each : said) {
    const auto same = std::find_if(held.begin(), held.end(),
                                   [&](const Product& other) { return other.id == each.id; });
    if (same == held.end()) {
      held.push_back(each);
    } else if (each.amount.thousandths != 0) {
      *same = each;
    }
  }
  return held;
}

std::string products_text(const std::vector<Product>& products) {
  std::string text;
  for (const Product& each : products) {
    if (!text.empty()) text += "; ";
    text += each.id;
    if (each.amount.thousandths == 0) continue;
    text += ':';
    text += number_text(each.amount);
    if (!each.unit.empty()) text += ' ' + each.unit;
  }
  return text;
}

std::optional<std::vector<Product>> parse_products(std::string_view text) {
  std::vector<Product> products;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find("; "), text.size());
    std::string_view item = text.substr(0, end);
    text.remove_prefix(std::min(end + 2, text.size()));
    Product product;
    const std::size_t colon = std::min(item.find(':'), item.size());
    product.id = std::string(item.substr(0, colon));
    if (product.id.empty()) return std::nullopt;
    if (colon < item.size()) {
      item.remove_prefix(colon + 1);
      const std::size_t space = std::min(item.find(' '), item.size());
      product.amount.thousandths = thousandths(item.substr(0, space));
      if (space < item.size()) product.unit = std::string(item.substr(space + 1));
      if (product.amount.thousandths <= 0) return std::nullopt;
    }
    products.push_back(std::move(product));
  }
  if (products.empty()) return std::nullopt;
  return products;
}

}  // namespace mitr
