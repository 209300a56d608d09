// Ten thousand tenants' models in one process: bytes each beside the bytes they are stored in, load
// time beside training time, and understanding while models are swapped beside understanding in
// peace. Arguments: how many models (10,000), of how many of the school's examples each (all).
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <unistd.h>
#include <vector>

#include "actors/tenant/model_row.h"
#include "config/pack_file.h"
#include "nlu/apce/mixing.h"
#include "nlu/apce/model_bytes.h"
#include "nlu/learning/curriculum.h"
#include "tools/trainer/lesson.h"

namespace mitr {
namespace {

double resident_bytes() {
  std::size_t size = 0;
  std::size_t resident = 0;
  std::ifstream("/proc/self/statm") >> size >> resident;
  return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE));
}

/// Of this thread: what others do on the machine is no cost of ours.
double cpu_us() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

struct Shop {
  TenantId tenant = random_id<TenantId>();
  SecretKey key = SecretKey::random();
  ModelRow row;
  std::vector<std::unique_ptr<LiveModel>> live;
  std::vector<std::string> texts;
};

[[noreturn]] void fail(const char* what) {
  std::fprintf(stderr, "models_bench: %s\n", what);
  std::exit(1);
}

/// Microseconds a call, for each of many calls in turn over all tenants.
std::vector<double> classify(const Shop& shop, int calls) {
  std::vector<double> took;
  took.reserve(static_cast<std::size_t>(calls));
  apce::Chance chance(11);
  std::size_t sure = 0;
  for (int i = 0; i < calls; ++i) {
    const auto& live = shop.live[chance.below(static_cast<std::uint32_t>(shop.live.size()))];
    const auto& text = shop.texts[chance.below(static_cast<std::uint32_t>(shop.texts.size()))];
    const double from = cpu_us();
    const LiveModel::Model model = live->model();
    sure += model->likely(text).empty() ? 0 : 1;
    took.push_back(cpu_us() - from);
  }
  if (sure == 0) fail("nothing was understood");
  std::sort(took.begin(), took.end());
  return took;
}

double at(const std::vector<double>& sorted, double share) {
  return sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
}

void print(const char* name, const std::vector<double>& calm, const std::vector<double>& other) {
  std::printf("%-28s %8.1f %8.1f %8.1f   ratio to peace: median %.2f, 99.9 %% %.2f\n", name,
              at(other, 0.5), at(other, 0.99), at(other, 0.999), at(other, 0.5) / at(calm, 0.5),
              at(other, 0.999) / at(calm, 0.999));
}

void run(std::size_t models, std::size_t examples) {
  const auto pack = load_pack("config/packs/school").pack;
  if (!pack) fail("run it from the project's folder");
  auto rows = lesson_rows(*pack, Examples::kAll, {});
  apce::Chance(3).shuffle(rows);
  if (examples < rows.size()) rows.resize(examples);
  Shop shop;
  for (const auto& row : rows) shop.texts.push_back(row.text.reveal());
  double from = cpu_us();
  const auto trained = train(encode(Lesson{1, rows, {}}));
  if (!trained) fail("the examples are too few");
  const double training_us = cpu_us() - from;
  shop.row = {1, {}, seal(shop.key, model_body_of(shop.tenant, 1), *trained)};

  const auto opened = [&shop] {
    auto model = open_model(shop.tenant, shop.key, shop.row);
    if (!model) fail("the model does not open");
    return *std::move(model);
  };
  const double before = resident_bytes();
  from = cpu_us();
  for (std::size_t i = 0; i < models; ++i) {
    shop.live.push_back(std::make_unique<LiveModel>());
    shop.live.back()->replace(1, opened());
  }
  const double count = static_cast<double>(models);
  const double loading_us = (cpu_us() - from) / count;
  const double each = (resident_bytes() - before) / count;
  const auto stored = static_cast<double>(shop.row.body.size());
  std::printf("%zu models of %zu examples\n", models, rows.size());
  std::printf("bytes each: stored %.0f, in memory %.0f; ratio %.2f\n", stored, each, each / stored);
  std::printf("load, opening the seal and all: %.0f us; training %.0f us; ratio 1 : %.0f\n",
              loading_us, training_us, training_us / loading_us);

  constexpr int kCalls = 100'000;
  const auto calm = classify(shop, kCalls);
  std::atomic<bool> stop{false};
  std::size_t swaps = 0;
  std::thread swapping([&] {
    for (; !stop.load(); ++swaps) shop.live[swaps % models]->replace(1, opened());
  });
  const auto swapped = classify(shop, kCalls);
  stop = true;
  swapping.join();
  std::printf("understanding, us              median    99 %%   99.9 %%\n");
  print("in peace", calm, calm);
  print("while models are swapped", calm, swapped);
  std::printf("%zu models were swapped meanwhile\n", swaps);
}

}  // namespace
}  // namespace mitr

int main(int argc, char** argv) {
  const std::size_t models = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 10'000;
  const std::size_t examples = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : SIZE_MAX;
  if (models == 0 || examples == 0) return 1;
  mitr::run(models, examples);
  return 0;
}
