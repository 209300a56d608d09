// Goal: what a deployment would cost is told beforehand, and why something was said is told
// afterwards, both from what the store keeps.
#include "tools/mitr/rehearsal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "nlu/dialogue/trail.h"
#include "persistence/crypto/blind_index.h"
#include "tests/support/actor_world.h"
#include "tools/mitr/pack_rows.h"

namespace mitr {
namespace {

using ::testing::SizeIs;

constexpr const char* kAsha = "919800000001";
constexpr const char* kRavi = "919800000002";

void say(ActorWorld& world, const char* phone, std::initializer_list<const char*> lines) {
  for (const char* line : lines) {
    world.say(phone, line);
    world.run();
  }
}

OpenTenant school(ActorWorld& world) {
  auto tenants = open_tenants(*world.store.reader(), world.root(), "school");
  EXPECT_TRUE(tenants.ok());
  return std::move(tenants->front());
}

struct Rehearsed {
  RehearsalCount count;
  std::vector<Loss> lost;
};

Rehearsed rehearsed(ActorWorld& world, const char* folder) {
  const auto pack = read_pack(folder);
  EXPECT_TRUE(pack.ok());
  Rehearsed all;
  const auto count = rehearse(*world.store.reader(), school(world), *pack->pack,
                              [&](const ContactId&, const std::vector<Loss>& lost) {
                                all.lost.insert(all.lost.end(), lost.begin(), lost.end());
                              });
  EXPECT_TRUE(count.ok());
  if (count) all.count = *count;
  return all;
}

TEST(Rehearsal, FindsNothingWhereEverythingMaps) {
  ActorWorld world;
  say(world, kAsha, {"I need leave", "Asha Verma", "5B"});
  say(world, kRavi, {"hello"});
  const auto all = rehearsed(world, "tests/golden/packs/school_next");
  EXPECT_EQ(all.count.conversations, 1u) << "who has nothing in hand has nothing to lose";
  EXPECT_EQ(all.count.losing, 0u);
  EXPECT_THAT(all.lost, SizeIs(0));
}

TEST(Rehearsal, NamesTheFlowThatIsGone) {
  ActorWorld world;
  say(world, kAsha, {"I need leave", "Asha Verma"});
  say(world, kRavi, {"how much fee is due"});
  const auto all = rehearsed(world, "tests/golden/packs/school_next");
  EXPECT_EQ(all.count.conversations, 2u);
  EXPECT_EQ(all.count.finishing, 1u);
  EXPECT_EQ(all.count.losing, 1u);
  EXPECT_EQ(all.lost, (std::vector<Loss>{{"fees_due", true, {}, {}}}));
}

TEST(Rehearsal, IsOfATenantThatIsThere) {
  ActorWorld world;
  EXPECT_EQ(open_tenants(*world.store.reader(), world.root(), "nobody").error().code,
            Errc::kNotFound);
}

TEST(Why, IsFoundByTheProvidersIdAndByOurs) {
  ActorWorld world;
  say(world, kAsha, {"I need leave", "Asha Verma"});
  world.advance(limits::kMarksLinger * 4);
  const auto tenant = school(world);
  const auto reader = world.store.reader();
  const BlindIndex index(tenant.key);
  const auto ref = reader->sent_message(tenant.row.id,
                                        index.hash(IndexedField::kOutboundMessage, "wamid.out.2"));
  ASSERT_TRUE(ref.ok());
  EXPECT_EQ(to_string(*ref), world.courier().posted().back().callback);
  const auto turns = open_turns(*reader, tenant, ref->contact, ref->seq);
  ASSERT_TRUE(turns.ok());
  const Trail trail = trail_of(*turns, 1);
  EXPECT_EQ(trail.seq, 2u);
  EXPECT_EQ(trail.flow, "leave");
  EXPECT_EQ(trail.step, "class");
  EXPECT_TRUE(trail.pack.known());
  EXPECT_THAT(trail.slots, SizeIs(1));
  EXPECT_EQ(open_turns(*reader, tenant, ref->contact, 9).error().code, Errc::kNotFound);
}

}  // namespace
}  // namespace mitr
