#include "tools/mitr/media_command.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <iostream>
#include <memory>
#include <spdlog/fmt/chrono.h>
#include <spdlog/fmt/fmt.h>

#include "actors/media/media_request.h"
#include "persistence/crypto/seal.h"
#include "persistence/postgres/media_store.h"
#include "protocols/limits.h"
#include "tools/mitr/opened_turns.h"
#include "tools/mitr/store_options.h"

namespace mitr {
namespace {

struct MediaOptions {
  StoreOptions store;
  std::string tenant;
  std::string id;
};

const char* word_for(MediaState state) {
  switch (state) {
    case MediaState::kDue:
      return "due";
    case MediaState::kStored:
      return "stored";
    case MediaState::kGone:
      return "gone";
  }
  return "?";
}

std::string word_for_fault(int error) {
  switch (static_cast<MediaFault>(error)) {
    case MediaFault::kNone:
      return "";
    case MediaFault::kUnreachable:
      return "unreachable";
    case MediaFault::kTooLarge:
      return "too large";
    case MediaFault::kAltered:
      return "not the bytes that were named";
    case MediaFault::kStrangeHost:
      return "at a host that is not allowed";
    case MediaFault::kTooLate:
      return "forgotten by the provider";
    case MediaFault::kUnreadable:
      return "unreadable";
  }
  return "HTTP " + std::to_string(error);
}

/// Ids, kinds and sizes; nothing of what was sent, and by whom.
Status list(const MediaOptions& options) {
  const auto store = open_store(options.store);
  if (!store) return store.error();
  const auto tenants = open_tenants(*store->store->reader(), store->root, options.tenant);
  if (!tenants) return tenants.error();
  const auto media = postgres_media(store->dsn);
  for (const auto& tenant : *tenants) {
    const auto rows = media->list(tenant.row.id, limits::kReadRowsMax);
    if (!rows) return rows.error();
    for (const auto& row : *rows) {
      const auto key = unwrap_key(tenant.key, row.wrapped_key, kContactKey, row.contact.bytes);
      const auto request = key ? open_media_request(*key, row) : Result<MediaRequest>(key.error());
      std::cout << fmt::format(
          "{}\t{}\t{}#{}\t{}\t{}\t{}\t{:%Y-%m-%dT%H:%M:%SZ}\t{}\n", tenant.row.slug,
          to_string(row.name.id), to_string(row.contact), row.seq,
          request ? word_for(request->attachment.kind) : "?", word_for(row.state), row.bytes,
          fmt::gmtime(std::chrono::system_clock::to_time_t(row.at)), word_for_fault(row.error));
    }
  }
  return Done{};
}

/// To standard output, piece by piece.
Status fetch(const MediaOptions& options) {
  const auto id = parse_id<RequestId>(options.id);
  if (!id) return Error{Errc::kMalformed, "'" + options.id + "' is no id; see the list"};
  const auto store = open_store(options.store);
  if (!store) return store.error();
  const auto tenants = open_tenants(*store->store->reader(), store->root, options.tenant);
  if (!tenants) return tenants.error();
  const auto& tenant = tenants->front();
  const auto media = postgres_media(store->dsn);
  const auto row = media->find({tenant.row.id, *id});
  if (!row) return row.error();
  if (row->state != MediaState::kStored) return Error{Errc::kNotFound, "it is not here (yet)"};
  const auto key = unwrap_key(tenant.key, row->wrapped_key, kContactKey, row->contact.bytes);
  if (!key) return key.error();
  for (std::uint32_t place = 0; place < row->pieces; ++place) {
    const auto sealed = media->piece(row->name, place);
    if (!sealed) return sealed.error();
    const auto plain =
        open_sealed(*key, {SealedColumn::kMediaPiece, tenant.row.id, id->bytes, place}, *sealed);
    if (!plain) return plain.error();
    if (std::fwrite(plain->data(), 1, plain->size(), stdout) != plain->size())
      return Error{Errc::kUnavailable, "standard output takes no more"};
  }
  return Done{};
}

}  // namespace

void add_media_command(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<MediaOptions>();
  auto* group = app.add_subcommand("media", "Files that contacts sent");
  group->require_subcommand(1);
  const auto add = [&](const char* name, const char* what, Status (*run)(const MediaOptions&)) {
    auto* part = group->add_subcommand(name, what);
    add_store_options(*part, options->store);
    part->callback([options, run, name, &exit_code] {
      const auto done = run(*options);
      if (!done) std::cerr << "mitr media " << name << ": " << done.error().what << '\n';
      exit_code = done ? 0 : 1;
    });
    return part;
  };
  add("list", "One a line: tenant, id, turn, kind, state, bytes, time, fault", list)
      ->add_option("--tenant", options->tenant, "Only this tenant's (its slug)");
  auto* one = add("fetch", "Write one to standard output", fetch);
  one->add_option("id", options->id, "As the list shows it")->required();
  one->add_option("--tenant", options->tenant, "Whose it is")->required();
}

}  // namespace mitr
