#include "tools/mitr/serve_command.h"

#include <CLI/CLI.hpp>
#include <csignal>
#include <iostream>
#include <memory>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <string>
#include <sys/resource.h>

#include "config/node_settings.h"
#include "tools/mitr/node.h"

namespace mitr {
namespace {

struct ServeOptions {
  std::string config;
  std::string data = "data";
  std::string database;
};

/// Only these are waited for; every thread inherits the mask, so no handler runs anywhere.
sigset_t stop_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  return set;
}

/// One line a happening, key=value, to stderr. No personal data: nothing that reveals one may be an
/// argument.
void open_log() {
  auto log =
      std::make_shared<spdlog::logger>("mitr", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  log->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z level=%l %v");
  log->flush_on(spdlog::level::info);
  spdlog::set_default_logger(std::move(log));
}

/// Core dumps would hold keys and messages; open files are raised to what the system allows.
void set_process_limits() {
  rlimit no_core{0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  rlimit files{};
  if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
  }
}

int fail(const Error& error) {
  std::cerr << "mitr serve: " << error.what << "\n";
  return error.code == Errc::kInvalidConfig ? 2 : 1;
}

int serve(const ServeOptions& options) {
  auto loaded = load_node_settings(options.config);
  for (const auto& mistake : loaded.mistakes) std::cerr << to_string(mistake) << "\n";
  if (!loaded.ok()) return 2;
  auto& settings = loaded.settings;
  if (!options.database.empty()) settings.database = Personal(options.database);

  auto signals = stop_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  set_process_limits();
  open_log();

  std::error_code ignored;
  std::filesystem::create_directories(options.data, ignored);
  auto lock = FolderLock::take(std::filesystem::path(options.data) / "node.lock");
  if (!lock) return fail(lock.error());
  auto store = open_node_store(options.data, settings.database.reveal(), true);
  if (!store) return fail(store.error());
  auto node = Node::start(settings, *std::move(store));
  if (!node) return fail(node.error());
  spdlog::info("serving address={} port={} tls_port={}", settings.listen.address, (*node)->port(),
               (*node)->tls_port());

  int signal = 0;
  sigwait(&signals, &signal);
  spdlog::info("draining signal={}", signal);
  (*node)->drain();
  return 0;
}

}  // namespace

void add_serve_command(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<ServeOptions>();
  auto* command = app.add_subcommand("serve", "Run one node until SIGTERM or SIGINT, then drain");
  command->add_option("--config", options->config, "Settings file (YAML)")
      ->required()
      ->check(CLI::ExistingFile);
  command->add_option("--data", options->data, "Data folder: root key, private PostgreSQL")
      ->capture_default_str();
  command->add_option("--database", options->database,
                      "PostgreSQL DSN; overrides the settings' `database`");
  command->callback([options, &exit_code] { exit_code = serve(*options); });
}

}  // namespace mitr
