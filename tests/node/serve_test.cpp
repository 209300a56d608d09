// Goal: the node answers Meta and its operator as promised. Method: one real node for the whole
// file, plain sockets.
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "protocols/limits.h"
#include "tests/node/shared_node.h"

namespace mitr {
namespace {

using ::testing::HasSubstr;

class Serve : public SharedNode {
 protected:
  static PlainAnswer get(const std::string& target) {
    return ask("GET " + target + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  }
  static long metric(const std::string& line_start) {
    auto text = get("/metrics").body;
    auto at = text.find("\n" + line_start);
    if (at == std::string::npos) return -1;
    auto end = text.find('\n', at + 1);
    auto line = text.substr(at + 1, end - at - 1);
    return std::stol(line.substr(line.rfind(' ')));
  }
  static std::string stored_ids() { return tool({"journal", "ids"}); }
};

TEST_F(Serve, AnswersASignedMessageWithAReply) {
  auto body =
      text_webhook("919811110001", "A Parent", "wamid.serve1", "I need leave for my daughter");
  EXPECT_EQ(ask(signed_post(body)).status, 200);
  EXPECT_TRUE(graph->wait_for("919811110001", "name of the student", std::chrono::seconds{30}));
  EXPECT_THAT(stored_ids(), HasSubstr("wamid.serve1\n"));
}

TEST_F(Serve, RefusesAnUnsignedOrWronglySignedWebhookWithoutATrace) {
  auto body = text_webhook("919811110002", "A Parent", "wamid.unsigned", "hello");
  auto raw = signed_post(body);
  auto tampered = raw;
  tampered[tampered.size() - 40] ^= 1;
  auto unsigned_raw = raw;
  auto header = unsigned_raw.find("X-Hub-Signature-256");
  unsigned_raw.erase(header, unsigned_raw.find("\r\n", header) + 2 - header);
  EXPECT_EQ(ask(tampered).status, 401);
  EXPECT_EQ(ask(unsigned_raw).status, 401);
  EXPECT_EQ(stored_ids().find("wamid.unsigned"), std::string::npos);
  EXPECT_EQ(graph->count("919811110002", ""), 0u);
}

TEST_F(Serve, AnswersARepeatedWebhookOnce) {
  auto raw = signed_post(
      text_webhook("919811110003", "A Parent", "wamid.twice", "I need leave for my daughter"));
  EXPECT_EQ(ask(raw).status, 200);
  ASSERT_TRUE(graph->wait_for("919811110003", "name of the student", std::chrono::seconds{30}));
  EXPECT_EQ(ask(raw).status, 200);
  // A message of somebody else, answered after it, shows that nothing more came of the repeat.
  EXPECT_EQ(ask(signed_post(text_webhook("919811110004", "B", "wamid.after", "hi"))).status, 200);
  ASSERT_TRUE(graph->wait_for("919811110004", "", std::chrono::seconds{30}));
  EXPECT_EQ(graph->count("919811110003", ""), 1u);
}

TEST_F(Serve, KeepsMalformedButSignedBodies) {
  auto before = std::max(metric("mitr_webhooks_kept_total{reason=\"malformed\"}"), 0L);
  EXPECT_EQ(ask(signed_post("{\"object\": not json")).status, 200);
  EXPECT_GT(metric("mitr_webhooks_kept_total{reason=\"malformed\"}"), before)
      << get("/metrics").body;
}

TEST_F(Serve, RefusesABodyOverTheLimit) {
  std::string big(limits::kWebhookBytesMax + 1, 'x');
  EXPECT_EQ(ask(signed_post(big)).status, 413);
}

TEST_F(Serve, AnswersTheVerificationGet) {
  auto good = get("/webhook?hub.mode=subscribe&hub.challenge=11%2022&hub.verify_token=test-verify");
  EXPECT_EQ(good.status, 200);
  EXPECT_EQ(good.body, "11 22");
  auto bad = get("/webhook?hub.mode=subscribe&hub.challenge=1122&hub.verify_token=wrong");
  EXPECT_EQ(bad.status, 403);
  EXPECT_EQ(bad.body.find("1122"), std::string::npos);
}

TEST_F(Serve, ShowsHealthReadinessAndMetrics) {
  EXPECT_EQ(get("/healthz").status, 200);
  EXPECT_EQ(get("/readyz").status, 200);
  EXPECT_THAT(get("/metrics").body, HasSubstr("mitr_turns_total"));
  EXPECT_EQ(get("/nothing").status, 404);
}

TEST(ServeAlone, RefusesAnUnknownSettingAndNamesTheMend) {
  TemporaryFolder folder;
  auto file = folder.path() / "node.yaml";
  std::ofstream(file) << "lissten: {port: 1}\n";
  auto [status, printed] =
      run_mitr({"serve", "--config", file.string(), "--data", (folder.path() / "d").string()});
  EXPECT_EQ(status, 2);
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "d")) << "nothing was made";
}

TEST(ServeAlone, DrainsOnSigtermAndKeepsItsRootKeyToItself) {
  TemporaryFolder folder;
  IoLoop loop;
  GraphStub graph(loop);
  NodeProcess node(folder.path(), graph.base_url());
  ASSERT_TRUE(node.start());
  EXPECT_EQ(request(port_of(node.base_url()),
                    signed_post(text_webhook("919811110005", "P", "wamid.drain", "hi")))
                .status,
            200);
  EXPECT_EQ(node.terminate(), 0);
  EXPECT_EQ(graph.count("919811110005", ""), 1u) << "the reply left before the node did";
  using std::filesystem::perms;
  auto mode = std::filesystem::status(node.data() / "root.key").permissions();
  EXPECT_EQ(mode & (perms::group_all | perms::others_all), perms::none);
  EXPECT_EQ(node.postmaster(), 0) << "its PostgreSQL stopped with it";
}

}  // namespace
}  // namespace mitr
