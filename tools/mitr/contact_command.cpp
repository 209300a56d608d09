#include "tools/mitr/contact_command.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <spdlog/fmt/chrono.h>
#include <spdlog/fmt/fmt.h>

#include "tools/mitr/contact_search.h"
#include "tools/mitr/store_options.h"

namespace mitr {
namespace {

struct ContactOptions {
  StoreOptions store;
  std::string tenant;
  Addressee whom;
};

const char* word_for(AliasKind kind) {
  switch (kind) {
    case AliasKind::kUntold:
      return "bsuid or phone";
    case AliasKind::kBsuid:
      return "bsuid";
    case AliasKind::kPhone:
      return "phone";
    case AliasKind::kParentBsuid:
      return "parent bsuid";
    case AliasKind::kUsername:
      return "username";
  }
  return "?";
}

const char* word_for(LineageReason reason) {
  switch (reason) {
    case LineageReason::kTold:
      return "one person: the provider told the change";
    case LineageReason::kSameParent:
      return "one person: they share a parent bsuid";
    case LineageReason::kSamePhone:
      return "likely one person: the earlier was known by the phone alone";
    case LineageReason::kPhonePassed:
      return "another person: the phone passed on";
  }
  return "?";
}

std::string time_text(std::chrono::sys_seconds at) {
  if (at.time_since_epoch().count() <= 0) return "before it was noted";
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(at)));
}

/// Ids, kinds and times only: the names themselves are not in the store.
void print(const ContactId& contact, const StoredConversation& stored,
           const ContactLineage& lineage) {
  std::cout << fmt::format("contact\t{}\t{} turns\n", to_string(contact), stored.last_seq);
  if (lineage.phone_lost) std::cout << "phone\tlost: it is somebody else's by now\n";
  for (const auto& alias : lineage.aliases) {
    std::cout << fmt::format("{}\tsince {}\t{}", word_for(alias.kind), time_text(alias.since),
                             alias.until ? "until " + time_text(*alias.until) : "now");
    if (alias.passed) {
      std::cout << "\tanother's before " << time_text(*alias.passed)
                << ": records imported before that are not shown";
    }
    std::cout << "\n";
  }
  for (const auto& row : lineage.kin) {
    const bool later = row.later == contact;
    std::cout << fmt::format("{}\t{}\t{}\t{}\n", later ? "earlier" : "later",
                             to_string(later ? row.earlier : row.later), time_text(row.at),
                             word_for(row.reason));
  }
}

Status show(const ContactOptions& options) {
  const auto& whom = options.whom;
  if (whom.phone.empty() && whom.contact.empty() && whom.bsuid.empty() && whom.username.empty())
    return Error{Errc::kMalformed, "say whom: --phone, --bsuid, --username or --contact"};
  const auto store = open_store(options.store);
  if (!store) return store.error();
  const auto reader = store->store->reader();
  const auto tenants = open_tenants(*reader, store->root, options.tenant);
  if (!tenants) return tenants.error();
  const auto& tenant = tenants->front();
  const auto known = find_contact(*reader, tenant, whom);
  if (!known) return known.error();
  const auto stored = reader->conversation(tenant.row.id, known->contact);
  if (!stored) return stored.error();
  const auto lineage = reader->lineage(tenant.row.id, known->contact);
  if (!lineage) return lineage.error();
  print(known->contact, *stored, *lineage);
  return Done{};
}

}  // namespace

void add_contact_command(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<ContactOptions>();
  auto* command = app.add_subcommand(
      "contact", "By which names a contact goes and went, and who they are kin to");
  add_store_options(*command, options->store);
  auto& whom = options->whom;
  command->add_option("--tenant", options->tenant, "Whose contact (the tenant's slug)")->required();
  command->add_option("--phone", whom.phone, "The contact's phone, as people write it");
  command->add_option("--bsuid", whom.bsuid, "Their business-scoped user id, or the parent's");
  command->add_option("--username", whom.username, "Who used it last");
  command->add_option("--contact", whom.contact, "The contact's id");
  command->callback([options, &exit_code] {
    const auto done = show(*options);
    if (!done) std::cerr << "mitr contact: " << done.error().what << '\n';
    exit_code = done ? 0 : 1;
  });
}

}  // namespace mitr
