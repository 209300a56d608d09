// `mitr pack`: whether a pack is right, what it looks like, and making it a tenant's.
#pragma once

namespace CLI {
class App;
}

namespace mitr {

/// Adds the subcommand; running it sets `exit_code`. Both must outlive the parsing.
void add_pack_command(CLI::App& app, int& exit_code);

}  // namespace mitr
