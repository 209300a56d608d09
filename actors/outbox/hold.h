// Whether a message that the business begins may leave, as the business stands with the provider
// now. Replies to who wrote are never held: the provider says itself what becomes of them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "protocols/standing.h"

namespace mitr {

/// Why a message is held. Stored as the error code of one that expired meanwhile; the provider's
/// codes are above zero.
enum class Hold : int {
  kNone = 0,
  kRestricted = -1,    ///< The account may not begin conversations.
  kBanned = -2,        ///< The account is disabled.
  kDisconnected = -3,  ///< The account is not ours to send by any more.
  kTemplateOff = -4,   ///< Its template is paused, disabled or refused.
};
std::string_view to_string(Hold hold);

/// True if any template is off: else nobody needs to look what a message is made of.
bool any_template_off(const std::vector<Standing>& all);

/// `number`: the phone_number_id it would leave by. `message_template`: as "leave_notice/en"; empty
/// for what is none.
Hold hold_of(const std::vector<Standing>& all, std::string_view number,
             std::string_view message_template, std::chrono::sys_seconds now);

}  // namespace mitr
