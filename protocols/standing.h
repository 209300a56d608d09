// How a business stands with the provider: the latest word on its accounts, numbers, templates and
// payments. No personal data.
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace mitr {

/// One thing that the provider said. What it says is kept in its own words; what follows of it:
/// actors/outbox/hold.h.
struct Standing {
  std::string account;  ///< Provider's id of the business account.
  std::string subject;  ///< "account", "number", "template" or "payment".
  std::string name;     ///< Which: "leave_notice/en", a phone of the business; empty: the account.
  std::string aspect;   ///< "status", "category", "quality", "link", "ban", "restriction:…" …
  std::string value;    ///< As "PAUSED".
  std::string reason;   ///< May be empty.
  std::chrono::sys_seconds told{};                ///< By the provider's clock; the latest counts.
  std::optional<std::chrono::sys_seconds> until;  ///< Over then; none: until told otherwise.
  bool operator==(const Standing&) const = default;
};

}  // namespace mitr
