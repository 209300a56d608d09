// Whether a message may leave, as the business stands with the provider now. What the business
// begins (a notice, a reminder, a desk's word that nobody asked for) waits whenever the account may
// not begin. An answer to who wrote waits only where the provider forbids just that: of the rest it
// says itself what becomes of it.
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
  kMayNotAnswer = -5,  ///< The account may not answer who wrote.
};
std::string_view to_string(Hold hold);

/// True if any template is off: else nobody needs to look what a message is made of.
bool any_template_off(const std::vector<Standing>& all);

/// Of what the business begins. `number`: the phone_number_id it would leave by.
/// `message_template`: as "leave_notice/en"; empty for what is none.
Hold hold_of(const std::vector<Standing>& all, std::string_view number,
             std::string_view message_template, std::chrono::sys_seconds now);
/// Of an answer to somebody who wrote, within the provider's window for answers.
Hold hold_of_answer(const std::vector<Standing>& all, std::string_view number,
                    std::chrono::sys_seconds now);

}  // namespace mitr
