// `mitr import TABLE FILE.csv`: a tenant's own data into the store, for its flows to look up.
#pragma once

namespace CLI {
class App;
}

namespace mitr {

void add_import_command(CLI::App& app, int& exit_code);

}  // namespace mitr
