// `mitr simulate`: a node in a world made from a seed.
#pragma once

namespace CLI {
class App;
}

namespace mitr {

/// Adds the subcommand; when chosen it runs and leaves its exit code in `exit_code`.
void add_simulate_command(CLI::App& app, int& exit_code);

}  // namespace mitr
