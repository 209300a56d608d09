// The desk of a tenant's people, until there is a dashboard: who waits for a person, and telling a
// conversation what to say or do. Everything it tells is a row first.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "nlu/dialogue/dialogue.h"
#include "persistence/store.h"
#include "tools/mitr/contact_search.h"
#include "tools/mitr/opened_turns.h"

namespace mitr {

/// A conversation that a person has.
struct HandedConversation {
  ContactId contact;
  std::chrono::sys_seconds until{};  ///< Then the machine has it again by itself.
  std::string flow;                  ///< What is in hand; empty: nothing.
};

/// Tells `told` of each conversation of the tenant that a person has at `now`.
Status list_handed(Reader& reader, const OpenTenant& tenant, std::chrono::sys_seconds now,
                   const std::function<void(const HandedConversation&)>& told);

/// Files an instruction; its turn is made by the node, within seconds. `number`: the tenant's
/// number that what is said leaves by; empty: the first of the portfolio in which they are known.
/// kNotFound: there is no such contact. kRefused: the number is of another portfolio.
Result<InstructionId> instruct(Store& store, const OpenTenant& tenant, const Addressee& whom,
                               const std::string& number, const Input& input,
                               std::chrono::sys_seconds now);

}  // namespace mitr
