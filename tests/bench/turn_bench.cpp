// What one turn costs before anything waits: verify, parse, understand, decide, encode, seal,
// render. The ratio is to the unavoidable part of it, verifying the signature of the same webhook
// body, measured in the same run.
#include <benchmark/benchmark.h>
#include <cstdio>
#include <map>

#include "config/pack_file.h"
#include "nlu/dialogue/turn_record.h"
#include "persistence/crypto/blind_index.h"
#include "persistence/crypto/seal.h"
#include "protocols/whatsapp/send.h"
#include "protocols/whatsapp/signature.h"
#include "protocols/whatsapp/webhook.h"

namespace mitr {
namespace {

constexpr const char* kBody =
    R"({"object":"whatsapp_business_account","entry":[{"id":"102290129340398","changes":[{"valu)"
    R"(e":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783881","pho)"
    R"(ne_number_id":"106540352240000"},"contacts":[{"profile":{"name":"Asha Verma"},"wa_id":"9)"
    R"(19800000001","user_id":"IN.7919800000001"}],"messages":[{"from":"919800000001","from_use)"
    R"(r_id":"IN.7919800000001","id":"wamid.HBgMOTE5ODAwMDAwMDAxFQIAEhgUM0E0QTY1OTlBRUUw","time)"
    R"(stamp":"1790000000","type":"text","text":{"body":"my daughter won't come tomorrow, fever)"
    R"("}}]},"field":"messages"}]}]})";

struct Fixture {
  std::shared_ptr<const Pack> pack = load_pack("config/packs/school").pack;
  DialogueSettings settings;
  Moment now{std::chrono::sys_seconds{std::chrono::seconds{1'790'000'000}},
             std::chrono::local_days{std::chrono::days{20'717}}, std::chrono::minutes{600}};
  whatsapp::Signer signer{{"secret"}};
  std::string signature = signer.sign(kBody);
  SecretKey key = SecretKey::random();
  BlindIndex index{key};
  Personal words{"my daughter won't come tomorrow, fever"};
};
Fixture& fixture() {
  static Fixture instance;
  return instance;
}

Outcome decide(Fixture& f, Input& input) {
  DialogueState state;
  auto heard = f.pack->understander().understand(f.words.reveal(),
                                                 expectation(*f.pack, f.settings, state, f.now));
  input = HeardWords{f.words, std::move(heard)};
  return step(*f.pack, f.settings, state, input, f.now);
}

void verify(benchmark::State& state) {
  auto& f = fixture();
  for (auto _ : state) benchmark::DoNotOptimize(f.signer.accepts(f.signature, kBody));
}
BENCHMARK(verify);

void parse(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(whatsapp::parse_webhook(kBody));
}
BENCHMARK(parse);

void understand_and_step(benchmark::State& state) {
  auto& f = fixture();
  Input input;
  for (auto _ : state) benchmark::DoNotOptimize(decide(f, input));
}
BENCHMARK(understand_and_step);

void encode_and_seal(benchmark::State& state) {
  auto& f = fixture();
  Input input;
  auto outcome = decide(f, input);
  TurnRecord record{Personal("wamid.HBgMOTE5ODAwMDAwMDAxFQIAEhgUM0E0QTY1OTlBRUUw"),
                    1,
                    2,
                    input,
                    outcome.events,
                    outcome.reply,
                    {}};
  for (auto _ : state) {
    auto bytes = encode(record);
    benchmark::DoNotOptimize(seal(f.key, {SealedColumn::kJournalBody, {}, {}, 1}, bytes));
  }
}
BENCHMARK(encode_and_seal);

void render_and_seal(benchmark::State& state) {
  auto& f = fixture();
  Input input;
  auto outcome = decide(f, input);
  for (auto _ : state) {
    auto body = whatsapp::render_send({Personal("919800000001"), {}, *outcome.reply, "ref"});
    benchmark::DoNotOptimize(seal(f.key, {SealedColumn::kOutboxBody, {}, {}, 1}, body.reveal()));
  }
}
BENCHMARK(render_and_seal);

/// Prints the usual table, then each row as a multiple of `verify`.
class Ratios : public benchmark::ConsoleReporter {
 public:
  void ReportRuns(const std::vector<Run>& runs) override {
    ConsoleReporter::ReportRuns(runs);
    for (const auto& run : runs)
      times_.emplace_back(run.benchmark_name(), run.GetAdjustedCPUTime());
  }
  void Finalize() override {
    std::map<std::string, double> by_name(times_.begin(), times_.end());
    double all = 0;
    for (const auto& [name, time] : times_) {
      all += time;
      std::printf("%-24s %6.2f x verify\n", name.c_str(), time / by_name["verify"]);
    }
    std::printf("%-24s %6.2f x verify\n", "whole turn, no waiting", all / by_name["verify"]);
  }

 private:
  std::vector<std::pair<std::string, double>> times_;
};

}  // namespace
}  // namespace mitr

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (!mitr::fixture().pack) {
    std::fprintf(stderr,
                 "turn_bench: run it from the project's folder, it reads config/packs/school\n");
    return 1;
  }
  mitr::Ratios ratios;
  benchmark::RunSpecifiedBenchmarks(&ratios);
  return 0;
}
