#include "tools/mitr/contact_erasure.h"

#include <algorithm>

#include "persistence/media_store.h"
#include "persistence/outbox_rank.h"
#include "protocols/limits.h"
#include "tools/mitr/learner.h"

namespace mitr {
namespace {

/// Who is in the middle of a conversation writes again while we look.
constexpr int kTries = 3;

/// What the person withdrew. Where that cannot be read any more: everything, so that nobody is
/// written to who may have said stop.
std::uint8_t withdrawn_by(const OpenTenant& tenant, const ContactId& contact,
                          const StoredConversation& stored) {
  constexpr auto kAll = (1U << static_cast<unsigned>(Consent::kTheLast)) - 1;
  const auto state = open_state(tenant, contact, stored);
  return state ? state->withdrawn : static_cast<std::uint8_t>(kAll);
}

Status count_held(Reader& reader, const OpenTenant& tenant, ErasurePlan& plan) {
  const ContactId& contact = plan.erasure.contact;
  const auto held = reader.held(tenant.row.id, contact, limits::kImportRowsMax);
  if (!held) return held.error();
  plan.files = static_cast<std::size_t>(
      std::count_if(held->requests.begin(), held->requests.end(),
                    [](const auto& each) { return each.row.kind == kMediaRequest; }));
  plan.requests = held->requests.size() - plan.files;
  plan.messages = held->outbox.size();
  plan.unsent = static_cast<std::size_t>(
      std::count_if(held->outbox_states.begin(), held->outbox_states.end(), is_open));
  plan.reviews = held->reviews.size();
  plan.instructions = held->instructions.size();
  const auto lineage = reader.lineage(tenant.row.id, contact);
  if (!lineage) return lineage.error();
  plan.names = lineage->aliases.size();
  const auto roster = reader.roster(tenant.row.id);
  if (!roster) return roster.error();
  for (const auto& row : *roster) {
    if (row.contact == contact) plan.roles.push_back(row.role);
  }
  const auto models = read_models(reader, tenant);
  if (!models) return models.error();
  for (const KnownModel& model : *models) {
    const auto& references = model.manifest.references;
    if (std::any_of(references.begin(), references.end(),
                    [&](const ReviewRow& each) { return each.turn.contact == contact; }))
      plan.models.push_back(model.stored.row.number);
  }
  return Done{};
}

}  // namespace

Result<ErasurePlan> plan_erasure(Reader& reader, const OpenTenant& tenant, const Addressee& whom) {
  const auto known = find_contact(reader, tenant, whom);
  if (!known) return known.error();
  const auto stored = reader.conversation(tenant.row.id, known->contact);
  if (!stored) return stored.error();
  ErasurePlan plan;
  plan.erasure = {known->contact, stored->last_seq, withdrawn_by(tenant, known->contact, *stored)};
  if (auto counted = count_held(reader, tenant, plan); !counted) return counted.error();
  return plan;
}

Result<ErasurePlan> erase_person(Store& store, Reader& reader, const OpenTenant& tenant,
                                 const Addressee& whom) {
  for (int attempt = 0; attempt < kTries; ++attempt) {
    auto plan = plan_erasure(reader, tenant, whom);
    if (!plan) {
      const auto id = parse_id<ContactId>(whom.contact);
      if (plan.error().code != Errc::kNotFound || !id) return plan.error();
      // Erased before, it may be; if not, that is said.
      if (auto again = store.erase_contact(tenant.row.id, {*id, 0, 0}); !again)
        return again.error().code == Errc::kNotFound ? plan.error() : again.error();
      ErasurePlan rest;
      rest.erasure.contact = *id;
      return rest;
    }
    if (!plan->roles.empty()) {
      return Error{Errc::kRefused, "the tenant's roster has them as " + plan->roles.front() +
                                       ": take them out of it first"};
    }
    const auto erased = store.erase_contact(tenant.row.id, plan->erasure);
    if (erased) return plan;
    if (erased.error().code != Errc::kFenced) return erased.error();
  }
  return Error{Errc::kFenced, "the conversation goes on and on: try again"};
}

}  // namespace mitr
