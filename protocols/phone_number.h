// Phone numbers of any country, as people write them and as the world's networks do (E.164). All
// that is known about countries is libphonenumber's; it stays behind these functions.
#pragma once

#include <optional>
#include <string_view>

#include "protocols/personal.h"

namespace mitr {

/// "+919876543210" for "098765 43210" in region "IN"; none if no such number can exist. Digits of
/// any script; a number with "+" or "00" in front brings its own country.
std::optional<Personal> e164_phone(std::string_view written, std::string_view region);
/// "+91 98765 43210" for what e164_phone answers; anything else comes back as it is.
Personal readable_phone(const Personal& e164);
/// True for the ISO 3166 code of a region whose numbers are known: "IN".
bool is_phone_region(std::string_view region);

}  // namespace mitr
