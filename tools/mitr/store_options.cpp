#include "tools/mitr/store_options.h"

#include <CLI/CLI.hpp>
#include <iostream>

namespace mitr {

void add_store_options(CLI::App& command, StoreOptions& options) {
  command.add_option("--config", options.config, "Settings file, for its `database`")
      ->check(CLI::ExistingFile);
  command.add_option("--data", options.data, "Data folder")->capture_default_str();
  command.add_option("--database", options.database, "PostgreSQL DSN");
}

Result<NodeSettings> settings_of(const StoreOptions& options) {
  auto loaded = load_node_settings(options.config);
  for (const auto& mistake : loaded.mistakes) std::cerr << to_string(mistake) << "\n";
  if (!loaded.ok()) return Error{Errc::kInvalidConfig, "the settings file has mistakes"};
  return std::move(loaded.settings);
}

Result<NodeStore> open_store(const StoreOptions& options) {
  auto dsn = options.database;
  if (dsn.empty() && !options.config.empty()) {
    const auto settings = settings_of(options);
    if (!settings) return settings.error();
    dsn = settings->database.reveal();
  }
  return open_node_store(options.data, dsn, false);
}

}  // namespace mitr
