// Which store a tool works on, as its command line says.
#pragma once

#include <string>

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
/// Opens what the options name; mistakes of a settings file go to standard error.
Result<NodeStore> open_store(const StoreOptions& options);

}  // namespace mitr
