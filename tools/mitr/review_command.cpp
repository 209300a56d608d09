// Reviewing utterances; see review_command.h. Showing what people wrote is the purpose of `list`.
#include "tools/mitr/review_command.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <memory>

#include "protocols/limits.h"
#include "tools/mitr/learning_options.h"
#include "tools/mitr/review_list.h"

namespace mitr {
namespace {

/// One line, whatever was written: a message may hold anything that steers a terminal.
std::string one_line(const Personal& words) {
  std::string line = words.reveal();
  for (char& c : line) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) c = ' ';
  }
  return line;
}

Status list(const LearningOptions& options) {
  auto learner = open_learner(options);
  if (!learner) return learner.error();
  const auto live = live_model(*learner);
  if (!live) return live.error();
  const auto found = suggest_reviews(*learner->reader, learner->tenant, *learner->pack, *live,
                                     {days_ago(options.days), options.most});
  if (!found) return found.error();
  for (const ReviewSuggestion& each : *found) {
    std::cout << to_string(each.turn) << '\t' << to_string(each.worth) << '\t' << each.proposed
              << '\t' << one_line(each.words) << '\n';
  }
  std::cerr << found->size() << " to review; accept with `mitr review accept TURN --label FLOW`, "
            << "or set aside with `mitr review dismiss TURN`\n";
  return Done{};
}

Status reviewed(const LearningOptions& options) {
  auto learner = open_learner(options);
  if (!learner) return learner.error();
  const auto rows = learner->reader->reviews(learner->tenant.row.id, limits::kReviewsMax);
  if (!rows) return rows.error();
  for (const ReviewRow& row : *rows)
    std::cout << to_string(row.turn) << '\t' << (row.label.empty() ? "set aside" : row.label)
              << '\n';
  return Done{};
}

/// `label` empty: set aside.
Status note(const LearningOptions& options, const std::string& label) {
  auto learner = open_learner(options);
  if (!learner) return learner.error();
  if (!label.empty() && !is_label(*learner->pack, label)) {
    return Error{Errc::kNotFound, "the pack has no flow '" + label +
                                      "'; a label is a flow, (human), or - for nothing"};
  }
  for (const std::string& text : options.turns) {
    const auto turn = parse_turn_name(text);
    if (!turn) return turn.error();
    const auto done = learner->store.store->put_review(learner->tenant.row.id, {*turn, label});
    if (!done) return Error{done.error().code, text + ": " + done.error().what};
  }
  std::cout << options.turns.size() << " noted\n";
  return Done{};
}

Status accept(const LearningOptions& options) {
  return note(options, options.label);
}

Status dismiss(const LearningOptions& options) {
  return note(options, "");
}

}  // namespace

void add_review_command(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<LearningOptions>();
  auto* group = app.add_subcommand("review", "Say what people meant, so that a model can learn it");
  group->require_subcommand(1);
  const auto add = [&](const char* name, const char* help, Status (*run)(const LearningOptions&)) {
    auto* part = group->add_subcommand(name, help);
    add_learning_options(*part, *options);
    part->callback([options, run, name, &exit_code] {
      const auto done = run(*options);
      if (!done) std::cerr << "mitr review " << name << ": " << done.error().what << '\n';
      exit_code = done ? 0 : 1;
    });
    return part;
  };
  auto* listing = add("list", "The most telling first sentences, with a proposed label each", list);
  listing->add_option("--days", options->days, "How far to look back")->capture_default_str();
  listing->add_option("--most", options->most, "How many to show")
      ->check(CLI::Range(1U, 500U))
      ->capture_default_str();
  auto* accepting = add("accept", "The words of these turns mean the label", accept);
  accepting->add_option("--label", options->label, "A flow's name, (human), or - for nothing")
      ->required();
  auto* dismissing = add("dismiss", "Do not offer these turns again, and learn nothing", dismiss);
  for (auto* part : {accepting, dismissing})
    part->add_option("TURN", options->turns, "As `mitr review list` shows it")->required();
  add("shown", "What was reviewed, without words", reviewed);
}

}  // namespace mitr
