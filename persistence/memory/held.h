// What the in-memory store holds of one contact besides names and turns.
#pragma once

#include "persistence/memory/state.h"

namespace mitr::memory {

/// At most `limit` of each kind, as Reader::held.
HeldOfContact held_of(const Shelf& shelf, const ContactId& contact, std::size_t limit);

/// The contact's wrapped key; empty if there is none.
Sealed key_of(const Shelf& shelf, const ContactId& contact);

}  // namespace mitr::memory
