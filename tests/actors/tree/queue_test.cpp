// Goal: the outbox's order: lanes before arrival, one in flight a recipient, pauses that grow,
// expiry. Method: no actors.
#include "actors/outbox/queue.h"

#include <gtest/gtest.h>

#include "persistence/crypto/keys.h"
#include "protocols/limits.h"

namespace mitr {
namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;

struct Desk {
  OutboxQueue queue{80, {"unpaced"}};
  ContactId recipient = random_id<ContactId>();
  QueueTime now{seconds{1000}};
  sys_seconds wall{seconds{1000}};
  std::vector<Released> expired;

  Released message(std::uint64_t seq, Lane lane = Lane::kReply) {
    return {{}, {recipient, seq, 0}, recipient, "unpaced", lane, {}, {}, Personal("body")};
  }
  std::vector<std::uint64_t> ready() {
    std::vector<std::uint64_t> seqs;
    for (const auto& released : queue.take_ready(now, wall, expired))
      seqs.push_back(released.ref.seq);
    return seqs;
  }
};
using Seqs = std::vector<std::uint64_t>;

TEST(OutboxQueue, LetsOneGoAtATimeAndRepliesFirst) {
  Desk desk;
  desk.queue.put(desk.message(1, Lane::kCampaign));
  desk.queue.put(desk.message(2, Lane::kTransaction));
  desk.queue.put(desk.message(3));
  desk.queue.put(desk.message(4));
  for (const std::uint64_t expected : Seqs{3, 4, 2, 1}) {
    EXPECT_EQ(desk.ready(), Seqs{expected});
    EXPECT_EQ(desk.ready(), Seqs{}) << "its answer is not here yet";
    EXPECT_TRUE(desk.queue.ended({desk.recipient, expected, 0}));
  }
  EXPECT_EQ(desk.queue.size(), 0u);
}

TEST(OutboxQueue, TakesAMessageOnce) {
  Desk desk;
  EXPECT_TRUE(desk.queue.put(desk.message(1)));
  EXPECT_FALSE(desk.queue.put(desk.message(1)));
  EXPECT_EQ(desk.ready(), Seqs{1});
  EXPECT_FALSE(desk.queue.put(desk.message(1))) << "in flight counts";
}

TEST(OutboxQueue, PausesLongerEachTime) {
  Desk desk;
  desk.queue.put(desk.message(1));
  auto pause = std::chrono::duration_cast<std::chrono::milliseconds>(limits::kSendRetryMin);
  for (int round = 0; round < 8; ++round) {
    ASSERT_EQ(desk.ready(), Seqs{1}) << round;
    desk.queue.pause({desk.recipient, 1, 0}, desk.now);
    desk.now += pause - std::chrono::milliseconds{1};
    desk.queue.reconsider_paused();
    EXPECT_EQ(desk.ready(), Seqs{}) << round;
    EXPECT_TRUE(desk.queue.waiting());
    desk.now += std::chrono::milliseconds{1};
    desk.queue.reconsider_paused();
    pause = std::min<std::chrono::milliseconds>(pause * 2, limits::kSendRetryMax);
  }
}

TEST(OutboxQueue, DropsWhatExpired) {
  Desk desk;
  auto late = desk.message(1);
  late.expires = desk.wall;
  desk.queue.put(late);
  desk.queue.put(desk.message(2));
  EXPECT_EQ(desk.ready(), Seqs{2});
  ASSERT_EQ(desk.expired.size(), 1u);
  EXPECT_EQ(desk.expired[0].ref.seq, 1u);
}

TEST(OutboxQueue, HoldsWhatIsNotDueYet) {
  Desk desk;
  auto early = desk.message(1);
  early.not_before = desk.wall + seconds{5};
  desk.queue.put(early);
  EXPECT_EQ(desk.ready(), Seqs{});
  desk.wall += seconds{5};
  desk.queue.reconsider_paused();
  EXPECT_EQ(desk.ready(), Seqs{1});
}

TEST(OutboxQueue, ForgetsAWaitingMessageButNotOneInFlight) {
  Desk desk;
  desk.queue.put(desk.message(1));
  desk.queue.put(desk.message(2));
  EXPECT_EQ(desk.ready(), Seqs{1});
  EXPECT_FALSE(desk.queue.drop_waiting({desk.recipient, 1, 0}));
  EXPECT_TRUE(desk.queue.drop_waiting({desk.recipient, 2, 0}));
  desk.queue.ended({desk.recipient, 1, 0});
  EXPECT_EQ(desk.ready(), Seqs{});
  EXPECT_EQ(desk.queue.size(), 0u);
}

}  // namespace
}  // namespace mitr
