#include "tools/mitr/rehearsal.h"

#include "protocols/limits.h"

namespace mitr {

Result<RehearsalCount> rehearse(
    Reader& reader, const OpenTenant& tenant, const Pack& next,
    const std::function<void(const ContactId&, const std::vector<Loss>&)>& told) {
  RehearsalCount count;
  for (ContactId after{};;) {
    const auto page = reader.contacts(tenant.row.id, after, limits::kWakesMax);
    if (!page) return page.error();
    if (page->empty()) return count;
    after = page->back();
    std::vector<ConversationName> names;
    for (const auto& contact : *page) names.push_back({tenant.row.id, contact});
    const auto stored = reader.conversations(names);
    if (!stored) return stored.error();
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (!(*stored)[i]) continue;
      const auto state = open_state(tenant, names[i].contact, *(*stored)[i]);
      if (!state) return state.error();
      if (state->at_rest()) continue;
      ++count.conversations;
      const auto lost = losses(next, *state);
      if (finishes_where_it_began(next, *state)) ++count.finishing;
      if (lost.empty()) continue;
      ++count.losing;
      told(names[i].contact, lost);
    }
  }
}

}  // namespace mitr
