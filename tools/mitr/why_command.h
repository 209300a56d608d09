// `mitr why MESSAGE`: what made us say a message. Values only with --words.
#pragma once

namespace CLI {
class App;
}

namespace mitr {

/// Adds the subcommand; running it sets `exit_code`. Both must outlive the parsing.
void add_why_command(CLI::App& app, int& exit_code);

}  // namespace mitr
