// A cart filled from a catalogue. Prices are what the client showed: the business's own decide.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocols/personal.h"
#include "protocols/whatsapp/rest.h"

namespace mitr::whatsapp {

struct BasketItem {
  std::string product;
  std::optional<std::int64_t> quantity;
  std::optional<double> price;  ///< Of one, in major units: 320.5 rupees.
  std::string currency;
  Rest rest;
  bool operator==(const BasketItem&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.id("product_retailer_id", self.product);
    wire.whole("quantity", self.quantity);
    wire.decimal("item_price", self.price);
    wire.text("currency", self.currency);
  }
};

struct Basket {
  std::string catalog;
  std::optional<Personal> text;  ///< Words sent with it; often there, and empty.
  std::vector<BasketItem> items;
  Rest rest;
  bool operator==(const Basket&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.id("catalog_id", self.catalog);
    wire.text("text", self.text);
    wire.nouns("product_items", self.items);
  }
};

}  // namespace mitr::whatsapp
