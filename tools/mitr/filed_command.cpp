#include "tools/mitr/filed_command.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <map>
#include <memory>

#include "actors/tenant/tenant_context.h"
#include "actors/wall_clock.h"
#include "persistence/crypto/seal.h"
#include "persistence/postgres/filed_store.h"
#include "protocols/limits.h"
#include "protocols/whatsapp/notification.h"
#include "tools/mitr/opened_turns.h"
#include "tools/mitr/store_options.h"

namespace mitr {
namespace {

struct FiledOptions {
  StoreOptions store;
  int days = static_cast<int>(limits::kFiledKept.count() / 24);
};

/// The field of what was filed, and the type of a message: nothing of what it says.
std::string kind_of(const std::string& body) {
  const auto notification = whatsapp::parse_notification(body);
  if (!notification) return "unreadable";
  for (const auto& entry : notification->entries) {
    for (const auto& change : entry.changes) {
      const auto* news = std::get_if<whatsapp::NumberNews>(&change.news);
      if (news != nullptr && !news->messages.empty())
        return change.field + "/" + news->messages.front().type;
      return change.field;
    }
  }
  return "empty";
}

/// As a word on a terminal: what a provider calls it may be anything.
std::string printable(std::string word) {
  std::replace_if(
      word.begin(), word.end(), [](unsigned char c) { return c <= ' ' || c >= 127; }, '?');
  return word;
}

struct Filed {
  NodeStore store;
  OpenTenant system;
  std::unique_ptr<FiledStore> rows;
};

Result<Filed> open_filed(const FiledOptions& options) {
  auto store = open_store(options.store);
  if (!store) return store.error();
  auto tenants = open_tenants(*store->store->reader(), store->root, std::string(kSystemTenant));
  if (!tenants) return tenants.error();
  auto rows = postgres_filed(store->dsn);
  return Filed{*std::move(store), std::move(tenants->front()), std::move(rows)};
}

Status list(const FiledOptions& options) {
  auto filed = open_filed(options);
  if (!filed) return filed.error();
  const auto& tenant = filed->system;
  std::map<std::pair<std::string, std::string>, std::size_t> counts;
  RequestId after;
  for (;;) {
    const auto page = filed->rows->page(tenant.row.id, after, limits::kReadRowsMax);
    if (!page) return page.error();
    for (const auto& row : *page) {
      after = row.id;
      const auto plain = open_sealed(
          tenant.key, {SealedColumn::kKeptWebhook, tenant.row.id, row.id.bytes}, row.body);
      ++counts[{row.reason, plain ? printable(kind_of(*plain)) : "does not open"}];
    }
    if (page->size() < limits::kReadRowsMax) break;
  }
  for (const auto& [place, count] : counts)
    std::cout << place.first << '\t' << place.second << '\t' << count << '\n';
  return Done{};
}

Status prune(const FiledOptions& options) {
  auto filed = open_filed(options);
  if (!filed) return filed.error();
  const auto before = system_wall_clock() - std::chrono::hours(24) * options.days;
  std::size_t removed = 0;
  for (;;) {
    const auto some =
        filed->rows->remove_before(filed->system.row.id, before, limits::kFiledRemovedMax);
    if (!some) return some.error();
    removed += *some;
    if (*some < limits::kFiledRemovedMax) break;
  }
  std::cout << removed << " removed\n";
  return Done{};
}

}  // namespace

void add_filed_command(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<FiledOptions>();
  auto* group = app.add_subcommand("filed", "Items of webhooks that nothing acted on");
  group->require_subcommand(1);
  const auto add = [&](const char* name, const char* what, Status (*run)(const FiledOptions&)) {
    auto* part = group->add_subcommand(name, what);
    add_store_options(*part, options->store);
    part->callback([options, run, name, &exit_code] {
      const auto done = run(*options);
      if (!done) std::cerr << "mitr filed " << name << ": " << done.error().what << '\n';
      exit_code = done ? 0 : 1;
    });
    return part;
  };
  add("list", "Counts: reason, kind, how many", list);
  add("prune", "Remove what is older", prune)
      ->add_option("--days", options->days, "Kept so many days")
      ->check(CLI::Range(1, 3650))
      ->capture_default_str();
}

}  // namespace mitr
