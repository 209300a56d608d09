// Which store a tool works on, as its command line says.
#pragma once

#include <string>

#include "config/node_settings.h"
#include "tools/mitr/node_store.h"

namespace CLI {
class App;
}

namespace mitr {

struct StoreOptions {
  std::string config;
  std::string data = "data";
  std::string database;
};

void add_store_options(CLI::App& command, StoreOptions& options);
/// The settings file of the options; kInvalidConfig: it has mistakes, which go to standard error.
Result<NodeSettings> settings_of(const StoreOptions& options);
/// Opens what the options name; mistakes of a settings file go to standard error.
Result<NodeStore> open_store(const StoreOptions& options);

}  // namespace mitr
