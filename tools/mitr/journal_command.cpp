#include "tools/mitr/journal_command.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <string>

#include "nlu/dialogue/request_fields.h"
#include "nlu/dialogue/turn_record.h"
#include "persistence/crypto/seal.h"
#include "protocols/limits.h"
#include "tools/mitr/store_options.h"

namespace mitr {
namespace {

/// Calls `each(reader, tenant, tenant key)` for every tenant; stops at the first failure.
template <class Each>
Status for_each_tenant(const StoreOptions& options, Each each) {
  auto store = open_store(options);
  if (!store) return store.error();
  auto reader = store->store->reader();
  auto tenants = reader->tenants();
  if (!tenants) return tenants.error();
  for (const auto& tenant : *tenants) {
    auto key = unwrap_key(store->root, tenant.wrapped_key, kTenantKey, tenant.id.bytes);
    if (!key) return key.error();
    if (auto done = each(*reader, tenant, *key); !done) return done;
  }
  return Done{};
}

/// The operator asked for them on their own terminal: the one place where message ids are printed.
Status print_ids(Reader& reader, const TenantRow& tenant, const SecretKey& tenant_key) {
  ContactId conversation;
  std::uint64_t seq = 0;
  for (;;) {
    auto turns = reader.turns(tenant.id, conversation, seq, limits::kReadRowsMax);
    if (!turns) return turns.error();
    for (const auto& turn : *turns) {
      conversation = turn.row.conversation;
      seq = turn.row.seq;
      auto key = unwrap_key(tenant_key, turn.wrapped_key, kContactKey, conversation.bytes);
      if (!key) return key.error();
      auto plain = open_sealed(
          *key, {SealedColumn::kJournalBody, tenant.id, conversation.bytes, seq}, turn.row.body);
      if (!plain) return plain.error();
      auto record = decode_turn(*plain);
      if (!record) return record.error();
      // A turn of the conversation's own timer has none.
      if (!record->message.empty()) std::cout << record->message.reveal() << "\n";
    }
    if (turns->size() < limits::kReadRowsMax) return Done{};
  }
}

Status print_requests(Reader& reader, const TenantRow& tenant, const SecretKey& tenant_key) {
  auto requests = reader.requests(tenant.id, limits::kReadRowsMax);
  if (!requests) return requests.error();
  for (const auto& request : *requests) {
    auto key = unwrap_key(tenant_key, request.wrapped_key, kContactKey, request.contact.bytes);
    if (!key) return key.error();
    auto plain = open_sealed(*key, {SealedColumn::kRequestBody, tenant.id, request.row.id.bytes},
                             request.row.body);
    if (!plain) return plain.error();
    auto fields = decode_fields(*plain);
    if (!fields) return fields.error();
    std::cout << tenant.slug << "\t" << request.row.kind << "\t" << to_string(request.row.id);
    for (const auto& [name, value] : *fields) std::cout << "\t" << name << "=" << value.reveal();
    std::cout << "\n";
  }
  return Done{};
}

}  // namespace

void add_journal_command(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<StoreOptions>();
  auto* journal =
      app.add_subcommand("journal", "Read what is stored (prints personal data to your terminal)");
  journal->require_subcommand(1);
  auto add = [&](const char* name, const char* what, auto each) {
    auto* command = journal->add_subcommand(name, what);
    add_store_options(*command, *options);
    command->callback([options, each, name, &exit_code] {
      auto done = for_each_tenant(*options, each);
      if (!done) std::cerr << "mitr journal " << name << ": " << done.error().what << "\n";
      exit_code = done ? 0 : 1;
    });
  };
  add("ids", "Ids of all stored inbound messages, one a line", print_ids);
  add("requests", "Filed requests, one a line", print_requests);
}

}  // namespace mitr
