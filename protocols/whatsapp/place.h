// A place somebody pinned. Where a person is, is personal: `rest` and numbers are never printed.
#pragma once

#include <optional>

#include "protocols/personal.h"
#include "protocols/whatsapp/rest.h"

namespace mitr::whatsapp {

struct Place {
  std::optional<double> latitude;  ///< Degrees, as Meta wrote them.
  std::optional<double> longitude;
  Personal name;
  Personal address;
  Personal url;
  Rest rest;
  bool operator==(const Place&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.decimal("latitude", self.latitude);
    wire.decimal("longitude", self.longitude);
    wire.text("name", self.name);
    wire.text("address", self.address);
    wire.text("url", self.url);
  }
};

}  // namespace mitr::whatsapp
