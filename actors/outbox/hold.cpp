#include "actors/outbox/hold.h"

#include <algorithm>
#include <array>

namespace mitr {
namespace {

template <std::size_t Size>
bool is_one_of(const std::array<std::string_view, Size>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_off(const Standing& standing) {
  constexpr std::array<std::string_view, 4> off{"PAUSED", "DISABLED", "REJECTED", "DELETED"};
  return standing.subject == "template" && standing.aspect == "status" &&
         is_one_of(off, standing.value);
}

bool is_restricted(const Standing& standing, std::string_view what) {
  return standing.aspect.starts_with("restriction:") &&
         standing.aspect.find(what) != std::string::npos && standing.value == "RESTRICTED";
}

Hold hold_of_account(const Standing& standing) {
  constexpr std::array<std::string_view, 4> gone{"PARTNER_REMOVED", "PARTNER_APP_UNINSTALLED",
                                                 "ACCOUNT_DELETED", "ACCOUNT_OFFBOARDED"};
  if (standing.aspect == "link" && is_one_of(gone, standing.value)) return Hold::kDisconnected;
  if (standing.aspect == "ban" && standing.value == "DISABLE") return Hold::kBanned;
  return is_restricted(standing, "BIZ_INITIATED_MESSAGING") ? Hold::kRestricted : Hold::kNone;
}

/// The account of a number; empty while no message of the number has come: then it may be any of
/// the tenant's.
std::string_view account_of(const std::vector<Standing>& all, std::string_view number) {
  std::string_view account;
  for (const auto& standing : all) {
    if (standing.subject == "number" && standing.aspect == "account" && standing.name == number)
      account = standing.value;
  }
  return account;
}

bool concerns(const Standing& standing, std::string_view account, std::chrono::sys_seconds now) {
  return (account.empty() || standing.account == account) &&
         !(standing.until && *standing.until <= now);
}

}  // namespace

std::string_view to_string(Hold hold) {
  switch (hold) {
    case Hold::kNone:
      return "";
    case Hold::kRestricted:
      return "the account may not begin conversations";
    case Hold::kBanned:
      return "the account is disabled";
    case Hold::kDisconnected:
      return "the account is not connected";
    case Hold::kTemplateOff:
      return "its template is off";
    case Hold::kMayNotAnswer:
      return "the account may not answer";
  }
  return "";
}

bool any_template_off(const std::vector<Standing>& all) {
  return std::any_of(all.begin(), all.end(), is_off);
}

Hold hold_of(const std::vector<Standing>& all, std::string_view number,
             std::string_view message_template, std::chrono::sys_seconds now) {
  const auto account = account_of(all, number);
  for (const auto& standing : all) {
    if (!concerns(standing, account, now)) continue;
    if (is_off(standing) && standing.name == message_template) return Hold::kTemplateOff;
    if (standing.subject != "account") continue;
    if (const auto hold = hold_of_account(standing); hold != Hold::kNone) return hold;
  }
  return Hold::kNone;
}

Hold hold_of_answer(const std::vector<Standing>& all, std::string_view number,
                    std::chrono::sys_seconds now) {
  const auto account = account_of(all, number);
  const bool forbidden = std::any_of(all.begin(), all.end(), [&](const Standing& standing) {
    return standing.subject == "account" && concerns(standing, account, now) &&
           is_restricted(standing, "CUSTOMER_INITIATED_MESSAGING");
  });
  return forbidden ? Hold::kMayNotAnswer : Hold::kNone;
}

}  // namespace mitr
