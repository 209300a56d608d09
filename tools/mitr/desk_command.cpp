#include "tools/mitr/desk_command.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <iterator>
#include <memory>
#include <spdlog/fmt/chrono.h>
#include <spdlog/fmt/fmt.h>
#include <string>

#include "actors/wall_clock.h"
#include "protocols/limits.h"
#include "tools/mitr/desk.h"
#include "tools/mitr/store_options.h"

namespace mitr {
namespace {

struct DeskOptions {
  StoreOptions store;
  std::string tenant;
  Addressee whom;
  std::string number;
  std::string consent;
  bool granted = false;
  bool withdrawn = false;
  bool marketing = false;
};

/// Not from the command line: there every user of the machine reads it.
Result<Personal> text_from_input() {
  std::string text{std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()};
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  if (text.empty()) return Error{Errc::kMalformed, "write the words to standard input"};
  if (text.size() > limits::kReplyBytesMax) {
    return Error{Errc::kMalformed,
                 "a message has at most " + std::to_string(limits::kReplyBytesMax) + " bytes"};
  }
  if (text.find('\0') != std::string::npos) return Error{Errc::kMalformed, "a zero byte"};
  return Personal(std::move(text));
}

Status list(const DeskOptions& options) {
  const auto store = open_store(options.store);
  if (!store) return store.error();
  const auto reader = store->store->reader();
  const auto tenants = open_tenants(*reader, store->root, options.tenant);
  if (!tenants) return tenants.error();
  const auto now = system_wall_clock();
  for (const auto& tenant : *tenants) {
    auto done = list_handed(*reader, tenant, now, [&](const HandedConversation& handed) {
      std::cout << fmt::format("{}\t{}\t{}\tuntil {:%Y-%m-%dT%H:%M:%SZ}\n", tenant.row.slug,
                               to_string(handed.contact), handed.flow.empty() ? "-" : handed.flow,
                               fmt::gmtime(std::chrono::system_clock::to_time_t(handed.until)));
    });
    if (!done) return done;
  }
  return Done{};
}

Status tell(const DeskOptions& options, const Input& input) {
  if (options.whom.phone.empty() == options.whom.contact.empty())
    return Error{Errc::kMalformed, "say whom: --phone or --contact"};
  const auto store = open_store(options.store);
  if (!store) return store.error();
  const auto tenants = open_tenants(*store->store->reader(), store->root, options.tenant);
  if (!tenants) return tenants.error();
  const auto filed = instruct(*store->store, tenants->front(), options.whom, options.number, input,
                              system_wall_clock());
  if (!filed) return filed.error();
  std::cout << "filed " << to_string(*filed) << "; a running node carries it out within seconds\n";
  return Done{};
}

Status say(const DeskOptions& options) {
  auto text = text_from_input();
  if (!text) return text.error();
  return tell(options, HumanMessage{*std::move(text), false});
}

Status notice(const DeskOptions& options) {
  auto text = text_from_input();
  if (!text) return text.error();
  return tell(options, Proactive{*std::move(text), options.marketing});
}

Status consent(const DeskOptions& options) {
  if (options.granted == options.withdrawn)
    return Error{Errc::kMalformed, "say which: --grant or --withdraw"};
  Consent of = Consent::kMessages;
  if (options.consent == "marketing") of = Consent::kMarketing;
  if (options.consent == "recording") of = Consent::kRecording;
  return tell(options, ConsentChange{of, options.granted});
}

CLI::App* add_part(CLI::App& group, const std::shared_ptr<DeskOptions>& options, int& exit_code,
                   const char* name, const char* what, Status (*run)(const DeskOptions&)) {
  auto* part = group.add_subcommand(name, what);
  add_store_options(*part, options->store);
  part->callback([options, run, name, &exit_code] {
    const auto done = run(*options);
    if (!done) std::cerr << "mitr desk " << name << ": " << done.error().what << '\n';
    exit_code = done ? 0 : 1;
  });
  return part;
}

void add_whom(CLI::App& part, DeskOptions& options) {
  part.add_option("--tenant", options.tenant, "Whose contact (the tenant's slug)")->required();
  part.add_option("--phone", options.whom.phone, "The contact's phone, as people write it");
  part.add_option("--contact", options.whom.contact,
                  "The contact's id, as `mitr desk list` shows it");
}

void add_number(CLI::App& part, DeskOptions& options) {
  part.add_option("--number", options.number,
                  "The tenant's number it leaves by (default: the first that reaches them)");
}

}  // namespace

void add_desk_command(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<DeskOptions>();
  auto* group = app.add_subcommand("desk", "What a tenant's people say and do in conversations");
  group->require_subcommand(1);
  auto* waiting =
      add_part(*group, options, exit_code, "list", "Conversations that a person has", list);
  waiting->add_option("--tenant", options->tenant, "Only this tenant's (its slug)");
  auto* says = add_part(*group, options, exit_code, "say",
                        "Say the words of standard input; the machine is silent from then on", say);
  auto* back = add_part(*group, options, exit_code, "hand-back",
                        "Give the conversation back: it goes on where it was",
                        [](const DeskOptions& given) { return tell(given, HandBack{}); });
  auto* tells = add_part(*group, options, exit_code, "notice",
                         "Send the words of standard input, to who has not refused them", notice);
  tells->add_flag("--marketing", options->marketing, "It sells something");
  auto* notes =
      add_part(*group, options, exit_code, "consent", "Note what the contact allows", consent);
  notes->add_option("kind", options->consent, "What is allowed or not")
      ->required()
      ->check(CLI::IsMember({"messages", "marketing", "recording"}));
  notes->add_flag("--grant", options->granted);
  notes->add_flag("--withdraw", options->withdrawn);
  for (auto* part : {says, back, tells, notes}) {
    add_whom(*part, *options);
    add_number(*part, *options);
  }
}

}  // namespace mitr
