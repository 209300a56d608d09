// Checking, drawing, rehearsing and deploying packs; see pack_command.h.
#include "tools/mitr/pack_command.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <string>

#include "config/pack_file.h"
#include "config/pack_graph.h"
#include "config/tenant_settings.h"
#include "tools/mitr/pack_rows.h"
#include "tools/mitr/rehearsal.h"
#include "tools/mitr/store_options.h"

namespace mitr {
namespace {

/// The pack, or null once its mistakes are told.
std::shared_ptr<const Pack> load_or_tell(const std::string& name, const std::string& packs) {
  auto loaded = load_pack(pack_folder(name, packs));
  for (const PackMistake& mistake : loaded.mistakes) std::cerr << to_string(mistake) << '\n';
  return loaded.pack;
}

struct DeployOptions {
  StoreOptions store;
  std::string pack;
  std::string packs = "config/packs";
  std::string tenant;
};

std::string joined(const std::vector<std::string>& names) {
  std::string all;
  for (const std::string& name : names) {
    if (!all.empty()) all += ", ";
    all += name;
  }
  return all;
}

void print_loss(const std::string& slug, const ContactId& conversation, const Loss& loss) {
  std::cout << slug << '\t' << to_string(conversation) << '\t' << loss.flow << '\t';
  if (loss.gone) std::cout << "the flow is gone";
  if (!loss.slots.empty()) std::cout << "values of: " << joined(loss.slots);
  if (!loss.slots.empty() && !loss.marks.empty()) std::cout << "; ";
  if (!loss.marks.empty()) std::cout << "steps done: " << joined(loss.marks);
  std::cout << '\n';
}

/// True: every conversation would be taken over whole.
Result<bool> rehearse(const DeployOptions& options) {
  const auto pack = read_pack(pack_folder(options.pack, options.packs));
  if (!pack) return pack.error();
  const auto store = open_store(options.store);
  if (!store) return store.error();
  const auto reader = store->store->reader();
  const auto tenants = open_tenants(*reader, store->root, options.tenant);
  if (!tenants) return tenants.error();
  RehearsalCount all;
  for (const auto& tenant : *tenants) {
    const auto settings = parse_tenant_settings(tenant.row.settings);
    // Unless one is named, the pack is meant for those whose settings name it.
    if (options.tenant.empty() && (!settings || settings->pack != pack->name)) continue;
    const auto told = [&](const ContactId& conversation, const std::vector<Loss>& lost) {
      for (const Loss& loss : lost) print_loss(tenant.row.slug, conversation, loss);
    };
    const auto count = rehearse(*reader, tenant, *pack->pack, told);
    if (!count) return count.error();
    all.conversations += count->conversations;
    all.finishing += count->finishing;
    all.losing += count->losing;
  }
  std::cout << pack->name << ' ' << to_string(pack->pack->version()) << ": " << all.conversations
            << " conversations under way, " << all.finishing << " would end as they began, "
            << all.losing << " would lose something\n";
  return all.losing == 0;
}

Status deploy(const DeployOptions& options) {
  const auto pack = read_pack(pack_folder(options.pack, options.packs));
  if (!pack) return pack.error();
  const auto store = open_store(options.store);
  if (!store) return store.error();
  const auto reader = store->store->reader();
  const auto tenants = open_tenants(*reader, store->root, options.tenant);
  if (!tenants) return tenants.error();
  const auto fresh = store_pack(*store->store, *pack);
  if (!fresh) return fresh.error();
  const auto version = pack->pack->version();
  if (auto done = store->store->deploy_pack(tenants->front().row.id, version.bytes); !done)
    return done;
  std::cout << pack->name << ' ' << to_string(version) << " is deployed to " << options.tenant
            << (*fresh ? "" : " (it was stored before)")
            << "; a running node takes it over within seconds\n";
  return Done{};
}

void add_deploy_commands(CLI::App& command, int& exit_code) {
  auto options = std::make_shared<DeployOptions>();
  const auto add = [&](const char* name, const char* help) {
    auto* each = command.add_subcommand(name, help);
    each->add_option("PACK", options->pack, "Folder of the pack, or its name")->required();
    each->add_option("--packs", options->packs, "Where packs are looked for by name")
        ->capture_default_str();
    add_store_options(*each, options->store);
    return each;
  };
  auto* deploying = add("deploy", "Make it a tenant's newest version, while its node runs");
  deploying->add_option("--tenant", options->tenant, "To whom")->required();
  deploying->callback([options, &exit_code] {
    const auto done = deploy(*options);
    if (!done) std::cerr << "mitr pack deploy: " << done.error().what << '\n';
    exit_code = done ? 0 : 1;
  });
  auto* rehearsing =
      add("rehearse", "List every conversation under way that it would not take over whole");
  rehearsing->add_option("--tenant", options->tenant, "Only this tenant's");
  rehearsing->callback([options, &exit_code] {
    const auto whole = rehearse(*options);
    if (!whole) std::cerr << "mitr pack rehearse: " << whole.error().what << '\n';
    exit_code = whole && *whole ? 0 : 1;
  });
}

}  // namespace

void add_pack_command(CLI::App& app, int& exit_code) {
  struct Options {
    std::string pack;
    std::string packs = "config/packs";
  };
  auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand("pack", "Check and draw what a business can be asked");
  command->require_subcommand(1);
  const auto add = [&](const char* name, const char* help) {
    auto* each = command->add_subcommand(name, help);
    each->add_option("PACK", options->pack, "Folder of the pack, or its name")->required();
    each->add_option("--packs", options->packs, "Where packs are looked for by name")
        ->capture_default_str();
    return each;
  };
  add("check", "Tell every mistake with its place and the mend")->callback([options, &exit_code] {
    const auto pack = load_or_tell(options->pack, options->packs);
    exit_code = pack ? 0 : 1;
    if (pack) std::cout << pack->name() << ": " << pack->flows().size() << " flows, no mistakes\n";
  });
  add("graph", "Draw the flows as Mermaid text")->callback([options, &exit_code] {
    const auto pack = load_or_tell(options->pack, options->packs);
    exit_code = pack ? 0 : 1;
    if (pack) std::cout << pack_graph(*pack);
  });
  add_deploy_commands(*command, exit_code);
}

}  // namespace mitr
