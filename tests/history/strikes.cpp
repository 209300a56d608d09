#include "tests/history/strikes.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <random>

namespace mitr::history {
namespace {

unsigned long number_from(const char* variable, unsigned long otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : std::strtoul(text, nullptr, 10);
}

}  // namespace

unsigned a_seed() {
  const auto seed = static_cast<unsigned>(number_from("MITR_SEED", std::random_device{}()));
  std::printf("seed %u (MITR_SEED=%u plays it again)\n", seed, seed);
  return seed;
}

unsigned long rounds(unsigned long otherwise) {
  return number_from("MITR_SOAK_ROUNDS", otherwise);
}

std::string told(const std::vector<Breach>& breaches) {
  std::map<std::string, std::size_t> counts;
  for (const auto& breach : breaches) ++counts[breach.promise];
  std::string text;
  for (const auto& [promise, count] : counts)
    text += promise + " " + std::to_string(count) + " times; ";
  return text;
}

std::vector<Breach> of_promise(std::vector<Breach> breaches, const std::string& promise) {
  std::erase_if(breaches, [&](const Breach& breach) { return breach.promise != promise; });
  return breaches;
}

bool stop_holder(CrashRun& run, int minutes) {
  const auto before = run.epoch();
  const int holder = run.holder();
  if (holder < 0) return false;
  run.stop_appender(holder);
  const bool jumped = minutes == 0 || run.jump_clock(minutes);
  const bool taken = jumped && run.taken_after(before) && run.goes_on(300);
  run.continue_appender(holder);
  return taken && run.goes_on(100);
}

bool kill_holder(CrashRun& run) {
  const auto before = run.epoch();
  const int holder = run.holder();
  if (holder < 0) return false;
  run.kill_appender(holder);
  const bool taken = run.taken_after(before) && run.goes_on(100);
  run.start_appender(holder);
  return taken;
}

}  // namespace mitr::history
