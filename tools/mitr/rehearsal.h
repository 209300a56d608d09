// What deploying a pack would do to the conversations that are under way, found out beforehand.
// Names and ids only: no value that a contact gave.
#pragma once

#include <functional>
#include <string>

#include "nlu/dialogue/deploy.h"
#include "tools/mitr/opened_turns.h"

namespace mitr {

struct RehearsalCount {
  std::size_t conversations = 0;  ///< With something in hand.
  std::size_t finishing = 0;      ///< Of these: would end under the version they began under.
  std::size_t losing = 0;         ///< Of these: would not be taken over whole.
};

/// Calls `told` for each conversation of the tenant that `next` would not take over whole.
Result<RehearsalCount> rehearse(
    Reader& reader, const OpenTenant& tenant, const Pack& next,
    const std::function<void(const ContactId&, const std::vector<Loss>&)>& told);

}  // namespace mitr
