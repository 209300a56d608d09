#include "tools/mitr/deadletter_command.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <memory>
#include <spdlog/fmt/chrono.h>
#include <spdlog/fmt/fmt.h>

#include "actors/outbox/hold.h"
#include "actors/wall_clock.h"
#include "protocols/limits.h"
#include "tools/mitr/store_options.h"

namespace mitr {
namespace {

/// How long a revived message may wait to be sent, unless the operator says otherwise.
constexpr int kRetryHours = 24;
constexpr int kRetryHoursMax = 24 * 30;

struct DeadletterOptions {
  StoreOptions store;
  std::string tenant;
  std::string ref;
  int hours = kRetryHours;
  bool may_send_twice = false;
};

const char* word_for(Lane lane) {
  switch (lane) {
    case Lane::kReply:
      return "reply";
    case Lane::kTransaction:
      return "notice";
    case Lane::kCampaign:
      return "campaign";
  }
  return "?";
}

/// Ids, states and times only: nothing of what was said, and to whom.
Status list(const DeadletterOptions& options) {
  auto store = open_store(options.store);
  if (!store) return store.error();
  auto reader = store->store->reader();
  auto tenants = reader->tenants();
  if (!tenants) return tenants.error();
  for (const auto& tenant : *tenants) {
    if (!options.tenant.empty() && options.tenant != tenant.slug) continue;
    auto letters = reader->dead_letters(tenant.id, limits::kReadRowsMax);
    if (!letters) return letters.error();
    for (const auto& letter : *letters) {
      const bool failed = letter.state == OutboxState::kFailed;
      const auto hold = letter.error_code < 0 ? to_string(static_cast<Hold>(letter.error_code))
                                              : std::string_view{};
      std::cout << fmt::format("{}\t{}\t{}\t{}\t{}\t{:%Y-%m-%dT%H:%M:%SZ}{}{}\n", tenant.slug,
                               to_string(letter.ref), word_for(letter.lane),
                               failed ? "failed" : "unknown", letter.error_code,
                               fmt::gmtime(std::chrono::system_clock::to_time_t(letter.at)),
                               hold.empty() ? "" : "\t", hold);
    }
  }
  return Done{};
}

Result<TenantId> find_tenant(Reader& reader, const std::string& slug) {
  auto tenants = reader.tenants();
  if (!tenants) return tenants.error();
  for (const auto& tenant : *tenants) {
    if (tenant.slug == slug) return tenant.id;
  }
  return Error{Errc::kNotFound, "there is no tenant '" + slug + "'"};
}

Status retry(const DeadletterOptions& options) {
  const auto ref = parse_outbox_ref(options.ref);
  if (!ref) return Error{Errc::kMalformed, "'" + options.ref + "' is no reference; see the list"};
  auto store = open_store(options.store);
  if (!store) return store.error();
  auto reader = store->store->reader();
  auto tenant = find_tenant(*reader, options.tenant);
  if (!tenant) return tenant.error();
  auto letters = reader->dead_letters(*tenant, limits::kReadRowsMax);
  if (!letters) return letters.error();
  const auto letter = std::find_if(letters->begin(), letters->end(),
                                   [&](const DeadLetter& other) { return other.ref == *ref; });
  if (letter == letters->end()) return Error{Errc::kNotFound, "no such dead letter"};
  if (letter->state == OutboxState::kUnknown && !options.may_send_twice) {
    return Error{
        Errc::kRefused,
        "nobody knows whether it left; say --may-send-twice if twice is better than never"};
  }
  const auto expires = system_wall_clock() + std::chrono::hours(options.hours);
  if (auto done = store->store->revive(*tenant, *ref, expires); !done) return done;
  std::cout << "due again; the node sends it within a minute\n";
  return Done{};
}

}  // namespace

void add_deadletter_command(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<DeadletterOptions>();
  auto* letters = app.add_subcommand(
      "deadletter", "Messages that were refused, or that may or may not have left");
  letters->require_subcommand(1);
  const auto end = [&exit_code](const char* name, const Status& done) {
    if (!done) std::cerr << "mitr deadletter " << name << ": " << done.error().what << "\n";
    exit_code = done ? 0 : 1;
  };
  auto* listing = letters->add_subcommand(
      "list",
      "One a line: tenant, reference, kind, state, the provider's error code (below zero: "
      "ours, told behind), time");
  add_store_options(*listing, options->store);
  listing->add_option("--tenant", options->tenant, "Only this tenant's");
  listing->callback([options, end] { end("list", list(*options)); });
  auto* again = letters->add_subcommand("retry", "Make one due again");
  add_store_options(*again, options->store);
  again->add_option("reference", options->ref, "As the list shows it")->required();
  again->add_option("--tenant", options->tenant, "Whose it is")->required();
  again->add_option("--hours", options->hours, "Not sent after so many hours")
      ->check(CLI::Range(1, kRetryHoursMax))
      ->capture_default_str();
  again->add_flag("--may-send-twice", options->may_send_twice,
                  "Also if nobody knows whether it left");
  again->callback([options, end] { end("retry", retry(*options)); });
}

}  // namespace mitr
