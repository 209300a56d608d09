// The body we POST to /{version}/{phone_number_id}/messages and Meta's answer to it.
#pragma once

#include <string>
#include <string_view>

#include "protocols/outbound.h"
#include "protocols/result.h"

namespace mitr::whatsapp {

/// The JSON body of a send. Text beyond the provider's limit is cut at a character boundary.
/// `to` when the phone is known, else `recipient` (BSUID); both empty is a bug of the caller.
Personal render_send(const Outbound& message);

/// The template that a body of ours is made of, as "leave_notice/en"; empty for other bodies.
std::string template_of_send(std::string_view body);

/// What to do with a send that was answered.
enum class SendVerdict : std::uint8_t {
  kAccepted = 1,  ///< Meta took it; `message` holds its wamid.
  kRetryLater,    ///< Refused before processing (throughput, pair rate, maintenance): send again
                  ///< after a pause.
  kUnknown,       ///< Meta failed while processing: it may have gone out. Never resend blindly.
  kFailed,        ///< Will never work as it is (window closed, not on WhatsApp, bad parameter).
  kTenantBroken,  ///< Token, permission, payment or registration: stop this number and tell the
                  ///< operator.
};

struct SendAnswer {
  SendVerdict verdict = SendVerdict::kUnknown;
  Personal message;    ///< wamid when accepted.
  int error_code = 0;  ///< Meta's `error.code`, 0 when accepted or when there was none.
};

/// Reads Meta's answer. Branches on `error.code`, not on the HTTP status, which Meta does not
/// promise; the status only decides where no known code can be read (429: kRetryLater, other 3xx
/// and 4xx: kFailed, else kUnknown).
SendAnswer parse_send_answer(int http_status, std::string_view body);

}  // namespace mitr::whatsapp
