#include "tools/simulate/node_life.h"

#include <caf/all.hpp>
#include <cstdlib>
#include <string_view>

#include "protocols/limits.h"

namespace mitr::simulate {
namespace {

using namespace std::chrono_literals;

constexpr Time kCommitMin = 1ms;
constexpr Time kCommitMax = 4ms;
/// A crash strikes within so many steps of its hour: between any two messages of a turn.
constexpr std::uint64_t kCrashSteps = 60;
constexpr Time kDownMax = 6s;
constexpr Time kUsurpedMin = 4s;
constexpr Time kUsurpedMax = 25s;

bool is(const caf::scheduled_actor& actor, std::string_view name) {
  return name == actor.name();
}

/// The message the actor takes next, if it is a T.
template <class T>
const T* next_message(caf::scheduled_actor& actor) {
  auto* element = actor.mailbox().peek();
  if (element == nullptr || !element->content().match_elements<T>()) return nullptr;
  return &element->content().get_as<T>(0);
}

/// Reaches what an actor keeps to itself, to plant a bug in it.
struct Inside : caf::scheduled_actor {
  static void await_no_more(caf::scheduled_actor& actor) {
    auto& awaited = actor.*(&Inside::awaited_responses_);
    auto& others = actor.*(&Inside::multiplexed_responses_);
    for (auto& [id, handler] : awaited) others.emplace(id, std::move(handler));
    awaited.clear();
  }
};

std::uint64_t gauge(const std::string& page, const std::string& name) {
  const auto at = page.find("\n" + name + " ");
  if (at == std::string::npos) return 0;
  const auto value = std::strtod(page.c_str() + at + name.size() + 2, nullptr);
  // Below zero is as wrong as above.
  return static_cast<std::uint64_t>(value < 0 ? -value : value);
}

}  // namespace

NodeLife::NodeLife(LifeParts parts)
    : parts_(std::move(parts)),
      chance_(parts_.world.plan.seed, "life"),
      node_(Chance(parts_.world.plan.seed, "scheduler"), hooks()) {}

NodeLife::~NodeLife() {
  parts_.store.cut_off(true);
  parts_.graph.hung_up();
}

CrankHooks NodeLife::hooks() {
  CrankHooks hooks;
  hooks.hold = [this](caf::scheduled_actor& actor) { return hold(actor); };
  hooks.before = [this](caf::scheduled_actor& actor) { look(actor); };
  const bool planted = parts_.world.plan.planted == Planted::kThenForAwait;
  hooks.after = [planted](caf::scheduled_actor& actor) {
    if (planted && is(actor, "mitr.conversation")) Inside::await_no_more(actor);
  };
  return hooks;
}

Time NodeLife::hold(caf::scheduled_actor& actor) {
  const auto& rates = parts_.world.rates;
  const bool journal = is(actor, "mitr.journal");
  // The journal's thread is in the store while it flushes: its mailbox grows meanwhile.
  if (journal && next_message<FlushBatch>(actor) != nullptr)
    return chance_.happens(rates.commit_slow) ? chance_.between(kCommitMax, rates.slow)
                                              : chance_.between(kCommitMin, kCommitMax);
  if (is(actor, "mitr.archive"))
    return chance_.happens(rates.commit_slow) ? chance_.between(kCommitMax, rates.slow)
                                              : chance_.between(0ms, kCommitMin);
  if (chance_.happens(rates.stall)) return chance_.between(1ms, rates.stalled);
  return 0ms;
}

void NodeLife::look(caf::scheduled_actor& actor) {
  if (!is(actor, "mitr.tenant")) return;
  const auto* record = next_message<ConversationParked>(actor);
  if (record == nullptr) return;
  auto& world = parts_.world;
  world.witness->parked(*record);
}

void NodeLife::start() {
  parts_.store.cut_off(false);
  metrics_ = std::make_shared<Metrics>();
  EngineParts engine;
  engine.tenants = parts_.tenants;
  engine.store = &parts_.store;
  engine.courier = parts_.graph.courier();
  engine.metrics = metrics_;
  engine.clock = parts_.clock;
  engine.answer = [this](std::uint64_t request, int status) {
    parts_.deliveries.answered(request, status);
  };
  engine.park_after = limits::kParkAfter;
  engine.lease_lasts = limits::kLeaseLasts;
  node_.start(std::move(engine), parts_.world.timeline.now());
  parts_.world.say("node", "starts");
}

void NodeLife::crash() {
  steps_to_live_.reset();
  if (!node_.runs()) return;
  ++crashes_;
  parts_.world.say("node", "dies");
  parts_.world.witness->life_ended();
  parts_.store.cut_off(true);
  parts_.graph.hung_up();
  parts_.deliveries.hung_up();
  node_.kill();
  stopped_until_ = Time{0};
  parts_.world.timeline.after(chance_.between(200ms, kDownMax), [this] {
    if (!node_.runs()) start();
  });
}

void NodeLife::trouble() {
  troubled_ = true;
  plan_crash();
  plan_lease_loss();
}

void NodeLife::plan_crash() {
  const auto mean = parts_.world.rates.crash_every;
  if (mean.count() == 0) return;
  parts_.world.timeline.after(chance_.between(1s, 2 * mean), [this] {
    if (!troubled_) return;
    steps_to_live_ = chance_.below(kCrashSteps);
    plan_crash();
  });
}

void NodeLife::plan_lease_loss() {
  const auto mean = parts_.world.rates.lease_lost_every;
  if (mean.count() == 0) return;
  parts_.world.timeline.after(chance_.between(1s, 2 * mean), [this] {
    if (!troubled_) return;
    lose_leases(chance_.happens(5000));
    plan_lease_loss();
  });
}

void NodeLife::lose_leases(bool stopped) {
  auto& world = parts_.world;
  constexpr Time run_out = limits::kLeaseLasts + 1s;
  const auto until = run_out + chance_.between(kUsurpedMin, kUsurpedMax);
  // Stopped like a process, or cut off from the leases alone: either way its term runs out.
  if (stopped) {
    world.say("node", "stops");
    stopped_until_ = world.timeline.now() + until;
  }
  parts_.store.block_renewals(true);
  world.timeline.after(run_out, [this] {
    if (!troubled_) return;
    usurper_ = parts_.memory.leases();
    parts_.memory.expire_leases();
    (void)usurper_->hold(1h, 0ms);
    parts_.world.witness->leases_lost();
    parts_.world.say("leases", "taken", "by another node");
  });
  world.timeline.after(until, [this] {
    usurper_.reset();
    parts_.store.block_renewals(false);
    parts_.world.say("leases", "free");
  });
}

void NodeLife::calm() {
  troubled_ = false;
  steps_to_live_.reset();
  stopped_until_ = Time{0};
  usurper_.reset();
  parts_.store.block_renewals(false);
  if (!node_.runs()) start();
}

bool NodeLife::deliver(WebhookArrived webhook) {
  if (!node_.runs()) return false;
  caf::anon_send(node_.engine().gateway(), std::move(webhook));
  return true;
}

bool NodeLife::step() {
  if (stopped()) return false;
  if (!node_.step(parts_.world.timeline.now())) return false;
  if (steps_to_live_ && (*steps_to_live_)-- == 0) crash();
  return true;
}

std::optional<Time> NodeLife::next() const {
  auto next = node_.next();
  if (next && stopped()) next = std::max(*next, stopped_until_);
  return next;
}

void NodeLife::advance_to(Time to) {
  if (!stopped()) node_.advance_to(to);
}

Rest NodeLife::rest() {
  const auto page = metrics_->render();
  return {gauge(page, "mitr_turns_in_hand"), node_.engine().outbox_in_hand(),
          gauge(page, "mitr_conversations_live"), parts_.deliveries.open()};
}

}  // namespace mitr::simulate
