// How well and how fast utterances are understood, on labelled sets in a folder the caller names,
// beside fastText in the same run. One configuration for every set.
//
// usage: nlu_bench --data DIR [--json FILE] [--only PART-OF-A-PATH] [--perturb] [--alone]
//                  [--vectors FILE]
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/bench/nlu_fasttext.h"
#include "tests/bench/nlu_measure.h"

namespace mitr::bench {
namespace {

using Json = nlohmann::json;

struct Options {
  std::string data;
  std::string json;
  std::string only;
  Measure measure;
  std::string vectors;
  bool alone = false;
};

/// Measures one set in a child of its own, so that its largest memory is its own. Null if it fails.
Json in_a_child(const std::string& path, const Measure& measure) {
  int ends[2];
  if (pipe(ends) != 0) return nullptr;
  std::fflush(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    const auto set = read_set(path);
    const auto result = set ? measured(*set, measure) : Result<Json>(set.error());
    if (!result) std::fprintf(stderr, "nlu_bench: %s\n", result.error().what.c_str());
    const std::string text = result ? result->dump() : "null";
    const bool written = write(ends[1], text.data(), text.size()) == ssize_t(text.size());
    _exit(written && result ? 0 : 1);
  }
  close(ends[1]);
  std::string text;
  char buffer[4096];
  for (ssize_t got = 0; (got = read(ends[0], buffer, sizeof buffer)) > 0;) {
    text.append(buffer, static_cast<std::size_t>(got));
  }
  close(ends[0]);
  int status = 0;
  if (child < 0 || waitpid(child, &status, 0) != child) return nullptr;
  return Json::parse(text, nullptr, false);
}

/// A number of the results, or a dash.
std::string shown(const Json& json, const std::string& pointer, const char* format,
                  double unit = 1) {
  const nlohmann::json_pointer<std::string> place(pointer);
  if (!json.contains(place)) return "-";
  char text[32];
  std::snprintf(text, sizeof text, format, json.at(place).get<double>() / unit);
  return text;
}

void print_intents(const std::string& set, const std::string& engine, const Json& json) {
  std::printf("%-26s %-8s %6s %6s %6s %6s %6s %8s %7s %7s %7s\n", set.c_str(), engine.c_str(),
              shown(json, "/dev/accuracy", "%.1f").c_str(),
              shown(json, "/test/accuracy", "%.1f").c_str(),
              shown(json, "/test/auroc", "%.1f").c_str(),
              shown(json, "/test/accuracy_rejecting_5_percent", "%.1f").c_str(),
              shown(json, "/test/recall_rejecting_5_percent", "%.1f").c_str(),
              shown(json, "/train_cpu_seconds", "%.2f").c_str(), shown(json, "/us", "%.1f").c_str(),
              shown(json, "/model_bytes", "%.2f", 1e6).c_str(),
              shown(json, "/train_peak_bytes", "%.0f", 1e6).c_str());
}

void print_slots(const std::string& set, const Json& json) {
  std::printf("%-26s %-8s %6s %6s %6s %6s %6s %8s %7s %7s %7s\n", set.c_str(), "slots F1",
              shown(json, "/dev_f1", "%.1f").c_str(), shown(json, "/test_f1", "%.1f").c_str(), "",
              "", "", shown(json, "/train_cpu_seconds", "%.2f").c_str(),
              shown(json, "/us", "%.1f").c_str(), shown(json, "/model_bytes", "%.2f", 1e6).c_str(),
              shown(json, "/train_peak_bytes", "%.0f", 1e6).c_str());
}

void print_more(const Json& intents) {
  if (intents.contains("dev")) {
    const double dev = intents["dev"]["accuracy"].get<double>();
    const double test = intents["test"]["accuracy"].get<double>();
    std::printf("%-26s   dev less test: %.1f; calibration error %.1f; loads in %.1f ms\n", "",
                dev - test, intents["calibration_error"].get<double>(),
                intents["load_cpu_seconds"].get<double>() * 1e3);
  }
  for (const auto& [kind, scores] : intents["kinds"].items()) {
    if (intents["kinds"].size() < 2) break;
    std::printf("%-26s   %s: AUROC %s, recall %s\n", "", kind.c_str(),
                shown(scores, "/auroc", "%.1f").c_str(),
                shown(scores, "/recall_rejecting_5_percent", "%.1f").c_str());
  }
  if (!intents.contains("perturbed")) return;
  for (const auto& [how, scores] : intents["perturbed"].items()) {
    const double drop =
        intents["test"]["accuracy"].get<double>() - scores["accuracy"].get<double>();
    std::printf("%-26s   %s: %s (drop %.1f)\n", "", how.c_str(),
                shown(scores, "/accuracy", "%.1f").c_str(), drop);
  }
}

int run(const Options& options) {
  Measure measure = options.measure;
  if (!options.vectors.empty()) {
    std::ifstream file(options.vectors, std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(file), {});
    auto vectors = apce::decode_vectors(bytes);
    if (!vectors) {
      std::fprintf(stderr, "nlu_bench: %s\n", vectors.error().what.c_str());
      return 1;
    }
    measure.vectors = std::move(*vectors);
  }
  measure.fasttext = !options.alone && has_fasttext();
  if (!measure.fasttext) std::printf("without fastText: not asked for, or not installed\n");
  std::printf("%-26s %-8s %6s %6s %6s %6s %6s %8s %7s %7s %7s\n", "set", "engine", "dev", "test",
              "AUROC", "acc@5", "rec@5", "train s", "us", "MB", "peak MB");
  Json all = Json::array();
  int failed = 0;
  for (const std::string& path : set_files(options.data)) {
    if (path.find(options.only) == std::string::npos) continue;
    const Json json = in_a_child(path, measure);
    if (!json.is_object()) {
      std::printf("%s: not measured\n", path.c_str());
      ++failed;
      continue;
    }
    const std::string set = json["set"].get<std::string>();
    if (json.contains("intents")) {
      print_intents(set, "mitr", json["intents"]);
      print_more(json["intents"]);
    }
    if (json.contains("vectors")) {
      print_intents(set, "+vectors", json["vectors"]);
      print_more(json["vectors"]);
    }
    if (json.contains("heard")) {
      print_intents(set, "+heard", json["heard"]);
      print_more(json["heard"]);
    }
    if (json.contains("slots")) print_slots(set, json["slots"]);
    if (json.contains("fasttext")) print_intents(set, "fasttext", json["fasttext"]);
    std::fflush(stdout);
    all.push_back(json);
  }
  if (!options.json.empty()) std::ofstream(options.json) << all.dump(2) << '\n';
  return failed == 0 && !all.empty() ? 0 : 1;
}

}  // namespace
}  // namespace mitr::bench

int main(int argc, char** argv) {
  mitr::bench::Options options;
  for (int i = 1; i < argc; ++i) {
    const auto is = [&](const char* name) { return std::strcmp(argv[i], name) == 0; };
    if (is("--perturb")) options.measure.perturb = true;
    if (is("--alone")) options.alone = true;
    if (is("--heard")) options.measure.heard = true;
    if (i + 1 >= argc) continue;
    if (is("--data")) options.data = argv[++i];
    if (is("--vectors")) options.vectors = argv[++i];
    if (is("--json")) options.json = argv[++i];
    if (is("--only")) options.only = argv[++i];
  }
  if (options.data.empty()) {
    // Benchmarks run without arguments too, and the data is not ours to bring.
    std::printf("nlu_bench: nothing measured; --data DIR names a folder of labelled sets\n");
    return 0;
  }
  return mitr::bench::run(options);
}
