// What a message answers or was forwarded from.
#pragma once

#include <optional>
#include <string>

#include "protocols/personal.h"
#include "protocols/whatsapp/rest.h"

namespace mitr::whatsapp {

/// The product under which "ask about this" was tapped.
struct ReferredProduct {
  std::string catalog;
  std::string product;
  Rest rest;
  bool operator==(const ReferredProduct&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.id("catalog_id", self.catalog);
    wire.id("product_retailer_id", self.product);
  }
};

struct MessageContext {
  Personal from;     ///< Phone of whoever wrote the message answered: often our own.
  Personal message;  ///< Its wamid, or the wacid of a call.
  std::optional<bool> forwarded;
  std::optional<bool> frequently_forwarded;
  std::optional<ReferredProduct> product;
  Personal from_bsuid;
  Personal from_parent_bsuid;
  Rest rest;
  bool operator==(const MessageContext&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.id("from", self.from);
    wire.id("id", self.message);
    wire.flag("forwarded", self.forwarded);
    wire.flag("frequently_forwarded", self.frequently_forwarded);
    wire.noun("referred_product", self.product);
    wire.id("from_user_id", self.from_bsuid);
    wire.id("from_parent_user_id", self.from_parent_bsuid);
  }
};

}  // namespace mitr::whatsapp
