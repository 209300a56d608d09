// `mitr journal ids`, `mitr journal requests`: reads what is stored, for operators and crash
// checks.
#pragma once

namespace CLI {
class App;
}

namespace mitr {

/// Adds the subcommand; running it sets `exit_code`. Both must outlive the parsing.
void add_journal_command(CLI::App& app, int& exit_code);

}  // namespace mitr
