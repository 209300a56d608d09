// The metrics page shows what was counted, under words of ours.
#include "actors/metrics/metrics.h"

#include <gmock/gmock.h>
#include <thread>
#include <vector>

namespace mitr {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Metrics, ShowsEverySeriesFromTheStart) {
  const std::string page = Metrics().render();
  for (const char* series : {
           "mitr_webhooks_total{status=\"413\"} 0",
           "mitr_webhooks_kept_total{reason=\"malformed\"} 0",
           "mitr_messages_total{kind=\"words\"} 0",
           "mitr_statuses_total{state=\"delivered\"} 0",
           "mitr_turns_failed_total{reason=\"fenced\"} 0",
           "mitr_sends_total{verdict=\"retry_later\"} 0",
           "mitr_batch_turns_count 0",
           "mitr_commit_seconds_count 0",
           "mitr_store_up 0",
       })
    EXPECT_THAT(page, HasSubstr(series));
}

TEST(Metrics, CountsWhatHappened) {
  Metrics metrics;
  metrics.webhook_answered(200);
  metrics.webhook_answered(200);
  metrics.webhook_answered(418);
  metrics.webhook_kept(Errc::kNotFound);
  metrics.items_skipped(3);
  metrics.message_received(Unreadable{"image"});
  metrics.message_repeated();
  metrics.status_received(DeliveryState::kRead);
  metrics.turn_committed(5);
  metrics.turn_failed(Errc::kUnavailable);
  metrics.batch_committed(5, std::chrono::milliseconds(2));
  metrics.send_answered(whatsapp::SendVerdict::kTenantBroken);
  metrics.send_not_sent();
  metrics.send_answer_lost();
  metrics.store_up(true);
  const std::string page = metrics.render();
  for (const char* series : {
           "mitr_webhooks_total{status=\"200\"} 2",
           "mitr_webhooks_total{status=\"other\"} 1",
           "mitr_webhooks_kept_total{reason=\"not_found\"} 1",
           "mitr_items_skipped_total 3",
           "mitr_messages_total{kind=\"unreadable\"} 1",
           "mitr_messages_repeated_total 1",
           "mitr_statuses_total{state=\"read\"} 1",
           "mitr_turns_total 5",
           "mitr_turns_failed_total{reason=\"unavailable\"} 1",
           "mitr_batch_turns_sum 5",
           "mitr_commit_seconds_bucket{le=\"0.001\"} 0",
           "mitr_commit_seconds_bucket{le=\"0.0025\"} 1",
           "mitr_sends_total{verdict=\"tenant_broken\"} 1",
           "mitr_sends_not_sent_total 1",
           "mitr_sends_answer_lost_total 1",
           "mitr_store_up 1",
       })
    EXPECT_THAT(page, HasSubstr(series));
}

TEST(Metrics, NeverShowsTheProvidersWords) {
  Metrics metrics;
  metrics.message_received(Unreadable{"brand_new_type"});
  EXPECT_THAT(metrics.render(), Not(HasSubstr("brand_new_type")));
}

TEST(Metrics, AddsUpFromManyThreads) {
  Metrics metrics;
  constexpr int kThreads = 4;
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 1000; ++n) {
        metrics.turn_committed();
        metrics.conversations_live_changed(2);
        metrics.conversations_live_changed(-1);
        metrics.batch_committed(1, std::chrono::microseconds(10));
      }
    });
  }
  for (auto& thread : threads) thread.join();
  const std::string page = metrics.render();
  EXPECT_THAT(page, HasSubstr("mitr_turns_total 4000\n"));
  EXPECT_THAT(page, HasSubstr("mitr_conversations_live 4000\n"));
  EXPECT_THAT(page, HasSubstr("mitr_batch_turns_count 4000\n"));
}

}  // namespace
}  // namespace mitr
