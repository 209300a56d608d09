// `mitr load`: the load driver's command line.
#pragma once

namespace CLI {
class App;
}

namespace mitr {

/// Adds the subcommand; running it sets `exit_code`. Both must outlive the parsing.
void add_load_command(CLI::App& app, int& exit_code);

}  // namespace mitr
