// How a contact is reached and named. Personal as a whole; stored sealed.
#pragma once

#include <string>
#include <string_view>

#include "protocols/personal.h"
#include "protocols/result.h"

namespace mitr {

struct ContactDetails {
  Personal phone;  ///< Digits with country code; empty while withheld.
  Personal bsuid;
  Personal name;  ///< As the contact set it at the provider.
  bool operator==(const ContactDetails&) const = default;
};

/// Bytes for sealing: version, then each field as a 16-bit length and its bytes. Longer fields are
/// cut.
std::string encode(const ContactDetails& details);
/// kMalformed for anything `encode` did not write.
Result<ContactDetails> decode_details(std::string_view bytes);

}  // namespace mitr
