// `mitr tenant`: how a business stands with the provider.
#pragma once

namespace CLI {
class App;
}

namespace mitr {

/// Adds the subcommand; when it runs, its result goes to exit_code.
void add_tenant_command(CLI::App& app, int& exit_code);

}  // namespace mitr
