// Goal: whatever Meta posts is read into values, and written back as it was. Method: a body of
// every kind that is known, then the same with what is not.
#include "protocols/whatsapp/notification.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <string>

#include "protocols/limits.h"
#include "tests/protocols/whatsapp/webhook_bodies.h"
#include "tests/protocols/whatsapp/webhook_sheet.h"

namespace mitr::whatsapp {
namespace {

Notification values_of(const json& body) {
  auto read = parse_notification(body.dump(-1, ' ', true));
  EXPECT_TRUE(read.ok()) << body;
  return read.ok() ? *std::move(read) : Notification{};
}

json written(const Notification& notification) {
  return json::parse(webhook_json(notification).reveal());
}

TEST(Notification, HasAPlaceForEveryMemberOfTheSheet) {
  for (const auto& [kind, body] : whole_sheet())
    EXPECT_EQ(strange_members(values_of(body)), 0u) << kind << " " << body;
}

TEST(Notification, WritesEveryKindAsItWasRead) {
  for (const auto& [kind, body] : whole_sheet()) EXPECT_EQ(written(values_of(body)), body) << kind;
}

TEST(Notification, ReadsAgainWhatItWrote) {
  for (const auto& [kind, body] : whole_sheet()) {
    const auto values = values_of(body);
    const auto again = parse_notification(webhook_json(values).reveal());
    ASSERT_TRUE(again.ok()) << kind;
    EXPECT_TRUE(*again == values) << kind;
  }
}

TEST(Notification, WritesInAsciiOnly) {
  const auto text =
      webhook_json(values_of(body_with(text_message("बुखार 🤒 \x7F\x01\"\\"))))
          .reveal();
  EXPECT_TRUE(std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c < 0x7F; }));
}

TEST(Notification, KeepsWhatItDoesNotKnowWhereverItStands) {
  // A member of every form beside the known ones, at every depth.
  for (auto [kind, body] : whole_sheet()) {
    const auto flat = body.flatten();
    for (const auto& [path, leaf] : flat.items()) {
      auto parent = json::json_pointer(path).parent_pointer();
      if (!body[parent].is_object()) continue;
      for (const json& strange : {json("x"), json(7), json(0.25), json(nullptr), json::array(),
                                  json::array({1, "y"}), json{{"deep", {{"er", true}}}}})
        body[parent]["added_since"] = strange;
    }
    const auto values = values_of(body);
    EXPECT_GT(strange_members(values), 0u) << kind;
    EXPECT_EQ(written(values), body) << kind;
  }
}

TEST(Notification, KeepsEveryMemberThatHasAnotherFormThanUsual) {
  for (const auto& [kind, body] : whole_sheet()) {
    const auto flat = body.flatten();
    for (const auto& [path, leaf] : flat.items()) {
      // Without them it is another kind, or no webhook.
      if (path.ends_with("/type") || path.ends_with("/field") || path == "/object") continue;
      for (const json& other : {json(nullptr), json(7), json("7"), json(true), json(json::object()),
                                json(json::array()), json("")}) {
        auto changed = body;
        changed[json::json_pointer(path)] = other;
        EXPECT_EQ(written(values_of(changed)), changed) << kind << path;
      }
    }
  }
}

TEST(Notification, KeepsAFieldThatItDoesNotKnow) {
  const auto body = body_of({change_of({{"items", {1, 2}}}, "brand_new_field"),
                             {{"field", "messages"}, {"value", 7}},
                             {{"field", "flows"}}});
  const auto values = values_of(body);
  const auto& changes = values.entries.at(0).changes;
  ASSERT_EQ(changes.size(), 3u);
  for (const auto& change : changes)
    EXPECT_TRUE(std::holds_alternative<UnknownNews>(change.news)) << change.field;
  EXPECT_EQ(written(values), body);
}

TEST(Notification, KeepsATypeThatItDoesNotKnow) {
  const auto body = body_with(message_of("hologram", {{"hologram", {{"depth", 3}}}}));
  const auto values = values_of(body);
  const auto& news = std::get<NumberNews>(values.entries.at(0).changes.at(0).news);
  const auto* content = std::get_if<UnknownContent>(&news.messages.at(0).content);
  ASSERT_NE(content, nullptr);
  EXPECT_EQ(json::parse(content->json.reveal()), json({{"depth", 3}}));
  EXPECT_EQ(written(values), body);
}

TEST(Notification, ReadsTheNeighboursOfADeadItem) {
  auto body =
      body_of(json::array({7, change_of({{"messages", {nullptr, text_message("words"), "x"}},
                                         {"statuses", {json::array()}}})}));
  body["entry"].push_back(nullptr);
  const auto values = values_of(body);
  ASSERT_EQ(values.entries.size(), 1u);
  EXPECT_EQ(values.dead.size(), 1u);
  EXPECT_EQ(values.entries[0].dead.size(), 1u);
  const auto& news = std::get<NumberNews>(values.entries[0].changes.at(0).news);
  EXPECT_EQ(news.messages.size(), 1u);
  EXPECT_EQ(news.dead.size(), 3u);
  // Order among neighbours is not kept; nothing is left out.
  EXPECT_EQ(written(values).flatten().size(), body.flatten().size());
}

TEST(Notification, ReadsAFullBatchOfManyTenants) {
  constexpr std::size_t kUpdates = 1000;
  json changes = json::array();
  for (std::size_t i = 0; i < kUpdates; ++i) {
    auto change = change_of({{"messages", {text_message(std::string(2500, 'a'))}}});
    change["value"]["metadata"]["phone_number_id"] = std::to_string(1000 + i % 7);
    changes.push_back(std::move(change));
  }
  const auto body = body_of(std::move(changes)).dump();
  ASSERT_GT(body.size(), std::size_t{2} << 20);
  ASSERT_LE(body.size(), limits::kWebhookBytesMax);
  const auto read = parse_notification(body);
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->entries.at(0).changes.size(), kUpdates);
  EXPECT_EQ(written(*read), json::parse(body));
}

/// Those of the fuzzers' corpus, or of the folder that MITR_WEBHOOK_BODIES names, that are
/// webhooks.
TEST(Notification, WritesBodiesOfAFolderAsTheyWereRead) {
  const char* folder = std::getenv("MITR_WEBHOOK_BODIES");
  if (folder == nullptr) folder = "tests/fuzz/corpus/webhook_fuzz";
  std::size_t read = 0;
  std::size_t strange = 0;
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder)) {
    if (file.path().extension() != ".json") continue;
    if (file.path().stem() == "dead") continue;  // What cannot be read is written behind the rest.
    std::ifstream in(file.path());
    const auto body = json::parse(in, nullptr, false);
    if (!body.is_object() || !body.contains("entry")) continue;
    const auto values = values_of(body);
    strange += strange_members(values);
    EXPECT_EQ(written(values), body) << file.path();
    EXPECT_TRUE(parse_webhook(body.dump()).ok()) << file.path();
    ++read;
  }
  EXPECT_GT(read, 0u);
  RecordProperty("bodies", static_cast<int>(read));
  RecordProperty("strange_members", static_cast<int>(strange));
}

}  // namespace
}  // namespace mitr::whatsapp
