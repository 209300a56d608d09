// Goal: a second node on the same database takes over from one that was stopped, goes on where the
// dialogue was, and the first one does not meddle when it wakes.
#include <gtest/gtest.h>

#include "tests/node/node_process.h"
#include "tests/support/becomes.h"

namespace mitr {
namespace {

constexpr std::chrono::seconds kPatience{60};
constexpr const char* kParent = "919822220001";

int say(const NodeProcess& node, const std::string& id, const std::string& text) {
  return request(port_of(node.base_url()), signed_post(text_webhook(kParent, "A Parent", id, text)))
      .status;
}

TEST(Standby, TakesOverFromANodeThatWasStopped) {
  TemporaryFolder first_folder, second_folder;
  IoLoop loop;
  GraphStub graph(loop);
  NodeProcess first(first_folder.path(), graph.base_url());
  ASSERT_TRUE(first.start());
  NodeProcess second(second_folder.path(), graph.base_url());
  ASSERT_TRUE(second.start_beside(first));
  EXPECT_FALSE(second.ready()) << "the first one leads";
  EXPECT_EQ(say(second, "wamid.standby0", "hello"), 503);

  EXPECT_EQ(say(first, "wamid.standby1", "I need leave for my daughter"), 200);
  ASSERT_TRUE(graph.wait_for(kParent, "name of the student", kPatience));
  first.stop();
  ASSERT_TRUE(becomes([&] { return second.ready(); }, kPatience));
  EXPECT_EQ(say(second, "wamid.standby2", "Aisha Khan"), 200);
  EXPECT_TRUE(graph.wait_for(kParent, "Which class", kPatience));

  first.go_on();
  EXPECT_EQ(say(first, "wamid.standby3", "5B"), 503);
  EXPECT_TRUE(second.ready());
  EXPECT_EQ(say(second, "wamid.standby3", "5B"), 200);
  EXPECT_TRUE(graph.wait_for(kParent, "From which day", kPatience));

  EXPECT_EQ(second.terminate(), 0);
  ASSERT_TRUE(becomes([&] { return first.ready(); }, kPatience))
      << "what was let go is taken again";
  EXPECT_EQ(say(first, "wamid.standby4", "2026-12-07"), 200);
  EXPECT_TRUE(graph.wait_for(kParent, "Until which day", kPatience));
  EXPECT_EQ(graph.count(kParent, "Which class"), 1U);
  EXPECT_EQ(first.terminate(), 0);
}

}  // namespace
}  // namespace mitr
