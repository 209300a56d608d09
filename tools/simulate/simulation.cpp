#include "tools/simulate/simulation.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <map>
#include <spdlog/spdlog.h>
#include <utility>

#include "actors/tenant/sealed_record.h"
#include "persistence/crypto/chosen_randomness.h"
#include "tools/mitr/seed.h"
#include "tools/simulate/desk.h"
#include "tools/simulate/node_life.h"
#include "tools/simulate/town.h"

namespace mitr::simulate {
namespace {

using namespace std::chrono_literals;

/// A Monday morning in the tenants' zone.
constexpr std::chrono::sys_days kMonday{std::chrono::year{2026} / 11 / 23};
constexpr auto kMorning = kMonday + 4h;

constexpr Time kFirstMatterMax = 60s;
constexpr Time kNextMatterMin = 3s;
constexpr Time kNextMatterMax = 100s;
constexpr Time kPatienceMin = 25s;
constexpr Time kPatienceMax = 150s;
/// After the last word: longer than any repeat, sweep and doubt lasts.
constexpr Time kSettling = 6min;
/// For a timer that fell at the end.
constexpr Time kPause = 10s;
constexpr int kPausesMax = 3;
/// Actors that take so many messages in one moment send each other in circles.
constexpr std::uint64_t kStepsInAMomentMax = 2'000'000;

class Silence {
 public:
  Silence() : before_(spdlog::get_level()) { spdlog::set_level(spdlog::level::off); }
  ~Silence() { spdlog::set_level(before_); }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;

 private:
  spdlog::level::level_enum before_;
};

ChosenRandomness::Source bytes_from(Chance chance) {
  return [chance](std::uint8_t* out, std::size_t count) mutable {
    for (std::size_t at = 0; at < count; at += sizeof(std::uint64_t)) {
      const auto word = chance.next();
      std::memcpy(out + at, &word, std::min(count - at, sizeof word));
    }
  };
}

class Simulation {
 public:
  Simulation(const Plan& plan, const Packs& packs, const Trace::Sink& sink);
  Report run();

 private:
  std::vector<std::shared_ptr<const TenantContext>> seeded(const Packs& packs);
  void import_roster();
  std::chrono::sys_seconds clock() const {
    return std::chrono::floor<std::chrono::seconds>(kMorning + world_.timeline.now());
  }
  void meet_people();
  void turn();
  void run_until(Time end);
  void finish();

  // -- people ----
  void settle_in(Resident& resident);
  void move(Resident& resident);
  void begin_later(Resident& resident, Time least, Time most);
  void plan_sayings(Resident& resident, std::vector<Saying> sayings);
  void speak(Resident& resident, MessageBody body);
  void hear(const Shown& shown);
  void grow_impatient(Resident& resident);

  Silence silence_;
  ChosenRandomness randomness_;
  World world_;
  Town town_;
  Chance chance_;
  SecretKey root_ = SecretKey::random();
  MemoryStore memory_;
  FaultyStore store_;
  std::vector<std::shared_ptr<const TenantContext>> tenants_;
  Witness witness_;
  Opener opener_;
  std::map<std::string, TenantId> tenants_by_number_;
  std::map<std::string, Resident*> by_address_;  ///< By number and address.
  Deliveries deliveries_;
  GraphModel graph_;
  NodeLife node_;
  Desk desk_;
  bool calm_ = false;
  std::uint64_t messages_ = 0;
};

Simulation::Simulation(const Plan& plan, const Packs& packs, const Trace::Sink& sink)
    : randomness_(bytes_from(Chance(plan.seed, "bytes"))),
      world_{plan, rates_of(plan.faults), {}, Trace(sink), nullptr},
      town_(build_town(plan)),
      chance_(plan.seed, "people"),
      memory_([this] { return clock(); }),
      store_(world_, memory_),
      tenants_(seeded(packs)),
      witness_(tenants_),
      opener_(tenants_),
      deliveries_(
          world_, [this](WebhookArrived webhook) { return node_.deliver(std::move(webhook)); },
          [this](const DeliveryStatus& status) {
            const auto ref = parse_outbox_ref(status.callback).value_or(OutboxRef{});
            return memory_.state_of(tenants_by_number_.at(status.number), ref)
                .value_or(OutboxState::kDue);
          }),
      graph_(
          world_, [this](const Shown& shown) { hear(shown); },
          [this](DeliveryStatus status) {
            auto line = status.callback;
            deliveries_.send(std::move(status), line);
          }),
      node_({world_, memory_, store_, graph_, deliveries_, tenants_, [this] { return clock(); }}),
      desk_(world_, memory_, root_, [this] { return clock(); }) {
  world_.witness = &witness_;
  store_.open_with(&opener_);
  for (const auto& tenant : tenants_) {
    for (const auto& number : tenant->numbers) {
      tenants_by_number_.emplace(number, tenant->id);
      for (const auto& entry : tenant->roster) witness_.staff(number, entry.details.phone.reveal());
    }
  }
  meet_people();
}

std::vector<std::shared_ptr<const TenantContext>> Simulation::seeded(const Packs& packs) {
  if (auto done = seed_tenants(memory_, root_, town_.tenants); !done) std::abort();
  import_roster();
  auto tenants = load_tenants(*memory_.reader(), root_, packs);
  if (!tenants) std::abort();
  return *std::move(tenants);
}

void Simulation::import_roster() {
  const auto tenants = memory_.reader()->tenants();
  if (!tenants) std::abort();
  const RecordTable& table = *record_table("roster");
  const auto file = read_record_file(town_.roster, table, {});
  if (file.mistakes_count > 0) std::abort();
  for (const auto& tenant : *tenants) {
    if (tenant.slug != "school-1") continue;
    const auto key = unwrap_key(root_, tenant.wrapped_key, kTenantKey, tenant.id.bytes);
    if (!key) std::abort();
    const BlindIndex index(*key);
    std::vector<TenantRecord> records;
    for (const auto& record : file.records)
      records.push_back(sealed_record(index, *key, tenant.id, table.record, record));
    if (!memory_.put_records(tenant.id, std::string(table.record), records, true)) std::abort();
  }
}

void Simulation::meet_people() {
  for (auto& resident : town_.people) {
    if (resident.moves)
      world_.timeline.after(resident.moves->at, [this, &resident] { move(resident); });
    if (resident.arrives > Time{0}) {
      world_.timeline.after(resident.arrives, [this, &resident] { settle_in(resident); });
    } else {
      settle_in(resident);
    }
  }
}

void Simulation::settle_in(Resident& resident) {
  by_address_[resident.number + "/" + resident.phone] = &resident;
  by_address_[resident.number + "/" + resident.bsuid] = &resident;
  witness_.owns(resident.person.mark(), resident.number, {resident.phone, resident.bsuid});
  if (resident.spoken == 0) begin_later(resident, 0ms, kFirstMatterMax);
}

void Simulation::move(Resident& resident) {
  if (calm_) return;
  if (!resident.moves->told) {
    resident.gone = true;
    return world_.say(resident.label, "goes away");
  }
  whatsapp::IdentityChange change;
  change.number = resident.number;
  change.message = Personal("identity:" + resident.bsuid);
  change.before.phone = Personal(resident.phone);
  change.before.bsuid = Personal(resident.bsuid);
  resident.phone = resident.moves->phone;
  resident.bsuid = resident.moves->bsuid;
  change.after.phone = Personal(resident.phone);
  change.after.bsuid = Personal(resident.bsuid);
  change.at = clock();
  world_.say(resident.label, "changes phones");
  settle_in(resident);
  deliveries_.send(std::move(change), resident.label);
}

// -- people ----

void Simulation::begin_later(Resident& resident, Time least, Time most) {
  if (resident.begins_soon) return;
  resident.begins_soon = true;
  world_.timeline.after(chance_.between(least, most), [this, &resident] {
    resident.begins_soon = false;
    if (!calm_ && !resident.gone) plan_sayings(resident, resident.person.begin());
  });
}

void Simulation::plan_sayings(Resident& resident, std::vector<Saying> sayings) {
  for (auto& saying : sayings) {
    const auto heard = resident.heard;
    auto say = [this, &resident, heard, ahead = saying.ahead, body = std::move(saying.body)] {
      // Whoever has heard something else meanwhile has something else to say.
      if (calm_ || resident.gone || (!ahead && resident.heard != heard)) return;
      speak(resident, body);
    };
    world_.timeline.after(saying.after, std::move(say));
  }
  if (!resident.person.busy()) begin_later(resident, kNextMatterMin, kNextMatterMax);
}

void Simulation::speak(Resident& resident, MessageBody body) {
  Envelope envelope;
  envelope.number = resident.number;
  envelope.message = Personal("wamid.in." + std::to_string(++messages_));
  if (resident.spoken >= resident.phone_from) envelope.phone = Personal(resident.phone);
  if (resident.spoken >= resident.bsuid_from) envelope.bsuid = Personal(resident.bsuid);
  ++resident.spoken;
  envelope.profile_name = Personal("A Person");
  envelope.sent_at = clock();
  envelope.body = std::move(body);
  const auto& id = envelope.message.reveal();
  if (world_.trace.on()) {
    world_.trace.name(id, resident.label);
    std::string words = "(something unreadable)";
    if (const auto* typed = std::get_if<Words>(&envelope.body))
      words = on_one_line(typed->text.reveal());
    if (const auto* tapped = std::get_if<Choice>(&envelope.body)) words = "taps " + tapped->id;
    world_.say(resident.label, "says", "m", short_name(id), " ", words);
  }
  witness_.said(envelope.message);
  deliveries_.send(std::move(envelope), resident.label);
  grow_impatient(resident);
}

void Simulation::grow_impatient(Resident& resident) {
  const auto heard = resident.heard;
  const auto spoken = resident.spoken;
  world_.timeline.after(chance_.between(kPatienceMin, kPatienceMax),
                        [this, &resident, heard, spoken] {
                          if (calm_ || resident.heard != heard || resident.spoken != spoken) return;
                          plan_sayings(resident, resident.person.wait());
                        });
}

void Simulation::hear(const Shown& shown) {
  const auto at = by_address_.find(shown.number + "/" + shown.to);
  if (at == by_address_.end()) return;
  auto& resident = *at->second;
  ++resident.heard;
  desk_.look_at(resident.number, resident.phone);
  if (world_.trace.on()) world_.say(resident.label, "reads", on_one_line(shown.text));
  if (calm_) return;
  plan_sayings(resident, resident.person.hear(shown.text, shown.has_buttons));
}

// -- the run ----

void Simulation::turn() {
  std::uint64_t steps = 0;
  while (!witness_.breach() && node_.step()) {
    if (++steps > kStepsInAMomentMax) std::abort();
  }
}

void Simulation::run_until(Time end) {
  while (!witness_.breach()) {
    turn();
    auto next = world_.timeline.next();
    if (const auto due = node_.next(); due && (!next || *due < *next)) next = due;
    if (!next || *next > end) break;
    const auto to = std::max(*next, world_.timeline.now());
    witness_.set_now(to);
    world_.timeline.advance_to(to);
    node_.advance_to(to);
  }
  if (witness_.breach()) return;
  witness_.set_now(end);
  world_.timeline.advance_to(std::max(end, world_.timeline.now()));
  node_.advance_to(world_.timeline.now());
}

void Simulation::finish() {
  calm_ = true;
  desk_.close();
  world_.rates = {};
  world_.say("world", "calms down");
  node_.calm();
  run_until(world_.timeline.now() + kSettling);
  // A timer may have fallen just now: its conversation parks soon, its statuses are on their way.
  const auto busy = [this] {
    const Rest rest = node_.rest();
    return rest.conversations_live + rest.turns_in_hand + rest.outbox_in_hand + rest.webhooks_open >
           0;
  };
  for (int i = 0; i < kPausesMax && busy(); ++i) run_until(world_.timeline.now() + kPause);
  if (!witness_.breach()) witness_.at_rest(node_.rest());
}

Report Simulation::run() {
  node_.start();
  node_.trouble();
  run_until(world_.plan.lasts);
  if (!witness_.breach()) finish();
  Report report;
  report.breach = witness_.breach();
  if (report.breach && world_.trace.on() && !report.breach->contact.is_nil())
    report.who = world_.trace.label(report.breach->contact);
  report.counts = witness_.counts();
  report.fingerprint = witness_.fingerprint();
  report.steps = node_.steps();
  report.crashes = node_.crashes();
  return report;
}

}  // namespace

Report simulate(const Plan& plan, const Packs& packs, const Trace::Sink& sink) {
  return Simulation(plan, packs, sink).run();
}

}  // namespace mitr::simulate
