// One item of a webhook that a conversation does not hear, or does not hear whole, as a webhook of
// its own: a later version reads it as if it had just come.
#pragma once

#include <cstdint>
#include <string_view>

#include "protocols/personal.h"

namespace mitr::whatsapp {

enum class Filing : std::uint8_t {
  kDead = 1,  ///< It lacks what every item of its kind has, or is no object.
  kUnknown,   ///< Its field, its type or a member of it is not known to this version.
  kUnused,    ///< Known, and nothing acts on it, or on all of it, yet.
};
std::string_view to_string(Filing filing);

struct FiledItem {
  Filing filing = Filing::kDead;
  Personal body;
  bool operator==(const FiledItem&) const = default;
};

}  // namespace mitr::whatsapp
