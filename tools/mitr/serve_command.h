// `mitr serve`: runs one node until SIGTERM or SIGINT, then drains.
#pragma once

namespace CLI {
class App;
}

namespace mitr {

/// Adds the subcommand; running it sets `exit_code`. Both must outlive the parsing.
void add_serve_command(CLI::App& app, int& exit_code);

}  // namespace mitr
