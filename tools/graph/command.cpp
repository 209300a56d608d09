// Options to settings, and the wait for a signal. Signals are blocked before the first thread
// starts, then waited for.
#include "tools/graph/command.h"

#include <CLI/CLI.hpp>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <memory>
#include <pthread.h>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "tools/graph/local_http.h"
#include "tools/graph/settings.h"
#include "tools/graph/simulator.h"
#include "tools/graph/target.h"

namespace mitr {
namespace {

struct GraphOptions {
  std::string config;
  std::uint16_t port = 18090;
  std::string webhook = "http://127.0.0.1:18080/webhook";
  std::string secret;
  std::string secret_file;
  std::string verify_token;
  std::vector<std::string> packs;
  std::vector<std::string> numbers;
  std::vector<std::string> people;
  bool no_window = false;
};

/// "left=right" in two; `right` empty when there is no "=".
std::pair<std::string, std::string> split_pair(const std::string& text) {
  const auto equals = text.find('=');
  if (equals == std::string::npos) return {text, {}};
  return {text.substr(0, equals), text.substr(equals + 1)};
}

Result<std::string> first_line(const std::string& file) {
  std::ifstream in(file);
  std::string line;
  if (!in || !std::getline(in, line) || line.empty()) {
    return Error{Errc::kInvalidConfig, file + ": no secret to read there"};
  }
  return line;
}

Result<graph::GraphSettings> settings_from(const GraphOptions& options, const CLI::App& command) {
  graph::GraphSettings settings;
  settings.webhook = options.webhook;
  if (!options.config.empty()) {
    auto read = graph::read_settings(options.config, std::move(settings));
    if (!read) return read.error();
    settings = std::move(*read);
  }
  // An option given by hand wins over the file.
  if (command.count("--port") > 0) settings.port = options.port;
  if (command.count("--webhook") > 0) settings.webhook = options.webhook;
  if (!options.verify_token.empty()) settings.verify_token = options.verify_token;
  if (!options.secret.empty()) settings.app_secret = options.secret;
  if (!options.secret_file.empty()) {
    auto secret = first_line(options.secret_file);
    if (!secret) return secret.error();
    settings.app_secret = std::move(*secret);
  }
  for (const auto& folder : options.packs) settings.packs.emplace_back(folder);
  for (const auto& text : options.numbers) {
    auto [id, name] = split_pair(text);
    graph::SimNumber number;
    number.id = id;
    number.name = name.empty() ? id : name;
    number.display_phone = id;
    settings.numbers.push_back(std::move(number));
  }
  for (const auto& text : options.people) {
    auto [phone, name] = split_pair(text);
    if (settings.numbers.empty()) break;
    settings.people.push_back(
        {Personal(phone), Personal(name), settings.numbers.front().id, false, {}, {}});
  }
  if (options.no_window) settings.service_window = false;
  return settings;
}

/// Meta's GET when a callback address is saved. Tried until the node is there, since it may start
/// after us.
void verify_webhook(const graph::GraphSettings& settings, const std::atomic<bool>& stopping) {
  if (settings.verify_token.empty()) return;
  const std::string challenge = "1158201444";
  const auto url = settings.webhook + "?hub.mode=subscribe&hub.challenge=" + challenge +
                   "&hub.verify_token=" + graph::percent_encode(settings.verify_token);
  for (int attempt = 0; attempt < 120 && !stopping; ++attempt) {
    const auto answer = graph::local_get(url, std::chrono::seconds(2));
    if (answer) {
      const bool ok = answer->status == 200 && answer->body.reveal() == challenge;
      std::fprintf(stderr, "graph: webhook %s\n", ok ? "verified" : "refused the verify token");
      return;
    }
    for (int tenth = 0; tenth < 10 && !stopping; ++tenth) {
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
  }
}

int run_graph(const GraphOptions& options, const CLI::App& command) {
  auto settings = settings_from(options, command);
  if (!settings) {
    std::fprintf(stderr, "mitr graph: %s\n", settings.error().what.c_str());
    return 2;
  }
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  auto simulator = graph::Simulator::start(*settings);
  if (!simulator) {
    std::fprintf(stderr, "mitr graph: %s\n", simulator.error().what.c_str());
    return 1;
  }
  std::fprintf(stderr, "graph: http://127.0.0.1:%u/ (Graph API and chat page)\n",
               unsigned{(*simulator)->port()});
  std::atomic<bool> stopping = false;
  std::thread verification([&] { verify_webhook(*settings, stopping); });
  int signal = 0;
  sigwait(&signals, &signal);
  stopping = true;
  verification.join();
  return 0;
}

}  // namespace

void add_graph_command(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<GraphOptions>();
  auto* command = app.add_subcommand(
      "graph", "Stand in for Meta's Graph API, with a chat page (loopback only)");
  command->add_option("--config", options->config, "YAML with numbers and people")
      ->check(CLI::ExistingFile);
  command->add_option("--port", options->port, "Port to listen on; 0: any free one")
      ->capture_default_str();
  command->add_option("--webhook", options->webhook, "Where messages are posted to")
      ->capture_default_str();
  command->add_option("--app-secret", options->secret,
                      "Secret that signs webhooks (for tests: it shows in ps)");
  command->add_option("--app-secret-file", options->secret_file,
                      "File whose first line is the app secret");
  command->add_option("--verify-token", options->verify_token,
                      "Verify the webhook with this token at the start");
  command->add_option("--packs", options->packs,
                      "Folder of packs, or a pack: their templates are approved");
  command->add_option("--number", options->numbers,
                      "A business number, as ID=NAME; may be repeated");
  command->add_option("--person", options->people,
                      "A person of the first number, as PHONE=NAME; may be repeated");
  command->add_flag("--no-window", options->no_window, "Allow free words at any time");
  command->callback([options, command, &exit_code] { exit_code = run_graph(*options, *command); });
}

}  // namespace mitr
