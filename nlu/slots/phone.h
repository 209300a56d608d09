// Phone numbers inside a message: "98765 43210", "+91-98765-43210", "0484 2345678". Which digits
// make a number is protocols/phone_number.h's to say.
#pragma once

#include <string_view>
#include <vector>

#include "nlu/slots/found.h"
#include "protocols/personal.h"

namespace mitr {

struct Phone {
  Personal e164;  ///< "+919876543210".
  bool operator==(const Phone&) const = default;
};

struct PhoneContext {
  std::string_view region = "IN";  ///< Of numbers without a country code.
};

std::vector<Found<Phone>> find_phones(const Tokens& tokens, const PhoneContext& context);

}  // namespace mitr
