// E-mail addresses as people type and dictate them: "ravi@gmail.com", "ravi dot k at gmail dot
// com". Pragmatic: what providers hand out, not all that RFC 5322 allows.
#pragma once

#include <vector>

#include "nlu/slots/found.h"
#include "protocols/personal.h"

namespace mitr {

struct Email {
  Personal address;      ///< As meant: domain in lower case, spoken words as marks.
  Personal suggestion;   ///< What was probably meant, if the domain looks mistyped; else empty.
  bool complete = true;  ///< False: the domain has no ending ("ravi@gmail").
  bool operator==(const Email&) const = default;
};

struct EmailContext {
  bool asked = false;  ///< An address is what we asked for: incomplete ones are told.
};

std::vector<Found<Email>> find_emails(const Tokens& tokens, const EmailContext& context);

}  // namespace mitr
