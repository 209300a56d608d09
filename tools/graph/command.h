// `mitr graph`: runs the Graph simulator until it is told to stop.
#pragma once

namespace CLI {
class App;
}

namespace mitr {

/// Adds the subcommand; running it sets `exit_code`. Both must outlive the parsing.
void add_graph_command(CLI::App& app, int& exit_code);

}  // namespace mitr
