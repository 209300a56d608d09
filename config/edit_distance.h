// How far two names are apart: for "did you mean".
#pragma once

#include <cstddef>
#include <string_view>

namespace mitr {

/// Letters to add, drop or change to make one of the other, in bytes.
std::size_t edit_distance(std::string_view a, std::string_view b);

}  // namespace mitr
