// Message ids and user ids as Meta makes them: a wamid carries the phone in base64, a BSUID carries
// nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "protocols/personal.h"

namespace mitr::graph {

enum class Direction { kFromPerson, kFromBusiness };

/// A fresh id for a message with `phone` (digits).
Personal make_wamid(std::string_view phone, Direction direction);
/// The phone inside an id of ours; nothing if it is not one.
std::optional<Personal> phone_in_wamid(std::string_view wamid);
/// The business-scoped user id of `phone`: the same each time, "IN." and 20 digits.
Personal bsuid_of(std::string_view phone);

}  // namespace mitr::graph
