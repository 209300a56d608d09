// Goal: the simulator can post everything Meta posts, as often, late and mixed as a test wants.
#include "tools/graph/webhook_script.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "protocols/whatsapp/webhook.h"
#include "tests/tools/graph/small_world.h"
#include "tools/graph/wamid.h"
#include "tools/graph/webhook_kinds.h"

namespace mitr::graph {
namespace {

using nlohmann::json;

constexpr std::chrono::sys_seconds kNow{std::chrono::seconds{1'767'225'600}};

std::vector<SimNumber> one_number() {
  return {{kNumber, "Test School", "910000050000"}};
}
WebhookParts parts() {
  WebhookParts parts;
  parts.number = one_number()[0];
  parts.phone = Personal(kParent);
  parts.name = Personal("Asha Verma");
  parts.id = Personal("wamid.ID");
  parts.about = Personal("wamid.ABOUT");
  parts.text = Personal("words");
  parts.callback = "ref.1.0";
  parts.at = kNow;
  return parts;
}
whatsapp::Notification made(std::string_view kind, const WebhookParts& from) {
  auto webhook = make_webhook(kind, from);
  EXPECT_TRUE(webhook.has_value()) << kind;
  return webhook ? *webhook : whatsapp::Notification{};
}
WebhookScript script_of(const json& script) {
  auto read = read_script(script.dump());
  EXPECT_TRUE(read.ok()) << script << (read.ok() ? "" : read.error().what);
  return read.ok() ? *read : WebhookScript{};
}
std::vector<ScriptedPost> posts_of(const json& script) {
  auto posts = plan_posts(script_of(script), one_number(), kNow);
  EXPECT_TRUE(posts.ok());
  return posts.ok() ? *posts : std::vector<ScriptedPost>{};
}
json line(const std::string& kind, const json& more = json::object()) {
  json line = {{"kind", kind}, {"number", kNumber}, {"from", kParent}, {"text", kind}};
  line.update(more);
  return line;
}
whatsapp::Webhook heard(const ScriptedPost& post) {
  auto webhook = whatsapp::parse_webhook(post.body.reveal());
  EXPECT_TRUE(webhook.ok());
  return webhook.ok() ? *webhook : whatsapp::Webhook{};
}

// -- kinds ----

TEST(WebhookKinds, AreWebhooksWithoutStrangeMembers) {
  for (const auto kind : webhook_kinds()) {
    const auto webhook = made(kind, parts());
    // What is strange on purpose; and a limit that Meta itself writes as a number.
    const bool meant = kind == "hologram" || kind == "user_actions" || kind == "capability";
    EXPECT_TRUE(meant || whatsapp::strange_members(webhook) == 0) << kind;
    EXPECT_EQ(whatsapp::webhook_json(webhook).reveal().find('$'), std::string::npos) << kind;
  }
}

TEST(WebhookKinds, AreHeardOrFiled) {
  for (const auto kind : webhook_kinds()) {
    const auto webhook = whatsapp::heard_of(made(kind, parts()));
    ASSERT_TRUE(webhook.ok()) << kind;
    EXPECT_GT(webhook->messages.size() + webhook->statuses.size() + webhook->filed.size(), 0u)
        << kind;
    for (const auto& item : webhook->filed) EXPECT_NE(item.filing, whatsapp::Filing::kDead) << kind;
  }
}

TEST(WebhookKinds, HoldEveryNewsOfTheProtocol) {
  std::set<std::size_t> news;
  std::set<std::size_t> contents;
  for (const auto kind : webhook_kinds()) {
    const auto webhook = made(kind, parts());
    const auto& change = webhook.entries.at(0).changes.at(0);
    news.insert(change.news.index());
    const auto* number = std::get_if<whatsapp::NumberNews>(&change.news);
    if (number == nullptr) continue;
    for (const auto& message : number->messages) contents.insert(message.content.index());
  }
  EXPECT_EQ(news.size(), std::variant_size_v<whatsapp::News>);
  EXPECT_EQ(contents.size(), std::variant_size_v<whatsapp::Content>);
}

TEST(WebhookKinds, CanHideThePhone) {
  auto hidden = parts();
  hidden.phone_hidden = true;
  const auto webhook = whatsapp::heard_of(made("text", hidden));
  ASSERT_TRUE(webhook.ok());
  ASSERT_EQ(webhook->messages.size(), 1u);
  EXPECT_TRUE(webhook->messages[0].phone.empty());
  EXPECT_EQ(webhook->messages[0].bsuid, bsuid_of(kParent));
  EXPECT_EQ(webhook->messages[0].username, Personal("sample"));
}

// -- scripts ----

TEST(WebhookScript, PostsItsLinesInOrder) {
  const auto posts = posts_of({{"lines", {line("text"), line("image"), line("revoke")}}});
  ASSERT_EQ(posts.size(), 3u);
  const auto text = heard(posts[0]);
  ASSERT_EQ(text.messages.size(), 1u);
  EXPECT_EQ(std::get<Words>(text.messages[0].body).text, Personal("text"));
  EXPECT_TRUE(std::holds_alternative<Attachment>(heard(posts[1]).messages.at(0).body));
  // A line names the message of the line before it.
  EXPECT_EQ(heard(posts[2]).messages.at(0).message, heard(posts[1]).messages.at(0).message);
}

TEST(WebhookScript, LetsAMessageBeTakenBackBeforeItComes) {
  const auto posts = posts_of({{"lines", {line("revoke", {{"about", 2}}), line("text")}}});
  EXPECT_EQ(heard(posts.at(0)).messages.at(0).message, heard(posts.at(1)).messages.at(0).message);
}

TEST(WebhookScript, RepeatsToTheLastByte) {
  const auto posts = posts_of({{"lines", {line("text", {{"times", 5}})}}});
  ASSERT_EQ(posts.size(), 5u);
  for (const auto& post : posts) EXPECT_EQ(post.body, posts[0].body);
}

TEST(WebhookScript, PutsManyInOnePost) {
  const json lines(25, line("text"));
  const auto posts = posts_of({{"lines", lines}, {"batch", 10}});
  ASSERT_EQ(posts.size(), 3u);
  EXPECT_EQ(heard(posts[0]).messages.size(), 10u);
  EXPECT_EQ(heard(posts[2]).messages.size(), 5u);
}

TEST(WebhookScript, ShufflesTheSameWayForTheSameSeed) {
  json lines = json::array();
  for (int i = 0; i < 20; ++i) lines.push_back(line("text", {{"text", std::to_string(i)}}));
  const auto order = [&](int seed, bool shuffled) {
    std::vector<std::string> words;
    for (const auto& post : posts_of({{"lines", lines}, {"shuffled", shuffled}, {"seed", seed}}))
      words.push_back(std::get<Words>(heard(post).messages.at(0).body).text.reveal());
    return words;
  };
  EXPECT_EQ(order(7, true), order(7, true));
  EXPECT_NE(order(7, true), order(8, true));
  EXPECT_NE(order(7, true), order(7, false));
}

TEST(WebhookScript, LeavesABatchWithItsLastWebhook) {
  const auto posts =
      posts_of({{"lines", {line("text", {{"after_ms", 30}}), line("text", {{"after_ms", 10}})}},
                {"batch", 2}});
  ASSERT_EQ(posts.size(), 1u);
  EXPECT_EQ(posts[0].after, std::chrono::milliseconds(30));
}

TEST(WebhookScript, NamesWhatIsWrong) {
  const auto mistake = [](const json& script) {
    const auto read = read_script(script.dump());
    return read.ok() ? std::string() : read.error().what;
  };
  EXPECT_EQ(mistake(json::array()), "script: an object is expected");
  EXPECT_EQ(mistake({{"bach", 1}}), "script.bach: not known");
  EXPECT_EQ(mistake({{"batch", 0}}), "script.batch: at least 1 is expected");
  EXPECT_EQ(mistake({{"lines", {7}}}), "lines[0]: an object is expected");
  EXPECT_EQ(mistake({{"lines", {line("text"), line("text", {{"times", 99}})}}}),
            "lines[1].times: at most 20");
  EXPECT_EQ(mistake({{"lines", {line("text", {{"after_ms", "soon"}})}}}),
            "lines[0].after_ms: a whole number is expected");
  const auto planned = [](const json& script) {
    const auto posts = plan_posts(script_of(script), one_number(), kNow);
    return posts.ok() ? std::string() : posts.error().what;
  };
  EXPECT_EQ(planned({{"lines", {line("texts")}}}), "lines[0].kind: not known");
  EXPECT_EQ(planned({{"lines", {line("text", {{"number", "1"}})}}}),
            "lines[0].number: not one of ours");
  EXPECT_EQ(planned({{"lines", {line("text", {{"about", 2}})}}}), "lines[0].about: no such line");
}

TEST(WebhookScript, IsPostedBySimulator) {
  Receiver receiver;
  SmallWorld world(small_settings(receiver));
  const json script = {{"lines", {line("text", {{"times", 2}}), line("account_update/none")}}};
  const auto refused =
      local_post(world.url() + "/sim/webhooks", Personal(script.dump()), kPatience);
  ASSERT_TRUE(refused.ok());
  EXPECT_EQ(refused->status, 400);
  const json good = {{"lines", {line("text", {{"times", 2}}), line("status/read")}}};
  const auto taken = local_post(world.url() + "/sim/webhooks", Personal(good.dump()), kPatience);
  ASSERT_TRUE(taken.ok());
  EXPECT_EQ(taken->status, 200);
  EXPECT_EQ(json::parse(taken->body.reveal()), json({{"posts", 3}}));
  const auto first = receiver.next();
  EXPECT_TRUE(whatsapp::Signer({"test-secret"}).accepts(first.signature, first.body));
  EXPECT_EQ(receiver.next().body, first.body);
  EXPECT_EQ(whatsapp::parse_webhook(receiver.next().body)->statuses.size(), 1u);
}

}  // namespace
}  // namespace mitr::graph
