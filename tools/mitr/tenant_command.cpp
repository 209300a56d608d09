#include "tools/mitr/tenant_command.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <memory>
#include <spdlog/fmt/chrono.h>
#include <spdlog/fmt/fmt.h>

#include "actors/outbox/hold.h"
#include "actors/wall_clock.h"
#include "protocols/limits.h"
#include "tools/mitr/opened_turns.h"
#include "tools/mitr/store_options.h"

namespace mitr {
namespace {

struct TenantOptions {
  StoreOptions store;
  std::string tenant;
};

/// What an operator's word puts in the place of the provider's.
constexpr const char* kCleared = "CLEARED";

std::string time_text(std::chrono::sys_seconds at) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(at)));
}

/// The provider's words on a terminal: no control character of theirs moves the cursor.
std::string shown(std::string words) {
  std::replace_if(
      words.begin(), words.end(), [](unsigned char c) { return c < ' ' || c == 127; }, '?');
  return words;
}

/// Why messages that the business begins by this number are held, or of what template.
Hold hold_by(const std::vector<Standing>& all, const std::string& number,
             const std::string& message_template) {
  return hold_of(all, number, message_template, system_wall_clock());
}

/// Messages that wait to leave by this number.
std::size_t waiting_by(const std::vector<DueRow>& due, const std::string& number, bool answers) {
  return static_cast<std::size_t>(std::count_if(due.begin(), due.end(), [&](const DueRow& each) {
    const bool answer = each.row.lane == Lane::kReply;
    return each.row.number == number && answer == answers && each.state == OutboxState::kDue;
  }));
}

void print_held(const TenantRow& tenant, const std::string& number, const char* what, Hold why,
                std::size_t waiting) {
  if (why == Hold::kNone) return;
  std::cout << fmt::format("{}\tHELD\t{}\t{}: {}\t{} waiting\n", tenant.slug, number, what,
                           to_string(why), waiting);
}

void print(const TenantRow& tenant, const std::vector<Standing>& all,
           const std::vector<DueRow>& due) {
  for (const auto& standing : all) {
    std::cout << fmt::format("{}\t{}\t{}\t{}\t{}={}", tenant.slug, standing.account,
                             standing.subject, standing.name.empty() ? "-" : shown(standing.name),
                             shown(standing.aspect), shown(standing.value));
    if (!standing.reason.empty()) std::cout << "\t" << shown(standing.reason);
    std::cout << "\tsince " << time_text(standing.told);
    if (standing.until) std::cout << "\tuntil " << time_text(*standing.until);
    std::cout << "\n";
  }
  for (const auto& number : tenant.numbers) {
    print_held(tenant, number, "answers", hold_of_answer(all, number, system_wall_clock()),
               waiting_by(due, number, true));
    const auto hold = hold_by(all, number, {});
    print_held(tenant, number, "notices and reminders", hold, waiting_by(due, number, false));
    if (hold != Hold::kNone) continue;
    for (const auto& standing : all) {
      if (standing.subject != "template" || standing.aspect != "status") continue;
      if (hold_by(all, number, standing.name) == Hold::kNone) continue;
      std::cout << fmt::format("{}\tHELD\t{}\tnotices of {}: {}\n", tenant.slug, number,
                               standing.name, to_string(Hold::kTemplateOff));
    }
  }
}

Result<std::vector<Standing>> standings_of(Reader& reader, const TenantId& tenant) {
  const auto all = reader.standings();
  if (!all) return all.error();
  std::vector<Standing> own;
  for (const auto& row : *all) {
    if (row.tenant == tenant) own.push_back(row.standing);
  }
  return own;
}

Status status(const TenantOptions& options) {
  const auto store = open_store(options.store);
  if (!store) return store.error();
  const auto reader = store->store->reader();
  const auto tenants = open_tenants(*reader, store->root, options.tenant);
  if (!tenants) return tenants.error();
  for (const auto& tenant : *tenants) {
    const auto all = standings_of(*reader, tenant.row.id);
    if (!all) return all.error();
    const auto due = reader->due(tenant.row.id, system_wall_clock(), limits::kReadRowsMax);
    if (!due) return due.error();
    print(tenant.row, *all, *due);
  }
  return Done{};
}

/// For whom the provider forgot to tell that all is well again.
Status release(const TenantOptions& options) {
  const auto store = open_store(options.store);
  if (!store) return store.error();
  const auto reader = store->store->reader();
  const auto tenants = open_tenants(*reader, store->root, options.tenant);
  if (!tenants) return tenants.error();
  const auto& tenant = tenants->front().row;
  const auto all = standings_of(*reader, tenant.id);
  if (!all) return all.error();
  Batch batch;
  for (auto standing : *all) {
    standing.until.reset();
    const auto message_template =
        standing.subject == "template" && standing.aspect == "status" ? standing.name : "";
    if (hold_by({standing}, {}, message_template) == Hold::kNone &&
        hold_of_answer({standing}, {}, system_wall_clock()) == Hold::kNone)
      continue;
    standing.value = kCleared;
    standing.reason = "by an operator";
    standing.told = std::max(standing.told, system_wall_clock());
    batch.standings.push_back({tenant.id, std::move(standing)});
  }
  const auto cleared = batch.standings.size();
  if (cleared > 0) {
    const auto done = store->store->writer()->commit(batch);
    if (!done) return done.error();
  }
  std::cout << cleared << " cleared; a running node sends within a minute what it held\n";
  return Done{};
}

}  // namespace

void add_tenant_command(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<TenantOptions>();
  auto* group = app.add_subcommand("tenant", "How businesses stand with the provider");
  group->require_subcommand(1);
  const auto add = [&](const char* name, const char* what,
                       Status (*run)(const TenantOptions&)) -> CLI::Option* {
    auto* part = group->add_subcommand(name, what);
    add_store_options(*part, options->store);
    part->callback([options, run, name, &exit_code] {
      const auto done = run(*options);
      if (!done) std::cerr << "mitr tenant " << name << ": " << done.error().what << '\n';
      exit_code = done ? 0 : 1;
    });
    return part->add_option("--tenant", options->tenant, "The tenant's slug");
  };
  add("status", "What the provider said last of accounts, numbers, templates and payments", status);
  add("release", "Send again what is held: all is well, whatever the provider said", release)
      ->required();
}

}  // namespace mitr
