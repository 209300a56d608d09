// What a tenant tells us to do in a conversation, and its sealed form: one of the inputs that come
// from the business and not from the contact.
#pragma once

#include "nlu/dialogue/dialogue.h"
#include "persistence/crypto/keys.h"
#include "persistence/rows.h"
#include "protocols/result.h"

namespace mitr {

/// HandBack, Proactive, HumanMessage or ConsentChange; nothing else is sealed or opened.
Result<InstructionRow> sealed_instruction(const SecretKey& contact_key, InstructionRow row,
                                          const Input& input);
/// kTampered, kMalformed: it can never be carried out.
Result<Input> open_instruction(const SecretKey& contact_key, const InstructionRow& row);

}  // namespace mitr
