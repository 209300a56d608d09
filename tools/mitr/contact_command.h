// `mitr contact`: who a contact is, and was.
#pragma once

namespace CLI {
class App;
}

namespace mitr {

/// Adds the subcommand; when it runs, its result goes to exit_code.
void add_contact_command(CLI::App& app, int& exit_code);

}  // namespace mitr
