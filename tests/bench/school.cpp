#include "tests/bench/school.h"

#include "config/pack_file.h"
#include "nlu/understand.h"
#include "persistence/crypto/seal.h"
#include "tools/mitr/seed.h"

namespace mitr::bench {
namespace {

constexpr const char* kSlug = "school";

}  // namespace

Result<std::vector<std::shared_ptr<const TenantContext>>> open_school(Store& store,
                                                                      const SecretKey& root) {
  auto loaded = load_pack("config/packs/school");
  if (!loaded.pack)
    return Error{Errc::kNotFound, "run it from the project's folder: it reads config/packs"};
  TenantSeed seed;
  seed.slug = kSlug;
  seed.name = "A School";
  seed.numbers = {kSchoolNumber};
  seed.settings.pack = kSlug;
  // One number sends 80 a second: what is measured here is not how long a queue gets behind it.
  seed.settings.pacing = false;
  if (auto seeded = seed_tenants(store, root, {seed}); !seeded) return seeded.error();
  return load_tenants(*store.reader(), root, {{kSlug, loaded.pack}});
}

Result<std::shared_ptr<const TenantContext>> school_among(
    const std::vector<std::shared_ptr<const TenantContext>>& tenants) {
  for (const auto& tenant : tenants) {
    if (tenant->slug == kSlug) return tenant;
  }
  return Error{Errc::kNotFound, "no school"};
}

TurnRecord first_turn(const TenantContext& school, std::chrono::sys_seconds wake_at) {
  const Personal words("I need leave for my daughter");
  DialogueState state;
  const auto pack = school.packs->newest();
  const auto moment = school.zone.moment(wake_at - std::chrono::minutes(30));
  auto heard = pack->understander().understand(
      words.reveal(), expectation(*pack, school.settings.dialogue, state, moment));
  TurnRecord turn;
  turn.message = Personal("wamid.HBgMOTE5ODAwMDAwMDAxFQIAEhgUM0E0QTY1OTlBRUUw");
  turn.sent_at = turn.decided_at = moment.at.time_since_epoch().count();
  turn.input = HeardWords{words, std::move(heard)};
  auto outcome = step(*pack, school.settings.dialogue, state, turn.input, moment);
  for (const auto& event : outcome.events) apply(state, event);
  turn.events = std::move(outcome.events);
  turn.reply = std::move(outcome.reply);
  state.wake_at = wake_at.time_since_epoch().count();
  turn.snapshot = state;
  turn.pack = pack->version();
  return turn;
}

void add_contact(CopyIn& to, const TenantContext& school, const Parent& parent) {
  const ContactDetails details{Personal("919800000001"), Personal("IN.7919800000001"),
                               Personal("A Parent")};
  to.uuid(school.id.bytes)
      .uuid(parent.id.bytes)
      .bytes(wrap_key(school.key, parent.key, kContactKey, parent.id.bytes))
      .bytes(seal(parent.key, {SealedColumn::kContactDetails, school.id, parent.id.bytes},
                  encode(details)))
      .end_row();
}

void add_turn(CopyIn& to, const TenantContext& school, const Parent& parent, std::uint64_t seq,
              bool snapshot, std::string_view plain) {
  to.uuid(school.id.bytes)
      .uuid(parent.id.bytes)
      .number(static_cast<std::int64_t>(seq))
      .uuid(random_id<RequestId>().bytes)
      .text(snapshot ? "t" : "f")
      .number(0)
      .bytes(seal(parent.key, {SealedColumn::kJournalBody, school.id, parent.id.bytes, seq}, plain))
      .end_row();
}

}  // namespace mitr::bench
