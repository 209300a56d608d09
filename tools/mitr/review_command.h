// `mitr review`: what to look at, and what a person says of it.
#pragma once

namespace CLI {
class App;
}

namespace mitr {

/// The exit code is 1 when the store cannot be read or what is named is not there.
void add_review_command(CLI::App& app, int& exit_code);

}  // namespace mitr
