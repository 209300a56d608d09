#include "tools/mitr/why_command.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <string>

#include "nlu/dialogue/trail.h"
#include "persistence/crypto/blind_index.h"
#include "tools/mitr/opened_turns.h"
#include "tools/mitr/store_options.h"

namespace mitr {
namespace {

struct WhyOptions {
  StoreOptions store;
  std::string message;
  bool words = false;
};

void print_words(const TurnRecord& turn) {
  if (const auto* heard = std::get_if<HeardWords>(&turn.input))
    std::cout << "words\t" << heard->text.reveal() << '\n';
  if (const auto* file = std::get_if<HeardAttachment>(&turn.input))
    std::cout << "caption\t" << file->attachment.caption.reveal() << '\n';
  if (turn.reply) std::cout << "reply\t" << turn.reply->text.reveal() << '\n';
}

void print(const Trail& trail, const TurnRecord& turn, const std::string& tenant,
           const OutboxRef& ref, bool words) {
  std::cout << "message\t" << to_string(ref) << '\n'
            << "tenant\t" << tenant << '\n'
            << "turn\t" << trail.seq << '\n'
            << "pack\t" << to_string(trail.pack) << '\n'
            << "heard\t" << trail.heard << '\n'
            << "flow\t" << (trail.flow.empty() ? "-" : trail.flow) << '\n'
            << "step\t" << (trail.step.empty() ? "-" : trail.step) << '\n';
  for (const std::string& rule : trail.rules) std::cout << "rule\t" << rule << '\n';
  for (const FilledSlot& slot : trail.slots) {
    std::cout << "slot\t" << slot.slot << "\tturn " << slot.seq;
    if (words) std::cout << '\t' << slot.value.typed.reveal() << '\t' << slot.value.value.reveal();
    std::cout << '\n';
  }
  if (words) print_words(turn);
}

/// One of our references, or what the provider calls a message of ours.
Status why(const WhyOptions& options) {
  const auto store = open_store(options.store);
  if (!store) return store.error();
  const auto reader = store->store->reader();
  const auto tenants = open_tenants(*reader, store->root, "");
  if (!tenants) return tenants.error();
  const auto named = parse_outbox_ref(options.message);
  for (const auto& tenant : *tenants) {
    auto ref = named;
    if (!ref) {
      const BlindIndex index(tenant.key);
      const auto found = reader->sent_message(
          tenant.row.id, index.hash(IndexedField::kOutboundMessage, options.message));
      if (!found && found.error().code != Errc::kNotFound) return found.error();
      if (!found) continue;
      ref = *found;
    }
    const auto turns = open_turns(*reader, tenant, ref->contact, ref->seq);
    if (!turns && turns.error().code == Errc::kNotFound) continue;
    if (!turns) return turns.error();
    print(trail_of(*turns, 1), turns->back(), tenant.row.slug, *ref, options.words);
    return Done{};
  }
  return Error{Errc::kNotFound, "no such message is known"};
}

}  // namespace

void add_why_command(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<WhyOptions>();
  auto* command =
      app.add_subcommand("why", "What made us say a message: flow, step, rules, values");
  command
      ->add_option("MESSAGE", options->message,
                   "Our reference, as `mitr deadletter list` shows it, or the provider's id")
      ->required();
  command->add_flag("--words", options->words,
                    "Show what was written and understood too: personal data, on your terminal");
  add_store_options(*command, options->store);
  command->callback([options, &exit_code] {
    const auto done = why(*options);
    if (!done) std::cerr << "mitr why: " << done.error().what << '\n';
    exit_code = done ? 0 : 1;
  });
}

}  // namespace mitr
