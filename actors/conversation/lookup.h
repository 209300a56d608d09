// A flow's question to the tenant's own records: what the store must find, and what the finds
// answer. No CAF.
#pragma once

#include <optional>

#include "actors/messages.h"
#include "actors/tenant/tenant_context.h"
#include "nlu/dialogue/dialogue.h"

namespace mitr {

/// True: the call is one of our own questions (nlu/records); else another system's.
bool asks_records(const CallOut& call);
/// None: what the question needs is not known, so nothing can be found. `number`: the tenant's,
/// that the contact writes to.
std::optional<FindRecords> records_wanted(const TenantContext& tenant, const CallOut& call,
                                          const std::string& number, const Personal& phone);
/// Not ok if the store could not be read, or a record does not open.
CallResult answer_from(const TenantContext& tenant, const CallOut& call, const Personal& phone,
                       const RecordsFound& found, const Moment& now);
/// Gives the answer one outcome: `seq` is the turn that it follows.
KeyedHash hash_of_call(const TenantContext& tenant, const ContactId& contact, std::uint64_t seq);

}  // namespace mitr
