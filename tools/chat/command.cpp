// Options of the terminal client.
#include "tools/chat/command.h"

#include <CLI/CLI.hpp>
#include <chrono>
#include <iostream>
#include <memory>
#include <unistd.h>

#include "config/pack_file.h"
#include "config/zone.h"
#include "tools/chat/offline.h"
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
  struct Offline {
    std::string pack;
    std::string packs = "config/packs";
    std::string language = "en";
    std::string zone = "Asia/Kolkata";
    std::string records;
  };
  auto offline = std::make_shared<Offline>();
  command->add_option("--pack", offline->pack,
                      "Talk to this pack (a folder, or a name) with no server at all");
  command->add_option("--packs", offline->packs, "Where packs are looked for by name")
      ->capture_default_str();
  command->add_option("--language", offline->language, "With --pack: language of the replies")
      ->capture_default_str();
  command->add_option("--zone", offline->zone, "With --pack: what 'tomorrow' is counted from")
      ->capture_default_str();
  command->add_option(
      "--records", offline->records,
      "With --pack: folder of tables to look things up in (roster.csv, fees.csv …)");
  command->footer(
      "One line is one message. When a reply offers buttons, type a button's number to tap it.\n"
      "Works in a pipe too: printf 'hello\\n' | mitr chat --pack school\n"
      "Exit code: 0 every line was answered, 1 a line was not, 2 the simulator is not there.");
  command->callback([options, offline, &exit_code] {
    options->interactive = isatty(STDIN_FILENO) != 0;
    if (!offline->pack.empty()) {
      const auto zone = Zone::find(offline->zone);
      if (!zone) {
        std::cerr << "mitr chat: " << zone.error().what << '\n';
        exit_code = 2;
        return;
      }
      chat::OfflineOptions talk;
      talk.pack = pack_folder(offline->pack, offline->packs);
      talk.language = offline->language;
      talk.records = offline->records;
      talk.phone = Personal(options->from);
      talk.interactive = options->interactive;
      talk.clock = [zone = *zone] {
        return zone.moment(
            std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
      };
      exit_code = chat::run_offline(talk, std::cin, std::cout, std::cerr);
      return;
    }
    exit_code = chat::run_terminal(*options, std::cin, std::cout, std::cerr);
  });
}

}  // namespace mitr
