// Stored conversations, opened for operators' tools: whose they are, and what their turns say.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "nlu/dialogue/turn_record.h"
#include "persistence/crypto/keys.h"
#include "persistence/store.h"
#include "protocols/contact_details.h"

namespace mitr {

/// A tenant with its key.
struct OpenTenant {
  TenantRow row;
  SecretKey key;
};

/// All tenants, or the one of that slug. kNotFound: there is none.
Result<std::vector<OpenTenant>> open_tenants(Reader& reader, const SecretKey& root,
                                             const std::string& slug);

/// What one stored turn says. kTampered: it does not open; its contact's key may be gone.
Result<TurnRecord> open_turn(const OpenTenant& tenant, const StoredTurn& turn);

/// The turns of one conversation from its first to `last_seq`, in order. kNotFound: it has no such
/// turn.
Result<std::vector<TurnRecord>> open_turns(Reader& reader, const OpenTenant& tenant,
                                           const ContactId& conversation, std::uint64_t last_seq);

/// How the contact is reached. kTampered: it does not open.
Result<ContactDetails> open_details(const OpenTenant& tenant, const ContactId& contact,
                                    const StoredConversation& stored);

/// What a conversation has in hand, out of its turns since the last snapshot.
Result<DialogueState> open_state(const OpenTenant& tenant, const ContactId& conversation,
                                 const StoredConversation& stored);

/// Calls `visit` with what each of the tenant's contacts has in hand, page by page in the order of
/// their ids. The first error ends it.
Status each_state(Reader& reader, const OpenTenant& tenant,
                  const std::function<void(const ContactId&, const DialogueState&)>& visit);

}  // namespace mitr
