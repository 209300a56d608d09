// Which business number a change is about.
#pragma once

#include <string>

#include "protocols/whatsapp/rest.h"

namespace mitr::whatsapp {

struct NumberMetadata {
  std::string display_phone;  ///< For people; may hold spaces and '+'.
  std::string number;         ///< phone_number_id. Routes.
  Rest rest;
  bool operator==(const NumberMetadata&) const = default;

  template <class Wire, class Self>
  static void members(Wire& wire, Self& self) {
    wire.text("display_phone_number", self.display_phone);
    wire.id("phone_number_id", self.number);
  }
};

}  // namespace mitr::whatsapp
