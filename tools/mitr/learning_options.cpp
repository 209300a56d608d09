#include "tools/mitr/learning_options.h"

#include <CLI/CLI.hpp>
#include <charconv>

#include "actors/tenant/model_row.h"
#include "actors/wall_clock.h"

namespace mitr {

void add_learning_options(CLI::App& command, LearningOptions& options) {
  command.add_option("--tenant", options.tenant, "Whose (the tenant's slug)")->required();
  add_store_options(command, options.store);
  command.add_option(
      "--vectors", options.vectors,
      "Table of word vectors (default: the settings file's models: {vectors: FILE})");
}

namespace {

Result<WordTableFile> words_of(const LearningOptions& options) {
  if (!options.vectors.empty()) return read_word_table(options.vectors);
  if (options.store.config.empty()) return WordTableFile{};
  const auto settings = settings_of(options.store);
  if (!settings) return settings.error();
  return read_word_table(settings->vectors);
}

}  // namespace

Result<Learner> open_learner(const LearningOptions& options) {
  auto store = open_store(options.store);
  if (!store) return store.error();
  auto reader = store->store->reader();
  auto tenants = open_tenants(*reader, store->root, options.tenant);
  if (!tenants) return tenants.error();
  auto pack = newest_pack(*reader, tenants->front());
  if (!pack) return pack.error();
  auto words = words_of(options);
  if (!words) return words.error();
  return Learner{*std::move(store), std::move(reader), std::move(tenants->front()),
                 *std::move(pack), *std::move(words)};
}

Result<LiveModel::Model> live_model(Learner& learner) {
  const auto number = live_number(*learner.reader, learner.tenant);
  if (!number) return number.error();
  if (*number == 0) return LiveModel::Model{};
  return load_model(*learner.reader, learner.tenant.row.id, learner.tenant.key, *number,
                    learner.words.table);
}

std::chrono::sys_seconds days_ago(std::uint32_t days) {
  return system_wall_clock() - std::chrono::hours{24} * days;
}

std::string to_string(const TurnName& turn) {
  return to_string(turn.contact) + "." + std::to_string(turn.seq);
}

Result<TurnName> parse_turn_name(std::string_view text) {
  const auto dot = std::min(text.find('.'), text.size());
  const auto contact = parse_id<ContactId>(text.substr(0, dot));
  TurnName turn;
  const std::string_view seq = text.substr(std::min(dot + 1, text.size()));
  const auto read = std::from_chars(seq.data(), seq.data() + seq.size(), turn.seq);
  if (!contact || seq.empty() || read.ec != std::errc{} || read.ptr != seq.data() + seq.size()) {
    return Error{Errc::kMalformed,
                 "'" + std::string(text) + "' names no turn; see `mitr review list`"};
  }
  turn.contact = *contact;
  return turn;
}

}  // namespace mitr
