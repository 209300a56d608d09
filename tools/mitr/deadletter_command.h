// `mitr deadletter`: messages that were refused, or of which nobody knows whether they left.
#pragma once

namespace CLI {
class App;
}

namespace mitr {

void add_deadletter_command(CLI::App& app, int& exit_code);

}  // namespace mitr
