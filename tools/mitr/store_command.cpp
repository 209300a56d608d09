#include "tools/mitr/store_command.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <string>

#include "persistence/postgres/migrate.h"

namespace mitr {

void add_store_command(CLI::App& app, int& exit_code) {
  auto* store = app.add_subcommand("store", "The store's own upkeep");
  store->require_subcommand(1);
  auto admin = std::make_shared<std::string>();
  auto* init = store->add_subcommand(
      "init", "Make roles and tables, or bring them up to date (forward only)");
  init->add_option("--admin", *admin, "DSN of a role that may create roles and tables")->required();
  init->callback([admin, &exit_code] {
    auto done = migrate(*admin);
    if (!done)
      std::cerr << "mitr store init: " << done.error().what << "\n";
    else
      std::cout << "The store is ready. Point the node at it with a DSN of role mitr_app.\n";
    exit_code = done ? 0 : 1;
  });
}

}  // namespace mitr
