// `mitr train`, `test`, `promote`, `rollback` and `models`: a tenant's own model from its reviewed
// utterances to its conversations, and back.
#pragma once

namespace CLI {
class App;
}

namespace mitr {

/// The exit code is 1 when a step fails, and when a promotion is refused since the model is worse.
void add_learning_commands(CLI::App& app, int& exit_code);

}  // namespace mitr
