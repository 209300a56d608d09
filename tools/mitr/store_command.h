// `mitr store init`: makes roles and tables in a PostgreSQL of the operator's own.
#pragma once

namespace CLI {
class App;
}

namespace mitr {

/// Adds the subcommand; running it sets `exit_code`. Both must outlive the parsing.
void add_store_command(CLI::App& app, int& exit_code);

}  // namespace mitr
