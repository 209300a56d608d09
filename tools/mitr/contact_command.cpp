#include "tools/mitr/contact_command.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <spdlog/fmt/chrono.h>
#include <spdlog/fmt/fmt.h>

#include "tools/mitr/contact_erasure.h"
#include "tools/mitr/contact_export.h"
#include "tools/mitr/contact_search.h"
#include "tools/mitr/contact_words.h"
#include "tools/mitr/store_options.h"

namespace mitr {
namespace {

struct ContactOptions {
  StoreOptions store;
  std::string tenant;
  Addressee whom;
  bool yes = false;
};

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

/// The store, opened for the one tenant.
struct ContactView {
  NodeStore store;
  std::unique_ptr<Reader> reader;
  OpenTenant tenant;
};

Result<ContactView> open_view(const ContactOptions& options) {
  const auto& whom = options.whom;
  if (whom.phone.empty() && whom.contact.empty() && whom.bsuid.empty() && whom.username.empty())
    return Error{Errc::kMalformed, "say whom: --phone, --bsuid, --username or --contact"};
  auto store = open_store(options.store);
  if (!store) return store.error();
  auto reader = store->store->reader();
  auto tenants = open_tenants(*reader, store->root, options.tenant);
  if (!tenants) return tenants.error();
  return ContactView{*std::move(store), std::move(reader), std::move(tenants->front())};
}

Status show(const ContactOptions& options) {
  const auto view = open_view(options);
  if (!view) return view.error();
  const auto known = find_contact(*view->reader, view->tenant, options.whom);
  if (!known) return known.error();
  const auto stored = view->reader->conversation(view->tenant.row.id, known->contact);
  if (!stored) return stored.error();
  const auto lineage = view->reader->lineage(view->tenant.row.id, known->contact);
  if (!lineage) return lineage.error();
  print(known->contact, *stored, *lineage);
  return Done{};
}

// -- export and erase ----

Status write_export(const ContactOptions& options) {
  const auto view = open_view(options);
  if (!view) return view.error();
  const auto text = export_contact(*view->reader, view->tenant, options.whom);
  if (!text) return text.error();
  std::cout << text->reveal() << '\n';
  return Done{};
}

void print(const ErasurePlan& plan, const char* verb) {
  std::cout << fmt::format(
      "contact\t{}\n{}: key, details, {} names, {} turns, {} requests, {} files, {} messages ({} "
      "still to leave), {} instructions, {} reviews\n",
      to_string(plan.erasure.contact), verb, plan.names, plan.erasure.last_seq, plan.requests,
      plan.files, plan.messages, plan.unsent, plan.instructions, plan.reviews);
  if (plan.erasure.withdrawn != 0)
    std::cout << "kept as keyed hashes of their names: what they said stop to\n";
  for (const auto number : plan.models)
    std::cout << fmt::format("model {} was taught with their words: train anew\n", number);
  for (const auto& role : plan.roles)
    std::cout << fmt::format("in the roster as {}: take them out of it first\n", role);
}

Status erase(const ContactOptions& options) {
  const auto view = open_view(options);
  if (!view) return view.error();
  if (!options.yes) {
    const auto plan = plan_erasure(*view->reader, view->tenant, options.whom);
    if (!plan) return plan.error();
    print(*plan, "would go");
    std::cout << "nothing was erased; with --yes it is, for good\n";
    return Done{};
  }
  const auto plan = erase_person(*view->store.store, *view->reader, view->tenant, options.whom);
  if (!plan) return plan.error();
  print(*plan, "erased");
  std::cout << "a running node forgets them within seconds; records that were imported are the "
               "business's own and stay\n";
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
  command->add_option(
      "--portfolio", whom.portfolio,
      "Where they go by that, of a tenant with several portfolios: main, or a name");
  command->require_subcommand(0, 1);
  const auto add = [&](CLI::App* part, const char* name, Status (*run)(const ContactOptions&)) {
    part->callback([options, run, name, part, &exit_code] {
      if (!part->get_subcommands().empty()) return;
      const auto done = run(*options);
      if (!done) std::cerr << "mitr " << name << ": " << done.error().what << '\n';
      exit_code = done ? 0 : 1;
    });
  };
  add(command, "contact", show);
  // Options of `contact` may stand behind these too.
  auto* exporting = command->add_subcommand(
      "export", "Everything held of one contact, as JSON: personal data, on standard output");
  exporting->fallthrough();
  add(exporting, "contact export", write_export);
  auto* erasing = command->add_subcommand(
      "erase", "Erase one contact: key, turns, files, all; without --yes it says what would go");
  erasing->fallthrough();
  erasing->add_flag("--yes", options->yes, "Do it. It cannot be taken back");
  add(erasing, "contact erase", erase);
}

}  // namespace mitr
