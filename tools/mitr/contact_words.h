// Words for what the store says of contacts, as operators read them.
#pragma once

#include "persistence/identity.h"
#include "persistence/rows.h"

namespace mitr {

const char* word_for(AliasKind kind);
const char* word_for(LineageReason reason);
const char* word_for(OutboxState state);

}  // namespace mitr
