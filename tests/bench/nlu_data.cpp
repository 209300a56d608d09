// Reading labelled utterances; see nlu_data.h.
#include "tests/bench/nlu_data.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "nlu/apce/mixing.h"

namespace mitr::bench {
namespace {

Utterance utterance_of(const nlohmann::json& row) {
  Utterance utterance;
  utterance.text = row.at("text").get<std::string>();
  utterance.intent = row.value("intent", "");
  utterance.kind = row.value("oos_kind", "");
  if (utterance.intent == "oos") {
    utterance.intent.clear();
    if (utterance.kind.empty()) utterance.kind = "oos";
  }
  for (const auto& slot : row.value("slots", nlohmann::json::array())) {
    utterance.slots.push_back({slot.at("entity").get<std::string>(),
                               slot.at("start").get<std::uint32_t>(),
                               slot.at("end").get<std::uint32_t>()});
  }
  utterance.requested = row.value("requested", std::vector<std::string>{});
  return utterance;
}

Status read_rows(const std::string& path, DataSet& set) {
  std::ifstream file(path);
  if (!file) return Error{Errc::kNotFound, "cannot read " + path};
  std::string line;
  while (std::getline(file, line)) {
    const nlohmann::json row = nlohmann::json::parse(line, nullptr, false);
    if (row.is_discarded()) return Error{Errc::kMalformed, path + " is not a JSON object a line"};
    const std::string split = row.value("split", "train");
    auto& rows = split == "test" ? set.test : split == "dev" ? set.dev : set.train;
    rows.push_back(utterance_of(row));
  }
  return Done{};
}

std::vector<std::string> heard_of(const DataSet& whole, const DataSet& few) {
  std::set<std::string> taught;
  for (const Utterance& row : few.train) taught.insert(row.text);
  std::vector<std::string> heard;
  for (const Utterance& row : whole.train) {
    if (!taught.contains(row.text)) heard.push_back(row.text);
  }
  apce::Chance chance(1);
  chance.shuffle(heard);
  if (heard.size() > kHeardMax) heard.resize(kHeardMax);
  return heard;
}

}  // namespace

std::vector<std::string> set_files(const std::string& folder) {
  std::vector<std::string> paths;
  std::error_code error;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, error)) {
    if (entry.path().extension() == ".jsonl") paths.push_back(entry.path().string());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

Result<DataSet> read_set(const std::string& path) {
  try {
    const std::filesystem::path file(path);
    DataSet set;
    set.name = file.stem().string();
    if (const Status done = read_rows(path, set); !done) return done.error();
    const std::string folder = file.parent_path().filename().string();
    const std::filesystem::path main = file.parent_path() / (folder + ".jsonl");
    if (set.test.empty() && set.dev.empty() && std::filesystem::exists(main)) {
      DataSet whole;
      if (const Status done = read_rows(main.string(), whole); !done) return done.error();
      set.heard = heard_of(whole, set);
      set.test = std::move(whole.test);
      set.dev = std::move(whole.dev);
    }
    if (folder != set.name && set.name.rfind(folder, 0) != 0) set.name = folder + "/" + set.name;
    std::set<std::string> intents;
    for (const Utterance& row : set.train) {
      if (!row.intent.empty()) intents.insert(row.intent);
      set.has_slots = set.has_slots || !row.slots.empty();
    }
    set.has_intents = intents.size() > 1;
    return set;
  } catch (const std::exception& error) {
    return Error{Errc::kMalformed, path + ": " + error.what()};
  }
}

}  // namespace mitr::bench
