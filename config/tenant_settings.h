// What one tenant chooses, as it stands in the tenant's row of the store. No personal data.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "nlu/dialogue/dialogue.h"
#include "protocols/result.h"

namespace mitr {

/// What operators call the portfolio of numbers for which no other is named.
inline constexpr std::string_view kMainPortfolio = "main";

struct TenantSettings {
  std::string pack;                   ///< Folder under the node's `packs`, as "school".
  std::string zone = "Asia/Kolkata";  ///< IANA name; "tomorrow" is the tenant's tomorrow.
  DialogueSettings dialogue;
  bool pacing = true;  ///< Sends are spread to the provider's rate per number.
  /// Of numbers that are not in the business's main portfolio, the name of theirs, by
  /// phone_number_id: what the provider calls a person in one portfolio says nothing in another.
  std::map<std::string, std::string> portfolios;
  bool operator==(const TenantSettings&) const = default;

  /// The name of the number's portfolio; empty: the main one, as of a number that is not known.
  std::string_view portfolio_of(const std::string& number) const;
};

/// The settings as JSON text, the same bytes for the same settings.
std::string to_json(const TenantSettings& settings);
/// Keys this version does not know are skipped: a newer node may have written the row. A missing
/// key has its default. kMalformed if the text is no JSON object or a known key has the wrong kind.
Result<TenantSettings> parse_tenant_settings(std::string_view json);

}  // namespace mitr
