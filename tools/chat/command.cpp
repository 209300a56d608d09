// Options of the terminal client.
#include "tools/chat/command.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <unistd.h>

#include "tools/chat/terminal.h"

namespace mitr {

void add_chat_command(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<chat::TerminalOptions>();
  auto* command =
      app.add_subcommand("chat", "Write to Mitr from a terminal, through the Graph simulator");
  command->add_option("--graph", options->graph, "Address of the simulator")->capture_default_str();
  command->add_option("--from", options->from,
                      "Phone that writes; default: the first person of the simulator");
  command->add_option("--number", options->number, "Number written to; default: that person's");
  command
      ->add_option("--patience", options->patience_seconds, "Seconds to wait for a reply to a line")
      ->capture_default_str()
      ->check(CLI::Range(1, 600));
  command->footer(
      "One line is one message. When a reply offers buttons, type a button's number to tap it.\n"
      "Works in a pipe too: printf 'hello\\n' | mitr chat\n"
      "Exit code: 0 every line was answered, 1 a line was not, 2 the simulator is not there.");
  command->callback([options, &exit_code] {
    options->interactive = isatty(STDIN_FILENO) != 0;
    exit_code = chat::run_terminal(*options, std::cin, std::cout, std::cerr);
  });
}

}  // namespace mitr
