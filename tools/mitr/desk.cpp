#include "tools/mitr/desk.h"

#include <algorithm>
#include <utility>

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

/// Whom it is for, and by which number it leaves: one of a portfolio in which they are known, for
/// in another the same names are somebody else's.
Result<std::pair<KnownContact, std::string>> addressee_and_number(Reader& reader,
                                                                  const OpenTenant& tenant,
                                                                  const Addressee& whom,
                                                                  const std::string& number) {
  auto from = number_of(tenant, number);
  if (!from) return from.error();
  const auto settings = parse_tenant_settings(tenant.row.settings);
  if (!settings) return settings.error();
  Addressee wanted = whom;
  if (!number.empty()) {
    const auto portfolio = settings->portfolio_of(number);
    wanted.portfolio = portfolio.empty() ? kMainPortfolio : portfolio;
  }
  auto known = find_contact(reader, tenant, wanted);
  if (!known) return known.error();
  if (settings->portfolios.empty()) return std::pair(*std::move(known), *std::move(from));
  const auto portfolio = portfolio_of(reader, tenant, *settings, *known);
  if (!portfolio) return portfolio.error();
  const auto is_theirs = [&](const std::string& each) {
    return settings->portfolio_of(each) == *portfolio;
  };
  if (number.empty()) {
    const auto& own = tenant.row.numbers;
    const auto at = std::find_if(own.begin(), own.end(), is_theirs);
    if (at != own.end()) from = *at;
  }
  if (!is_theirs(*from))
    return Error{Errc::kRefused, "that number is of a portfolio in which they are somebody else"};
  return std::pair(*std::move(known), *std::move(from));
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
  const auto reader = store.reader();
  const auto addressed = addressee_and_number(*reader, tenant, whom, number);
  if (!addressed) return addressed.error();
  const auto& [known, from] = *addressed;
  const auto key = unwrap_key(tenant.key, known.wrapped_key, kContactKey, known.contact.bytes);
  if (!key) return key.error();
  InstructionRow row;
  row.name = {tenant.row.id, random_id<InstructionId>()};
  row.contact = known.contact;
  row.number = from;
  row.expires = now + limits::kInstructionExpiry;
  auto sealed = sealed_instruction(*key, std::move(row), input);
  if (!sealed) return sealed.error();
  if (auto filed = store.put_instruction(*sealed); !filed) return filed.error();
  return sealed->name.id;
}

}  // namespace mitr
