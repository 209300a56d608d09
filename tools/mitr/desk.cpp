#include "tools/mitr/desk.h"

#include <algorithm>

#include "actors/conversation/instruction.h"
#include "config/tenant_settings.h"
#include "protocols/limits.h"

namespace mitr {
namespace {

Result<std::string> number_of(const OpenTenant& tenant, const std::string& wanted) {
  const auto& numbers = tenant.row.numbers;
  if (numbers.empty()) return Error{Errc::kRefused, "the tenant has no number to speak from"};
  if (wanted.empty()) return numbers.front();
  if (std::find(numbers.begin(), numbers.end(), wanted) == numbers.end())
    return Error{Errc::kNotFound, "the tenant has no number " + wanted};
  return wanted;
}

}  // namespace

Status list_handed(Reader& reader, const OpenTenant& tenant, std::chrono::sys_seconds now,
                   const std::function<void(const HandedConversation&)>& told) {
  return each_state(reader, tenant, [&](const ContactId& contact, const DialogueState& state) {
    const std::chrono::sys_seconds until{std::chrono::seconds{state.human_until}};
    if (until > now) told({contact, until, state.flow});
  });
}

Result<InstructionId> instruct(Store& store, const OpenTenant& tenant, const Addressee& whom,
                               const std::string& number, const Input& input,
                               std::chrono::sys_seconds now) {
  const auto from = number_of(tenant, number);
  if (!from) return from.error();
  const auto reader = store.reader();
  // Who goes by a name is another in another portfolio: it is the one that the number can reach.
  Addressee reached = whom;
  const auto settings = parse_tenant_settings(tenant.row.settings);
  if (!settings) return settings.error();
  const auto portfolio = settings->portfolio_of(*from);
  reached.portfolio = portfolio.empty() ? kMainPortfolio : portfolio;
  const auto known = find_contact(*reader, tenant, reached);
  if (!known) return known.error();
  const auto key = unwrap_key(tenant.key, known->wrapped_key, kContactKey, known->contact.bytes);
  if (!key) return key.error();
  InstructionRow row;
  row.name = {tenant.row.id, random_id<InstructionId>()};
  row.contact = known->contact;
  row.number = *from;
  row.expires = now + limits::kInstructionExpiry;
  auto sealed = sealed_instruction(*key, std::move(row), input);
  if (!sealed) return sealed.error();
  if (auto filed = store.put_instruction(*sealed); !filed) return filed.error();
  return sealed->name.id;
}

}  // namespace mitr
