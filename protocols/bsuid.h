// Business-scoped user ids: who a person is to the businesses of one portfolio, when their phone
// need not be told. Opaque: stored and sent as they came. Source: Meta, "Business-scoped user IDs".
#pragma once

#include <string_view>

namespace mitr {

/// True for "US.13491208655302741918" and for the form of a group of portfolios, "US.ENT.1181…":
/// two capital letters of a country, a dot, 1 to 128 letters and digits. Never a phone: stripped to
/// its digits it would be a stranger's.
bool is_bsuid(std::string_view text);
/// True for the second form only.
bool is_parent_bsuid(std::string_view text);

}  // namespace mitr
