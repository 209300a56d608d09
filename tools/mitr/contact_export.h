// Everything that is held of one person, opened, as one JSON text: for whoever asks what we know of
// them. Personal data as a whole; it goes to the operator's standard output and nowhere else.
#pragma once

#include "protocols/personal.h"
#include "tools/mitr/contact_search.h"
#include "tools/mitr/opened_turns.h"

namespace mitr {

/// Details, names (their kinds and times: the store has only their hashes), turns, requests, files
/// by name, messages of ours, reviews and the models taught with their words. kNotFound: the tenant
/// knows no such contact. kTooLarge: more rows than are read at once.
Result<Personal> export_contact(Reader& reader, const OpenTenant& tenant, const Addressee& whom);

}  // namespace mitr
