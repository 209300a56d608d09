// Checking and drawing packs; see pack_command.h.
#include "tools/mitr/pack_command.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <string>

#include "config/pack_file.h"
#include "config/pack_graph.h"

namespace mitr {
namespace {

/// The pack, or null once its mistakes are told.
std::shared_ptr<const Pack> load_or_tell(const std::string& name, const std::string& packs) {
  auto loaded = load_pack(pack_folder(name, packs));
  for (const PackMistake& mistake : loaded.mistakes) std::cerr << to_string(mistake) << '\n';
  return loaded.pack;
}

}  // namespace

void add_pack_command(CLI::App& app, int& exit_code) {
  struct Options {
    std::string pack;
    std::string packs = "config/packs";
  };
  auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand("pack", "Check and draw what a business can be asked");
  command->require_subcommand(1);
  const auto add = [&](const char* name, const char* help) {
    auto* each = command->add_subcommand(name, help);
    each->add_option("PACK", options->pack, "Folder of the pack, or its name")->required();
    each->add_option("--packs", options->packs, "Where packs are looked for by name")
        ->capture_default_str();
    return each;
  };
  add("check", "Tell every mistake with its place and the mend")->callback([options, &exit_code] {
    const auto pack = load_or_tell(options->pack, options->packs);
    exit_code = pack ? 0 : 1;
    if (pack) std::cout << pack->name() << ": " << pack->flows().size() << " flows, no mistakes\n";
  });
  add("graph", "Draw the flows as Mermaid text")->callback([options, &exit_code] {
    const auto pack = load_or_tell(options->pack, options->packs);
    exit_code = pack ? 0 : 1;
    if (pack) std::cout << pack_graph(*pack);
  });
}

}  // namespace mitr
