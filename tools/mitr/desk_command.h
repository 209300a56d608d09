// `mitr desk`: what a tenant's people do in conversations.
#pragma once

namespace CLI {
class App;
}

namespace mitr {

void add_desk_command(CLI::App& app, int& exit_code);

}  // namespace mitr
