// What a change of an account's field says of how the business stands.
#pragma once

#include <vector>

#include "protocols/standing.h"
#include "protocols/whatsapp/notification.h"

namespace mitr::whatsapp {

/// Empty for what is not about that. Each text is cut to kStandingBytesMax.
std::vector<Standing> standings_in(const Entry& entry, const Change& change);

}  // namespace mitr::whatsapp
