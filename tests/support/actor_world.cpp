#include "tests/support/actor_world.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "actors/tenant/sealed_record.h"
#include "config/pack_file.h"
#include "config/record_file.h"
#include "tools/mitr/desk.h"
#include "tools/mitr/pack_rows.h"
#include "tools/mitr/seed.h"

namespace mitr {
namespace {

/// A Monday morning in the tenant's zone.
constexpr std::chrono::sys_days kMonday{std::chrono::year{2026} / 11 / 23};

FakeCourier::Posted read_post(const std::string& number, const std::string& body,
                              std::size_t turns_stored) {
  auto json = nlohmann::json::parse(body);
  FakeCourier::Posted posted{number, json.value("to", json.value("recipient", "")), "",
                             json.value("biz_opaque_callback_data", ""), turns_stored};
  if (json["type"] == "text") posted.text = json["text"]["body"];
  if (json["type"] == "interactive") posted.text = json["interactive"]["body"]["text"];
  if (json["type"] == "template") {
    posted.text = "template " + json["template"]["name"].get<std::string>() + ":";
    for (const auto& parameter : json["template"]["components"][0]["parameters"])
      posted.text += " " + parameter["text"].get<std::string>() + ",";
  }
  return posted;
}

}  // namespace

void FakeCourier::post(const std::string& number, Personal body,
                       std::function<void(whatsapp::SendAnswer)> ended) {
  posted_.push_back(read_post(number, body.reveal(), store_.turn_count()));
  if (holding_)
    held_.push_back(std::move(ended));
  else
    answer(ended);
}

void FakeCourier::answer(const std::function<void(whatsapp::SendAnswer)>& ended) {
  whatsapp::SendAnswer sent{verdict_, Personal{}, 0};
  if (verdict_ == whatsapp::SendVerdict::kAccepted)
    sent.message = Personal("wamid.out." + std::to_string(posted_.size()));
  else
    sent.error_code = 131026;
  ended(std::move(sent));
}

void FakeCourier::release() {
  holding_ = false;
  for (auto& ended : std::exchange(held_, {})) answer(ended);
}

ActorWorld::ActorWorld()
    : store([this] { return std::chrono::floor<std::chrono::seconds>(started_at_ + elapsed_); }),
      started_at_(kMonday + std::chrono::hours{4}),
      config_(1) {
  config_.set("scheduler.policy", caf::atom("testing"));
  seed();
  restart();
}

ActorWorld::~ActorWorld() {
  crash();
}

void ActorWorld::seed() {
  TenantSeed seed;
  seed.slug = "school";
  seed.name = "School";
  seed.numbers = {kSchoolNumber, kNorthNumber};
  seed.settings.pack = "school";
  seed.settings.portfolios = {{kNorthNumber, "north"}};
  seed.roster = {{"class_teacher", "5B", Personal("Sunita Rao"), Personal(kTeacherPhone)}};
  if (!seed_tenants(store, root_, {seed})) std::abort();
  auto tenants = store.reader()->tenants();
  for (const auto& row : *tenants) (row.slug == "school" ? school_ : system_) = row.id;
}

void ActorWorld::import_table(const std::string& table, const std::string& csv) {
  const auto rows = store.reader()->tenants();
  const auto row = std::find_if(rows->begin(), rows->end(),
                                [this](const TenantRow& each) { return each.id == school_; });
  const auto key = unwrap_key(root_, row->wrapped_key, kTenantKey, school_.bytes);
  const RecordTable* kind = record_table(table);
  const auto file =
      read_record_file(csv, *kind, {std::chrono::local_days{kMonday.time_since_epoch()}, "IN"});
  if (!key || file.mistakes_count > 0) std::abort();
  const BlindIndex index(*key);
  std::vector<TenantRecord> records;
  for (const auto& record : file.records)
    records.push_back(sealed_record(index, *key, school_, kind->record, record));
  if (!store.put_records(school_, std::string(kind->record), records, false)) std::abort();
}

Result<InstructionId> ActorWorld::instruct(const std::string& phone, const Input& input,
                                           const std::string& number) {
  const auto tenants = open_tenants(*store.reader(), root_, "school");
  if (!tenants) return tenants.error();
  Addressee whom;
  whom.phone = "+" + phone;
  return ::mitr::instruct(store, tenants->front(), whom, number, input, now());
}

void ActorWorld::restart() {
  // Once a binary: its examples are learnt when it is loaded.
  static const LoadedPack loaded = load_pack("config/packs/school");
  auto tenants = load_tenants(*store.reader(), root_, {{"school", loaded.pack}});
  if (!loaded.pack || !tenants) std::abort();
  courier_ = std::make_shared<FakeCourier>(store);
  system_actors_ = std::make_unique<caf::actor_system>(config_);
  EngineParts parts;
  parts.tenants = *std::move(tenants);
  parts.store = &store;
  parts.courier = courier_;
  parts.metrics = std::make_shared<Metrics>();
  parts.clock = [this] {
    if (std::exchange(clock_throws_, false)) throw std::runtime_error("a planted bug");
    return std::chrono::floor<std::chrono::seconds>(started_at_ + elapsed_) + jumped_;
  };
  parts.answer = [this](std::uint64_t request, int status) { statuses_[request] = status; };
  parts.park_after = limits::kParkAfter;
  parts.lease_lasts = limits::kLeaseLasts;
  parts.pack_poll = limits::kPackPoll;
  parts.detached = false;
  engine_ = std::make_unique<Engine>(*system_actors_, std::move(parts));
  run();
}

void ActorWorld::crash() {
  if (!engine_) return;
  engine_.reset();
  // A pending delayed message would hold its actor, and the system would wait for it for ever.
  scheduler().clock().cancel_all();
  run();
  system_actors_->await_actors_before_shutdown(false);
  system_actors_.reset();
}

caf::scheduler::test_coordinator& ActorWorld::scheduler() {
  return dynamic_cast<caf::scheduler::test_coordinator&>(system_actors_->scheduler());
}

void ActorWorld::run() {
  constexpr int kStepsMax = 5'000'000;  // a loop between actors would otherwise never end
  for (int i = 0; scheduler().try_run_once(); ++i) {
    if (i > kStepsMax) std::abort();
  }
}

void ActorWorld::run_some(int steps) {
  for (int i = 0; i < steps && scheduler().try_run_once(); ++i) {
  }
}

void ActorWorld::tick(std::chrono::milliseconds by) {
  elapsed_ += by;
  scheduler().advance_time(by);
}

void ActorWorld::advance(std::chrono::milliseconds by) {
  // In steps: a timer re-armed by its handler counts from the end of a jump.
  constexpr std::chrono::milliseconds step{20};
  run();
  for (auto left = by; left.count() > 0; left -= step) {
    elapsed_ += std::min(step, left);
    scheduler().advance_time(std::min(step, left));
    run();
  }
}

Envelope ActorWorld::envelope(const std::string& phone, const std::string& text) {
  Envelope envelope;
  envelope.number = kSchoolNumber;
  envelope.message = Personal("wamid.in." + std::to_string(said_.size()));
  envelope.phone = Personal(phone);
  envelope.bsuid = Personal("IN." + phone);
  envelope.profile_name = Personal("A Parent");
  envelope.sent_at = started_at_;
  envelope.body = Words{Personal(text)};
  said_.push_back(envelope);
  return envelope;
}

std::uint64_t ActorWorld::say(const std::string& phone, const std::string& text) {
  WebhookArrived webhook;
  webhook.messages.push_back(envelope(phone, text));
  return send(std::move(webhook));
}

void ActorWorld::deploy(const std::string& folder) {
  const auto pack = read_pack(folder);
  if (!pack || !store_pack(store, *pack)) std::abort();
  if (!store.deploy_pack(school_, pack->pack->version().bytes)) std::abort();
}

std::uint64_t ActorWorld::redeliver(std::size_t nth) {
  WebhookArrived webhook;
  webhook.messages.push_back(said_.at(nth));
  return send(std::move(webhook));
}

std::uint64_t ActorWorld::send(WebhookArrived webhook) {
  webhook.request = ++next_request_;
  caf::anon_send(engine_->gateway(), std::move(webhook));
  return next_request_;
}

int ActorWorld::status(std::uint64_t request) const {
  auto at = statuses_.find(request);
  return at == statuses_.end() ? 0 : at->second;
}

std::vector<std::string> ActorWorld::replies(const std::string& phone) const {
  std::vector<std::string> texts;
  for (const auto& posted : courier_->posted()) {
    if (posted.to == phone) texts.push_back(posted.text);
  }
  return texts;
}

}  // namespace mitr
