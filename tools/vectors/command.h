// `mitr vectors build`: a table of word vectors from the dictionaries of this machine.
#pragma once

namespace CLI {
class App;
}

namespace mitr {

/// Adds the subcommand; running it sets `exit_code`. Both must outlive the parsing.
void add_vectors_command(CLI::App& app, int& exit_code);

}  // namespace mitr
