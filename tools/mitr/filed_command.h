// `mitr filed`: items of webhooks that nothing acted on, counted, and removed when they are old.
#pragma once

namespace CLI {
class App;
}

namespace mitr {

/// Adds the subcommand; when it runs, its result goes to exit_code.
void add_filed_command(CLI::App& app, int& exit_code);

}  // namespace mitr
