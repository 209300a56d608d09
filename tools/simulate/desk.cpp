#include "tools/simulate/desk.h"

#include <algorithm>
#include <cstdlib>

#include "tools/mitr/desk.h"

namespace mitr::simulate {
namespace {

using namespace std::chrono_literals;

/// Of 10,000 messages that a contact reads.
constexpr std::uint32_t kTakesPart = 150;
constexpr Time kThinksMax = 20s;
constexpr Time kStaysMin = 5s;
constexpr Time kStaysMax = 3min;
constexpr std::uint64_t kWordsMax = 3;

}  // namespace

Desk::Desk(World& world, MemoryStore& store, const SecretKey& root, WallClock clock)
    : world_(world), store_(store), clock_(std::move(clock)), chance_(world.plan.seed, "desk") {
  auto tenants = open_tenants(*store.reader(), root, "");
  if (!tenants) std::abort();
  tenants_ = *std::move(tenants);
}

void Desk::look_at(const std::string& number, const std::string& phone) {
  if (closed_ || !chance_.happens(kTakesPart)) return;
  const auto tenant = std::find_if(tenants_.begin(), tenants_.end(), [&](const OpenTenant& each) {
    const auto& numbers = each.row.numbers;
    return std::find(numbers.begin(), numbers.end(), number) != numbers.end();
  });
  if (tenant == tenants_.end()) return;
  const auto sentences = 1 + chance_.below(kWordsMax);
  auto at = Time{0};
  for (std::uint64_t i = 0; i < sentences; ++i) {
    at += chance_.between(Time{0}, kThinksMax);
    world_.timeline.after(at, [this, tenant, number, phone] { speak(*tenant, number, phone); });
  }
  at += chance_.between(kStaysMin, kStaysMax);
  world_.timeline.after(at, [this, tenant, number, phone] {
    if (!closed_) file(*tenant, number, phone, HandBack{});
  });
}

void Desk::speak(const OpenTenant& tenant, const std::string& number, const std::string& phone) {
  if (closed_) return;
  const auto words = "The office here, for the " + std::to_string(++spoken_) + ". time.";
  if (!file(tenant, number, phone, HumanMessage{Personal(words), false})) return;
  world_.say("desk", "says", on_one_line(words));
  world_.witness->instructed(tenant.row.id, words);
}

bool Desk::file(const OpenTenant& tenant, const std::string& number, const std::string& phone,
                const Input& input) {
  // Who withheld the phone so far is not known by it.
  Addressee whom;
  whom.phone = "+" + phone;
  return instruct(store_, tenant, whom, number, input, clock_()).ok();
}

}  // namespace mitr::simulate
