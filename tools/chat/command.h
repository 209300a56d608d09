// `mitr chat`: types as one person of the Graph simulator, in a terminal or a pipe.
#pragma once

namespace CLI {
class App;
}

namespace mitr {

/// Adds the subcommand; running it sets `exit_code`. Both must outlive the parsing.
void add_chat_command(CLI::App& app, int& exit_code);

}  // namespace mitr
