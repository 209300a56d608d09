// Running fastText as a child; see nlu_fasttext.h.
#include "tests/bench/nlu_fasttext.h"

#include <algorithm>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace mitr::bench {
namespace {

struct Ran {
  bool ok = false;
  double seconds = 0;
  std::size_t peak_bytes = 0;
};

/// Runs a program to its end, its output in a file.
Ran ran(std::vector<std::string> arguments, const std::string& output) {
  std::vector<char*> raw;
  for (std::string& argument : arguments) raw.push_back(argument.data());
  raw.push_back(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    const int out = open(output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    const int null = open("/dev/null", O_WRONLY);
    dup2(out, 1);
    dup2(null, 2);
    execvp(raw[0], raw.data());
    _exit(127);
  }
  int status = 0;
  rusage used{};
  if (child < 0 || wait4(child, &status, 0, &used) != child) return {};
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return {WIFEXITED(status) && WEXITSTATUS(status) == 0,
          seconds(used.ru_utime) + seconds(used.ru_stime),
          static_cast<std::size_t>(used.ru_maxrss) * 1024};
}

/// As fastText's own documents advise: small letters, marks as words.
std::string prepared(const std::string& text) {
  std::string words;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80 && std::ispunct(byte) != 0) {
      words += ' ';
      words += c;
      words += ' ';
    } else {
      words +=
          byte < 0x80 ? static_cast<char>(std::isspace(byte) != 0 ? ' ' : std::tolower(byte)) : c;
    }
  }
  return words;
}

/// Lines that fastText reads, at least `lines_least` of them: the rows as often as it takes.
std::size_t write_words(const std::string& path, const std::vector<Utterance>& rows,
                        std::size_t lines_least) {
  std::ofstream file(path);
  std::size_t lines = 0;
  do {
    for (const Utterance& row : rows) file << prepared(row.text) << '\n';
    lines += rows.size();
  } while (lines < lines_least);
  return lines;
}

constexpr std::size_t kTimedLines = 5000;
/// Utterances it sees in all: with fewer it learns nothing from small sets.
constexpr std::size_t kVisits = 200'000;
constexpr std::size_t kRoundsMin = 50;
constexpr std::size_t kRoundsMax = 1000;
constexpr const char* kOutside = "__none__";

Decision decision_of(const std::string& line, const std::vector<std::string>& labels) {
  std::istringstream words(line);
  std::string label;
  double likely = 0;
  Decision decision;
  while (words >> label >> likely) {
    if (label.rfind("__label__", 0) != 0) break;
    const std::string& intent = labels[std::stoul(label.substr(9))];
    if (intent == kOutside) continue;
    decision = {intent, likely};
    break;
  }
  return decision;
}

}  // namespace

bool has_fasttext() {
  return std::system("command -v fasttext >/dev/null 2>&1") == 0;
}

Result<FastText> run_fasttext(const DataSet& set) {
  std::string folder = (std::filesystem::temp_directory_path() / "nlu_bench_XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) return Error{Errc::kUnavailable, "no temporary folder"};
  struct Removal {
    std::string folder;
    ~Removal() { std::filesystem::remove_all(folder); }
  } removal{folder};

  std::map<std::string, std::size_t> numbers;
  std::vector<std::string> labels;
  std::ofstream train(folder + "/train");
  for (const Utterance& row : set.train) {
    const std::string intent = row.intent.empty() ? kOutside : row.intent;
    const auto [found, added] = numbers.emplace(intent, labels.size());
    if (added) labels.push_back(intent);
    train << "__label__" << found->second << ' ' << prepared(row.text) << '\n';
  }
  train.close();
  const std::string model = folder + "/model";
  const std::size_t rounds =
      std::clamp(kVisits / std::max<std::size_t>(set.train.size(), 1), kRoundsMin, kRoundsMax);
  const Ran trained = ran({"fasttext",    "supervised",
                           "-input",      folder + "/train",
                           "-output",     model,
                           "-lr",         "0.5",
                           "-epoch",      std::to_string(rounds),
                           "-wordNgrams", "2",
                           "-minn",       "2",
                           "-maxn",       "5",
                           "-dim",        "100",
                           "-bucket",     "200000",
                           "-loss",       "softmax",
                           "-thread",     "1"},
                          folder + "/log");
  if (!trained.ok) return Error{Errc::kUnavailable, "fasttext did not train"};

  FastText result;
  result.train_seconds = trained.seconds;
  result.train_peak_bytes = trained.peak_bytes;
  result.model_bytes = static_cast<std::size_t>(std::filesystem::file_size(model + ".bin"));
  const std::vector<std::string> predict = {"fasttext", "predict-prob", model + ".bin"};
  const auto with = [&](const std::string& words) {
    std::vector<std::string> arguments = predict;
    arguments.insert(arguments.end(), {folder + "/" + words, "2"});
    return arguments;
  };
  const auto& rows = set.test.empty() ? set.dev : set.test;
  write_words(folder + "/test", rows, 1);
  const std::size_t lines = write_words(folder + "/many", rows, kTimedLines);
  write_words(folder + "/one", {Utterance{"a", "", "", {}, {}}}, 1);
  const Ran once = ran(with("one"), folder + "/out");
  const Ran many = ran(with("many"), folder + "/out");
  if (!once.ok || !many.ok || !ran(with("test"), folder + "/out").ok) {
    return Error{Errc::kUnavailable, "fasttext did not predict"};
  }
  result.utterance_seconds = (many.seconds - once.seconds) / static_cast<double>(lines - 1);
  std::ifstream out(folder + "/out");
  std::string line;
  while (std::getline(out, line)) result.test.push_back(decision_of(line, labels));
  if (result.test.size() != rows.size()) {
    return Error{Errc::kUnavailable, "fasttext answered otherwise than asked"};
  }
  return result;
}

}  // namespace mitr::bench
