// The terminal client against a simulator whose business is a few lines of the test.
#include "tools/chat/terminal.h"

#include <gmock/gmock.h>
#include <sstream>

#include "tests/tools/graph/small_world.h"

namespace mitr::chat {
namespace {

using graph::kParent;
using graph::kTeacher;
using nlohmann::json;

struct Ran {
  int code;
  std::string out;
  std::string complaints;
};
Ran run(const std::string& url, const std::string& typed, int patience = 10) {
  TerminalOptions options;
  options.graph = url;
  options.patience_seconds = patience;
  std::istringstream in(typed);
  std::ostringstream out;
  std::ostringstream complaints;
  const int code = run_terminal(options, in, out, complaints);
  return {code, out.str(), complaints.str()};
}

json question() {
  auto body = graph::text_send(kParent, "");
  body["type"] = "interactive";
  json yes = {{"type", "reply"}, {"reply", {{"id", "yes"}, {"title", "Yes"}}}};
  json no = {{"type", "reply"}, {"reply", {{"id", "no"}, {"title", "No"}}}};
  body["interactive"] = {
      {"type", "button"}, {"body", {{"text", "Right?"}}}, {"action", {{"buttons", {yes, no}}}}};
  return body;
}

/// A business that asks, and on a tap tells the teacher and thanks.
void answer_in(graph::SmallWorld& world, const std::string& webhook) {
  const auto parsed = whatsapp::parse_webhook(webhook);
  if (!parsed || parsed->messages.empty()) return;
  const auto* tap = std::get_if<Choice>(&parsed->messages.front().body);
  if (tap == nullptr) return world.send_soon(question());
  world.send_soon(graph::template_send(kTeacher, {"Meera is away"}));
  world.send_soon(graph::text_send(kParent, "Thanks: " + tap->id));
}

TEST(Terminal, PrintsRepliesTapsButtonsAndShowsTheTeachersPhone) {
  graph::Receiver receiver;
  graph::SmallWorld world(graph::small_settings(receiver));
  receiver.on_webhook([&](const std::string& body) { answer_in(world, body); });
  const auto ran = run(world.url(), "hello\n1\n");
  receiver.on_webhook(nullptr);
  EXPECT_EQ(ran.code, 0) << ran.complaints;
  EXPECT_THAT(ran.out, testing::HasSubstr("> hello\n< Right?\n  [1] Yes [2] No\n> Yes\n"));
  EXPECT_THAT(ran.out, testing::HasSubstr("< Thanks: yes\n"));
  EXPECT_THAT(ran.out, testing::HasSubstr("[to Sunita Rao, Class teacher]\n  Meera is away\n"));
}

TEST(Terminal, FailsWhenNoReplyComes) {
  graph::Receiver receiver;
  graph::SmallWorld world(graph::small_settings(receiver));
  const auto ran = run(world.url(), "hello\n", 1);
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.complaints, testing::HasSubstr("no reply"));
}

TEST(Terminal, SaysWhenThereIsNoSimulator) {
  const auto ran = run("http://127.0.0.1:1", "hello\n");
  EXPECT_EQ(ran.code, 2);
  EXPECT_THAT(ran.complaints, testing::HasSubstr("no Graph simulator"));
}

}  // namespace
}  // namespace mitr::chat
