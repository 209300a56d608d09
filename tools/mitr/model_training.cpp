#include "tools/mitr/model_training.h"

#include "actors/tenant/model_row.h"
#include "nlu/apce/model_bytes.h"
#include "nlu/learning/doubting.h"
#include "nlu/learning/held_out.h"
#include "tools/trainer/lesson.h"

namespace mitr {
namespace {

struct Taught {
  std::string bytes;
  std::shared_ptr<const apce::IntentModel> intents;
  std::uint64_t cpu_ms = 0;
};

/// `heard`: what teaches without a label, if anything does.
Result<Taught> taught(const TrainingRequest& request, std::vector<apce::Example> rows,
                      const std::vector<ReviewedWords>& heard = {}) {
  Lesson lesson{request.seed, std::move(rows), {}};
  for (const ReviewedWords& each : heard) lesson.heard.push_back(each.words);
  if (lesson.examples.size() > limits::kApceExamplesMax)
    return Error{Errc::kTooLarge, "more examples than a model is trained from"};
  static const WordTableFile kNone;
  const WordTableFile& words = request.words == nullptr ? kNone : *request.words;
  auto answer = run_sandboxed(request.sandbox, encode(lesson), words.bytes);
  if (!answer) return answer.error();
  // Hostile until it is parsed.
  auto model = apce::decode_model(answer->bytes, words.table);
  if (!model) return Error{model.error().code, "from the trainer: " + model.error().what};
  return Taught{std::move(answer->bytes), std::move(model->intents),
                static_cast<std::uint64_t>(answer->cpu.count())};
}

/// On the pack's examples that neither guard was taught. By the model alone: what a trigger knows
/// would hide what it does not.
Score guard_score(const Pack& pack, const Taught& taught) {
  const OpeningModel model(taught.intents);
  Score score;
  for (const PackExample& example : pack.examples()) {
    if (!held_out(example.text, kHeldOutExamples)) continue;
    const auto guesses = model.likely(example.text);
    const std::string_view begun = guesses.empty() ? kBeginsNothing
                                   : OpeningModel::either(guesses)
                                       ? kAsksWhich
                                       : std::string_view(guesses.front().name);
    score.add(example.flow.empty() ? kBeginsNothing : std::string_view(example.flow), begun);
  }
  return score;
}

Result<std::uint32_t> next_number(Reader& reader, const OpenTenant& tenant) {
  const auto models = reader.models(tenant.row.id);
  if (!models) return models.error();
  return models->empty() ? 1U : models->front().row.number + 1;
}

}  // namespace

Result<TrainedModel> train_model(Store& store, const OpenTenant& tenant, const Pack& pack,
                                 const Curriculum& curriculum, const TrainingRequest& request) {
  const auto rows = [&](Examples examples, const std::vector<ReviewedWords>& teach) {
    return lesson_rows(pack, examples, teach);
  };
  if (pack.examples().size() + curriculum.teach.size() < OpeningModel::kExamplesMin) {
    return Error{Errc::kInvalidConfig, "a model needs " +
                                           std::to_string(OpeningModel::kExamplesMin) +
                                           " examples, reviewed utterances included"};
  }
  TrainedModel trained;
  std::vector<ReviewedWords> teach = curriculum.teach;
  if (!teach.empty()) request.told("asking what others say of what was reviewed");
  trained.doubted = take_doubted(teach, [&](const std::vector<ReviewedWords>& others) {
    auto model = taught(request, rows(Examples::kAll, others));
    return model ? std::move(model->intents) : nullptr;
  });
  request.told("training the model");
  const auto model = taught(request, rows(Examples::kAll, teach), curriculum.heard);
  if (!model) return model.error();
  request.told("training the guard without what was reviewed");
  const auto before = taught(request, rows(Examples::kWithoutHeldOut, {}), curriculum.heard);
  request.told("training the guard with it");
  const auto after = taught(request, rows(Examples::kWithoutHeldOut, teach), curriculum.heard);

  trained.manifest.pack = pack.version();
  trained.manifest.seed = request.seed;
  trained.manifest.examples = static_cast<std::uint32_t>(pack.examples().size());
  for (const ReviewedWords& each : teach)
    trained.manifest.references.push_back({{each.contact, each.seq}, each.label});
  for (const ReviewedWords& each : curriculum.heard)
    trained.manifest.references.push_back({{each.contact, each.seq}, {}});
  // A pack without examples of its own has nothing to guard.
  if (before && after) {
    trained.manifest.guard_before = guard_score(pack, *before);
    trained.manifest.guard_after = guard_score(pack, *after);
  }
  const auto& vectors = model->intents->parts().vectors.table;
  trained.manifest.vectors = vectors ? vectors->hash() : 0;
  trained.manifest.cpu_ms = model->cpu_ms;
  trained.bytes = model->bytes.size();

  const auto reader = store.reader();
  const auto number = next_number(*reader, tenant);
  if (!number) return number.error();
  trained.number = *number;
  ModelRow row;
  row.number = *number;
  row.manifest =
      seal(tenant.key, model_manifest_of(tenant.row.id, *number), encode(trained.manifest));
  row.body = seal(tenant.key, model_body_of(tenant.row.id, *number), model->bytes);
  if (auto stored = store.put_model(tenant.row.id, row); !stored) return stored.error();
  return trained;
}

}  // namespace mitr
