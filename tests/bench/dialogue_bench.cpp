// How many turns a second one core decides, beside the least that any dialogue does: a switch on a
// state that says the next line. Both in the same run, so that the ratio means something; the goal
// is 300,000 turns/s, and 600 bytes for a conversation in the middle of a form.
#include <benchmark/benchmark.h>
#include <cstdio>
#include <map>

#include "config/pack_file.h"
#include "nlu/dialogue/turn_record.h"
#include "nlu/slots/date.h"

namespace mitr {
namespace {

constexpr const char* kLines[] = {"I need leave for my daughter",
                                  "Asha Verma",
                                  "5B",
                                  "10 Dec",
                                  "12 Dec",
                                  "She has a fever and the doctor advised rest",
                                  "yes"};
constexpr std::size_t kTurns = std::size(kLines);

/// One leave request with what was understood, so that only deciding is measured.
struct Form {
  std::shared_ptr<const Pack> pack = load_pack("config/packs/school").pack;
  DialogueSettings settings;
  Moment now;
  std::vector<Input> inputs;
  std::vector<DialogueState> states;  ///< Before each turn.

  Form() {
    if (!pack) return;
    now.today = *parse_iso_date("2026-11-23");
    now.at = std::chrono::sys_seconds{now.today.time_since_epoch()};
    DialogueState state;
    for (const char* line : kLines) {
      const Personal words(line);
      states.push_back(state);
      inputs.emplace_back(HeardWords{words, understand(*pack, settings, state, words, now)});
      for (const Event& event : step(*pack, settings, state, inputs.back(), now).events) {
        apply(state, event);
      }
    }
  }
};
const Form& form() {
  static const Form instance;
  return instance;
}

/// Decides and folds a whole request, from nothing to nothing.
void decide_and_fold(benchmark::State& loop) {
  const Form& f = form();
  for (auto _ : loop) {
    DialogueState state;
    for (const Input& input : f.inputs) {
      const Outcome outcome = step(*f.pack, f.settings, state, input, f.now);
      for (const Event& event : outcome.events) apply(state, event);
      benchmark::DoNotOptimize(outcome.reply);
    }
    benchmark::DoNotOptimize(state);
  }
  loop.SetItemsProcessed(static_cast<std::int64_t>(loop.iterations() * kTurns));
}
BENCHMARK(decide_and_fold);

/// What nobody can do without: keep the words, pick the line by a state, say it.
void bare_switch(benchmark::State& loop) {
  for (auto _ : loop) {
    std::vector<std::pair<std::string, std::string>> slots;
    for (std::size_t turn = 0; turn < kTurns; ++turn) {
      std::string reply;
      slots.emplace_back("slot", kLines[turn]);
      switch (turn) {
        case 0:
          reply = "What is the name of the student?";
          break;
        case 1:
          reply = "Which class is " + slots[1].second + " in? Write it with the section, as in 5B.";
          break;
        case 5:
          for (const auto& [name, value] : slots) reply += name + ": " + value + "\n";
          break;
        default:
          reply = "From which day is the leave? For example: tomorrow, or 30 Nov.";
      }
      benchmark::DoNotOptimize(reply);
    }
    benchmark::DoNotOptimize(slots);
  }
  loop.SetItemsProcessed(static_cast<std::int64_t>(loop.iterations() * kTurns));
}
BENCHMARK(bare_switch);

void understand_words(benchmark::State& loop) {
  const Form& f = form();
  for (auto _ : loop) {
    for (std::size_t turn = 0; turn < kTurns; ++turn) {
      const auto& heard = std::get<HeardWords>(f.inputs[turn]);
      benchmark::DoNotOptimize(understand(*f.pack, f.settings, f.states[turn], heard.text, f.now));
    }
  }
  loop.SetItemsProcessed(static_cast<std::int64_t>(loop.iterations() * kTurns));
}
BENCHMARK(understand_words);

std::size_t heap_of(const std::string& text) {
  return text.capacity() > std::string().capacity() ? text.capacity() + 1 : 0;
}

/// Bytes of a live state, with what its parts hold on the heap.
std::size_t in_memory(const DialogueState& state) {
  std::size_t bytes = sizeof state + heap_of(state.flow) + heap_of(state.asking) +
                      heap_of(state.closed) +
                      state.slots.capacity() * sizeof(SlotValues::value_type) +
                      state.marks.capacity() * sizeof(std::string);
  for (const auto& [name, held] : state.slots) {
    bytes += heap_of(name) + heap_of(held.typed.reveal()) + heap_of(held.value.reveal());
  }
  for (const std::string& mark : state.marks) bytes += heap_of(mark);
  return bytes;
}

/// Prints the usual table, then turns a second and how far from the bare switch.
class Ratios : public benchmark::ConsoleReporter {
 public:
  void ReportRuns(const std::vector<Run>& runs) override {
    ConsoleReporter::ReportRuns(runs);
    for (const auto& run : runs) times_[run.benchmark_name()] = run.GetAdjustedCPUTime();
  }
  void Finalize() override {
    const double decide = times_["decide_and_fold"];
    if (decide <= 0) return;
    std::printf("turns decided a second, one core  %.0f\n",
                1e9 * static_cast<double>(kTurns) / decide);
    std::printf("times a bare switch               %.1f\n", decide / times_["bare_switch"]);
    std::printf("of understanding the words        %.2f\n", decide / times_["understand_words"]);
    const DialogueState& middle = form().states[4];
    std::printf("a form with %zu values             %zu bytes parked, %zu in memory\n",
                middle.slots.size(), encode(middle).size(), in_memory(middle));
  }

 private:
  std::map<std::string, double> times_;
};

}  // namespace
}  // namespace mitr

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (!mitr::form().pack) {
    std::fprintf(
        stderr, "dialogue_bench: run it from the project's folder, it reads config/packs/school\n");
    return 1;
  }
  mitr::Ratios ratios;
  benchmark::RunSpecifiedBenchmarks(&ratios);
  return 0;
}
