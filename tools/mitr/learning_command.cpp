// Training, trying and promoting models; see learning_command.h.
#include "tools/mitr/learning_command.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <memory>
#include <spdlog/fmt/chrono.h>
#include <spdlog/fmt/fmt.h>
#include <string>

#include "actors/tenant/model_row.h"
#include "protocols/limits.h"
#include "tools/mitr/learning_options.h"
#include "tools/mitr/model_training.h"
#include "tools/mitr/model_trial.h"

namespace mitr {
namespace {

std::string told(const Score& score) {
  return fmt::format("{} of {} right, {} wrong, {} asked about, {} missed", score.right,
                     score.all(), score.wrong, score.asked, score.missed);
}

std::size_t reviewed_in(const ModelManifest& manifest) {
  return static_cast<std::size_t>(
      std::count_if(manifest.references.begin(), manifest.references.end(),
                    [](const ReviewRow& each) { return !each.label.empty(); }));
}

void print_stale(const KnownModel& model) {
  if (model.erased == 0) return;
  std::cout << fmt::format(
      "model {} is stale: {} of the utterances it was trained from are erased; train anew\n",
      model.stored.row.number, model.erased);
}

void print_doubted(const TrainedModel& trained) {
  if (trained.doubted.empty()) return;
  std::cout << trained.doubted.size()
            << " reviews taught nothing: the pack's examples and what others were reviewed to mean "
               "are sure of something else; look at them again:\n";
  for (const ReviewedWords& each : trained.doubted)
    std::cout << to_string(TurnName{each.contact, each.seq}) << '\t' << each.label << '\n';
}

// -- models ----

Status list(const LearningOptions& options) {
  auto learner = open_learner(options);
  if (!learner) return learner.error();
  const auto models = read_models(*learner->reader, learner->tenant);
  if (!models) return models.error();
  for (const KnownModel& model : *models) {
    const ModelManifest& manifest = model.manifest;
    const auto at = std::chrono::system_clock::to_time_t(model.stored.at);
    std::string marks = model.live ? "live" : "-";
    if (model.erased > 0) marks += fmt::format(" stale:{}", model.erased);
    if (manifest.pack != learner->pack->version()) marks += " older-pack";
    const auto& table = learner->words.table;
    if (manifest.vectors != 0 && (!table || table->hash() != manifest.vectors))
      marks += table ? " other-vectors" : " without-its-vectors";
    std::cout << fmt::format(
        "{}\t{:%Y-%m-%dT%H:%M:%SZ}\t{}\tpack {}\t{} examples\t{} reviewed\t"
        "{} kB\n",
        model.stored.row.number, fmt::gmtime(at), marks, to_string(manifest.pack),
        manifest.examples, reviewed_in(manifest), model.stored.body_bytes / 1000);
  }
  return Done{};
}

// -- train ----

Status train(const LearningOptions& options) {
  auto learner = open_learner(options);
  if (!learner) return learner.error();
  auto reviewed = read_reviewed(*learner->reader, learner->tenant);
  if (!reviewed) return reviewed.error();
  auto curriculum = curriculum_of(*learner->pack, std::move(reviewed->words));
  if (heard_helps(*learner->pack, curriculum.teach)) {
    auto heard =
        read_heard(*learner->reader, learner->tenant, days_ago(options.days), reviewed->known);
    if (!heard) return heard.error();
    curriculum.heard = *std::move(heard);
    std::cout << curriculum.heard.size() << " first sentences heard, as soft evidence\n";
  }
  std::cout << fmt::format(
      "{} examples of the pack, {} reviewed utterances to learn from, {} held out; left out: {} "
      "erased, {} over {} of one contact, {} of flows the pack has no more\n",
      learner->pack->examples().size(), curriculum.teach.size(), curriculum.test.size(),
      reviewed->erased, curriculum.over_limit, limits::kReviewsOfContactMax, curriculum.unknown);
  TrainingRequest request;
  request.seed = options.seed;
  request.sandbox.program = trainer_program();
  request.sandbox.working = [](std::chrono::milliseconds worked) {
    std::cerr << worked.count() / 1000 << " s\n";
  };
  request.words = &learner->words;
  request.told = [](const std::string& stage) { std::cerr << stage << '\n'; };
  const auto trained =
      train_model(*learner->store.store, learner->tenant, *learner->pack, curriculum, request);
  if (!trained) return trained.error();
  std::cout << fmt::format("model {}: {} kB, {} ms of CPU\n", trained->number,
                           trained->bytes / 1000, trained->manifest.cpu_ms)
            << (trained->manifest.vectors != 0 ? "taught with the table of word vectors\n"
                : learner->words.table
                    ? "enough examples: the table of word vectors is not needed\n"
                    : "")
            << "guard, without what was reviewed: " << told(trained->manifest.guard_before)
            << "\nguard, with it: " << told(trained->manifest.guard_after) << '\n';
  print_doubted(*trained);
  const auto models = read_models(*learner->reader, learner->tenant);
  if (!models) return models.error();
  for (const KnownModel& model : *models) print_stale(model);
  std::cout << "next: mitr test, then mitr promote\n";
  return Done{};
}

// -- test ----

/// The model that is asked for: of that number, or the newest.
Result<KnownModel> wanted(Learner& learner, const LearningOptions& options) {
  auto models = read_models(*learner.reader, learner.tenant);
  if (!models) return models.error();
  for (KnownModel& model : *models) {
    if (options.model == 0 || model.stored.row.number == options.model) return std::move(model);
  }
  return Error{Errc::kNotFound, "the tenant has no such model; see `mitr models`"};
}

struct Tried {
  KnownModel model;
  LiveModel::Model candidate;
  Trial trial;
};

Result<Tried> tried(Learner& learner, const LearningOptions& options) {
  auto model = wanted(learner, options);
  if (!model) return model.error();
  auto live = live_model(learner);
  if (!live) return live.error();
  const auto candidate = load_model(*learner.reader, learner.tenant.row.id, learner.tenant.key,
                                    model->stored.row.number, learner.words.table);
  if (!candidate) return candidate.error();
  auto reviewed = read_reviewed(*learner.reader, learner.tenant);
  if (!reviewed) return reviewed.error();
  const auto curriculum = curriculum_of(*learner.pack, std::move(reviewed->words));
  auto trial =
      try_model(*learner.reader, learner.tenant,
                {*learner.pack, *live, *candidate, curriculum.test, days_ago(options.days)});
  if (!trial) return trial.error();
  return Tried{*std::move(model), *candidate, *std::move(trial)};
}

/// Every word of standard input, line by line: what is guessed, and which words speak for it.
void explain(const OpeningModel& model) {
  for (std::string line; std::getline(std::cin, line);) {
    if (model.intents() == nullptr || line.size() > limits::kTextBytesMax) continue;
    const auto found = model.intents()->classify(line);
    std::cout << (found.rejected ? "like nothing known" : "known") << '\t' << found.inside_permille
              << '\n';
    for (std::size_t i = 0; i < std::min<std::size_t>(found.intents.size(), 2); ++i) {
      const auto& guess = found.intents[i];
      std::cout << model.intents()->names()[guess.intent] << '\t' << guess.permille << '\n';
      for (const auto& word : model.intents()->evidence(line, guess.intent)) {
        std::cout << "  " << fmt::format("{:+5}", word.permille) << '\t'
                  << line.substr(word.begin, word.end - word.begin) << '\n';
      }
    }
  }
}

Status test(const LearningOptions& options) {
  auto learner = open_learner(options);
  if (!learner) return learner.error();
  const auto done = tried(*learner, options);
  if (!done) return done.error();
  if (options.explain) {
    explain(*done->candidate);
    return Done{};
  }
  const Trial& trial = done->trial;
  print_stale(done->model);
  std::cout << "held-out utterances, the live one: " << told(trial.live.score())
            << "\nheld-out utterances, model " << done->model.stored.row.number << ": "
            << told(trial.candidate.score()) << '\n';
  for (const auto& cell : trial.candidate.cells())
    std::cout << fmt::format("{}\t{}\t{}\n", cell.label, cell.begun, cell.count);
  std::cout << fmt::format("in the shadow of {} first sentences it understands {} otherwise\n",
                           trial.shadowed, trial.differences.size());
  for (const auto& each : trial.differences) {
    std::cout << to_string(each.turn) << '\t' << each.live << '\t' << each.candidate;
    if (options.words) std::cout << '\t' << each.words.reveal();
    std::cout << '\n';
  }
  const std::string worse = worse_because(trial, done->model.manifest);
  std::cout << (worse.empty() ? "it is not worse, and may be promoted" : worse) << '\n';
  return Done{};
}

// -- promote and roll back ----

Status promote(const LearningOptions& options) {
  auto learner = open_learner(options);
  if (!learner) return learner.error();
  const auto done = tried(*learner, options);
  if (!done) return done.error();
  const std::uint32_t number = done->model.stored.row.number;
  if (done->model.erased > 0) {
    return Error{Errc::kRefused,
                 "it was trained from utterances that are erased by now; train anew"};
  }
  const std::string worse = worse_because(done->trial, done->model.manifest);
  if (!worse.empty()) return Error{Errc::kRefused, worse};
  if (auto live = learner->store.store->promote_model(learner->tenant.row.id, number); !live)
    return live;
  std::cout << "model " << number << " is live; a running node takes it over within seconds\n";
  return Done{};
}

Status roll_back(const LearningOptions& options) {
  auto learner = open_learner(options);
  if (!learner) return learner.error();
  const auto live = live_number(*learner->reader, learner->tenant);
  if (!live) return live.error();
  if (*live == 0) return Error{Errc::kNotFound, "no model is live"};
  auto done = learner->store.store->roll_back_model(learner->tenant.row.id, *live);
  if (!done) return done;
  const auto now = live_number(*learner->reader, learner->tenant);
  if (!now) return now.error();
  std::cout << (*now == 0 ? std::string("the pack's own examples decide again")
                          : fmt::format("model {} is live again", *now))
            << "; a running node takes it over within seconds\n";
  return Done{};
}

CLI::App* add_one(CLI::App& app, const std::shared_ptr<LearningOptions>& options, int& exit_code,
                  const char* name, const char* help, Status (*run)(const LearningOptions&)) {
  auto* command = app.add_subcommand(name, help);
  add_learning_options(*command, *options);
  command->callback([options, run, name, &exit_code] {
    const auto done = run(*options);
    if (!done) std::cerr << "mitr " << name << ": " << done.error().what << '\n';
    exit_code = done ? 0 : 1;
  });
  return command;
}

}  // namespace

void add_learning_commands(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<LearningOptions>();
  auto* training =
      add_one(app, options, exit_code, "train",
              "Train a tenant's model, in a sandbox, from its pack and its reviews", train);
  training->add_option("--seed", options->seed, "The same seed and data give the same model")
      ->capture_default_str();
  auto* testing =
      add_one(app, options, exit_code, "test",
              "Try a model beside the live one: held-out utterances, and in its shadow", test);
  testing->add_flag("--words", options->words,
                    "Show what was written too: personal data, on your terminal");
  testing->add_flag("--explain", options->explain,
                    "Instead: which words of each line of standard input speak for what");
  auto* promoting = add_one(app, options, exit_code, "promote",
                            "Make a model the live one, unless it is worse", promote);
  for (auto* command : {testing, promoting}) {
    command->add_option("--model", options->model, "Its number (default: the newest)");
    command->add_option("--days", options->days, "How far back its shadow reaches")
        ->capture_default_str();
  }
  add_one(app, options, exit_code, "rollback", "The model that was live before is live again",
          roll_back);
  add_one(app, options, exit_code, "models", "A tenant's models, and which are live or stale",
          list);
}

}  // namespace mitr
