// The rules of a batch.
#include "persistence/batch_rules.h"

#include <algorithm>
#include <string_view>

namespace mitr {
namespace {

/// A person has a handful of names at a provider; claim_contact of the schema counts on no more.
constexpr std::size_t kAliasesMax = 64;

/// PostgreSQL's text holds everything but zero; one such name would refuse the turns of everyone in
/// the batch.
bool has_zero(std::string_view name) {
  return name.find('\0') != std::string_view::npos;
}

const char* fault_of(const Append& turn) {
  if (turn.seq == 0 || turn.seq > static_cast<std::uint64_t>(INT64_MAX))
    return "a turn without a seq";
  for (std::size_t i = 0; i < turn.outbox.size(); ++i) {
    const OutboxRow& row = turn.outbox[i];
    if (row.ref.contact != turn.conversation || row.ref.seq != turn.seq) {
      return "an outbox row that names another turn";
    }
    if (row.ref.ord > INT16_MAX) return "too many outbox rows in a turn";
    if (row.ref.ord == 0 && turn.reply) return "an outbox row in the place of the reply";
    if (has_zero(row.number)) return "a zero byte in a number";
    for (std::size_t j = 0; j < i; ++j) {
      if (turn.outbox[j].ref.ord == row.ref.ord) return "two outbox rows in one place";
    }
  }
  if (turn.reply && has_zero(turn.reply->number)) return "a zero byte in a number";
  if (turn.timer && has_zero(turn.timer->number)) return "a zero byte in a number";
  for (const auto& request : turn.requests) {
    if (has_zero(request.kind)) return "a zero byte in a request's kind";
  }
  return nullptr;
}

bool has_untold(const std::vector<Alias>& names) {
  return std::any_of(names.begin(), names.end(),
                     [](const Alias& name) { return name.kind == AliasKind::kUntold; });
}

}  // namespace

Status check_batch(const Batch& batch) {
  const char* fault = nullptr;
  for (const auto& turn : batch.appends) {
    if (fault == nullptr) fault = fault_of(turn);
  }
  for (const auto& claim : batch.claims) {
    if (claim.aliases.empty() && claim.former.empty()) fault = "a claim without an alias";
    if (claim.aliases.size() + claim.former.size() > kAliasesMax)
      fault = "a claim with too many aliases";
    if (has_untold(claim.aliases) || has_untold(claim.former)) fault = "an alias without a kind";
  }
  for (const auto& webhook : batch.kept) {
    if (has_zero(webhook.reason)) fault = "a zero byte in a reason";
  }
  for (const auto& [tenant, told] : batch.standings) {
    for (const auto& word :
         {told.account, told.subject, told.name, told.aspect, told.value, told.reason})
      if (has_zero(word)) fault = "a zero byte in what was told of an account";
  }
  if (fault != nullptr) return Error{Errc::kMalformed, std::string("the batch holds ") + fault};
  return Done{};
}

}  // namespace mitr
