// The one program: `mitr serve`, and the tools around it as subcommands.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <typeinfo>

#include "tools/chat/command.h"
#include "tools/graph/command.h"
#include "tools/load/command.h"
#include "tools/mitr/contact_command.h"
#include "tools/mitr/deadletter_command.h"
#include "tools/mitr/desk_command.h"
#include "tools/mitr/filed_command.h"
#include "tools/mitr/import_command.h"
#include "tools/mitr/journal_command.h"
#include "tools/mitr/learning_command.h"
#include "tools/mitr/media_command.h"
#include "tools/mitr/pack_command.h"
#include "tools/mitr/review_command.h"
#include "tools/mitr/serve_command.h"
#include "tools/mitr/store_command.h"
#include "tools/mitr/tenant_command.h"
#include "tools/mitr/why_command.h"
#include "tools/simulate/command.h"
#include "tools/vectors/command.h"

namespace {

int run(int argc, char** argv) {
  CLI::App app{"Mitr: conversations between people and back offices, over WhatsApp and voice"};
  app.require_subcommand(1);
  int exit_code = 0;
  mitr::add_serve_command(app, exit_code);
  mitr::add_store_command(app, exit_code);
  mitr::add_journal_command(app, exit_code);
  mitr::add_deadletter_command(app, exit_code);
  mitr::add_import_command(app, exit_code);
  mitr::add_pack_command(app, exit_code);
  mitr::add_why_command(app, exit_code);
  mitr::add_desk_command(app, exit_code);
  mitr::add_review_command(app, exit_code);
  mitr::add_learning_commands(app, exit_code);
  mitr::add_contact_command(app, exit_code);
  mitr::add_tenant_command(app, exit_code);
  mitr::add_media_command(app, exit_code);
  mitr::add_filed_command(app, exit_code);
  mitr::add_graph_command(app, exit_code);
  mitr::add_chat_command(app, exit_code);
  mitr::add_load_command(app, exit_code);
  mitr::add_simulate_command(app, exit_code);
  mitr::add_vectors_command(app, exit_code);
  CLI11_PARSE(app, argc, argv);
  return exit_code;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    // Its type only: the text of an exception nobody expected may quote what a contact wrote.
    std::fprintf(stderr, "mitr: ended by an exception of type %s\n", typeid(error).name());
    return EXIT_FAILURE;
  }
}
