#include "tools/mitr/rehearsal.h"

namespace mitr {

Result<RehearsalCount> rehearse(
    Reader& reader, const OpenTenant& tenant, const Pack& next,
    const std::function<void(const ContactId&, const std::vector<Loss>&)>& told) {
  RehearsalCount count;
  const auto done =
      each_state(reader, tenant, [&](const ContactId& contact, const DialogueState& state) {
        if (state.at_rest()) return;
        ++count.conversations;
        const auto lost = losses(next, state);
        if (finishes_where_it_began(next, state)) ++count.finishing;
        if (lost.empty()) return;
        ++count.losing;
        told(contact, lost);
      });
  if (!done) return done.error();
  return count;
}

}  // namespace mitr
