// What the commands around a tenant's models share: their options, and the store opened for one
// tenant.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tools/mitr/learner.h"
#include "tools/mitr/store_options.h"
#include "tools/mitr/word_table.h"

namespace mitr {

struct LearningOptions {
  StoreOptions store;
  std::string tenant;
  std::string vectors;      ///< A table of word vectors; empty: the settings file's.
  std::uint32_t model = 0;  ///< 0: the newest.
  std::uint64_t seed = 1;
  std::uint32_t days = 30;
  std::uint32_t most = 20;
  bool words = false;
  bool explain = false;
  std::string label;
  std::vector<std::string> turns;
};

/// `--tenant` and what names a store.
void add_learning_options(CLI::App& command, LearningOptions& options);

/// A tenant with what its models are made of and stored in.
struct Learner {
  NodeStore store;
  std::unique_ptr<Reader> reader;
  OpenTenant tenant;
  std::shared_ptr<const Pack> pack;
  WordTableFile words;
};
Result<Learner> open_learner(const LearningOptions& options);

/// The model that is live; null: none is.
Result<LiveModel::Model> live_model(Learner& learner);
/// Where the days that are looked back over begin.
std::chrono::sys_seconds days_ago(std::uint32_t days);

/// "<contact>.<seq>", and back.
std::string to_string(const TurnName& turn);
Result<TurnName> parse_turn_name(std::string_view text);

}  // namespace mitr
