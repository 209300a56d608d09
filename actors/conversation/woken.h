// A conversation as it was left, out of what the store keeps of it: keys opened, events folded. No
// CAF, no clock.
#pragma once

#include "actors/tenant/tenant_context.h"
#include "nlu/dialogue/dialogue.h"

namespace mitr {

struct WokenConversation {
  SecretKey key;
  std::uint64_t last_seq = 0;
  DialogueState state;
  ContactDetails details;
};

/// kTampered: something does not open under its identity. kMalformed: it opens, and is of a version
/// that this build does not read. Neither is mended by trying again.
Result<WokenConversation> woken_conversation(const TenantContext& tenant, const ContactId& contact,
                                             const StoredConversation& stored);

}  // namespace mitr
