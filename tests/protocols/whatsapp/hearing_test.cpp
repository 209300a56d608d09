// Goal: what a person does reaches the conversation as something it can hear, once; what it cannot
// use is filed as a webhook of its own, and nothing is lost.
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "protocols/limits.h"
#include "protocols/whatsapp/webhook.h"
#include "tests/protocols/whatsapp/webhook_bodies.h"
#include "tests/protocols/whatsapp/webhook_sheet.h"

namespace mitr::whatsapp {
namespace {

/// Ids and bodies of what is heard of one message.
struct Heard {
  std::string id;
  MessageBody body;
  bool operator==(const Heard&) const = default;
};
std::vector<Heard> heard(const json& message) {
  std::vector<Heard> all;
  for (const auto& envelope : read(body_with(message)).messages)
    all.push_back({envelope.message.reveal(), envelope.body});
  return all;
}
json edit_of(const json& now) {
  return message_of("edit", {{"edit", {{"original_message_id", "wamid.OLD"}, {"message", now}}}});
}

// -- edits and revokes ----

TEST(Hearing, TakesAnEditAsTheMessageItNamesAndThenTheNewWords) {
  const auto all = heard(edit_of({{"type", "text"}, {"text", {{"body", "Friday"}}}}));
  EXPECT_EQ(all, (std::vector<Heard>{{"wamid.OLD", unreadable("edit", false)},
                                     {"wamid.SAMPLE1", words("Friday")}}));
}

TEST(Hearing, TakesAnEditedCaptionAsTheFileAgain) {
  const auto all = heard(
      edit_of({{"type", "image"}, {"image", {{"id", "media-1"}, {"caption", "certificate"}}}}));
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[1].body, MessageBody(Attachment{AttachmentKind::kImage, Personal("media-1"), "",
                                                Personal("certificate")}));
}

TEST(Hearing, DoesNotComplainOfAnEditItCannotRead) {
  for (const json& now : {json{{"type", "hologram"}}, json{{"type", "text"}}, json::object()}) {
    const auto all = heard(edit_of(now));
    ASSERT_FALSE(all.empty()) << now;
    for (const auto& each : all) EXPECT_EQ(each.body, unreadable("edit", false)) << now;
  }
}

TEST(Hearing, TakesARevokeForTheMessageItNames) {
  EXPECT_EQ(heard(message_of("revoke", {{"revoke", {{"original_message_id", "wamid.OLD"}}}})),
            (std::vector<Heard>{{"wamid.OLD", unreadable("revoke", false)}}));
}

// -- what people send ----

TEST(Hearing, KeepsQuietOnAReactionAndItsTwoRemovals) {
  for (const json& reaction :
       {json{{"message_id", "wamid.X"}, {"emoji", "👍"}}, json{{"message_id", "wamid.X"}},
        json{{"message_id", "wamid.X"}, {"emoji", ""}}})
    EXPECT_EQ(read_one(message_of("reaction", {{"reaction", reaction}})).body,
              unreadable("reaction", false));
}

TEST(Hearing, KnowsThatAReactionWasTakenAway) {
  EXPECT_TRUE((Reaction{Personal("x"), {}, {}}).taken_away());
  EXPECT_TRUE((Reaction{Personal("x"), Personal(""), {}}).taken_away());
  EXPECT_FALSE((Reaction{Personal("x"), Personal("👍"), {}}).taken_away());
}

TEST(Hearing, TakesACardWithOnePhoneForItsNumber) {
  const auto cards = [](const char* list) {
    return read_one(message_of("contacts", {{"contacts", json::parse(list)}})).body;
  };
  EXPECT_EQ(cards(R"([{"phones": [{"phone": "98000 00002", "wa_id": "919800000002"}]}])"),
            words("+919800000002"));
  EXPECT_EQ(cards(R"([{"phones": [{"phone": "98000 00002"}]}])"), words("98000 00002"));
  for (const char* unclear : {R"([{"phones": [{"phone": "1"}, {"phone": "2"}]}])",
                              R"([{"phones": [{"phone": "1"}]}, {"phones": [{"phone": "2"}]}])",
                              R"([{"phones": [{"type": "CELL"}]}])", R"([{}])", "[]"})
    EXPECT_EQ(cards(unclear), unreadable("contacts", true)) << unclear;
}

TEST(Hearing, TakesEveryImageOfAnAlbumForItself) {
  json value = {{"messages", json::array()}};
  for (const char* id : {"1", "2", "3"}) {
    auto image = message_of("image", {{"image", {{"id", id}}}});
    image["id"] = std::string("wamid.") + id;
    value["messages"].push_back(image);
  }
  const auto webhook = read(body_of(json::array({change_of(value)})));
  ASSERT_EQ(webhook.messages.size(), 3u);
  EXPECT_TRUE(webhook.filed.empty());
  for (const auto& envelope : webhook.messages)
    EXPECT_TRUE(std::holds_alternative<Attachment>(envelope.body));
}

TEST(Hearing, HearsTheWordsOfWhoeverCameByAnAdvertisement) {
  auto message = text_message("Is there a seat?");
  message["referral"] = {{"source_type", "ad"}, {"source_id", "1202"}};
  const auto webhook = read(body_with(message));
  ASSERT_EQ(webhook.messages.size(), 1u);
  EXPECT_EQ(webhook.messages[0].body, words("Is there a seat?"));
  ASSERT_EQ(webhook.filed.size(), 1u);
  EXPECT_EQ(webhook.filed[0].filing, Filing::kUnused);
}

// -- people of the business, and wishes ----

TEST(Hearing, TakesAnEchoForAPersonWhoWrote) {
  const json echo = {{"id", "wamid.E"}, {"from", "919800000000"},
                     {"to", kPhone},    {"timestamp", "1767225600"},
                     {"type", "text"},  {"text", {{"body", "I do"}}}};
  const auto webhook =
      read(body_of(json::array({change_of({{"message_echoes", {echo}}}, "smb_message_echoes")})));
  ASSERT_EQ(webhook.messages.size(), 1u);
  EXPECT_EQ(webhook.messages[0].phone, Personal(kPhone));
  EXPECT_EQ(webhook.messages[0].body, MessageBody(HumanWrote{Personal("I do")}));
  EXPECT_TRUE(webhook.filed.empty());
}

TEST(Hearing, TakesAMarketingPreferenceForAWish) {
  const auto wish = [](const char* value) {
    const json preference = {{"user_id", kBsuid},
                             {"category", "marketing_messages"},
                             {"value", value},
                             {"timestamp", 1767225600}};
    return read(body_of(
        json::array({change_of({{"user_preferences", {preference}}}, "user_preferences")})));
  };
  const auto stop = wish("stop");
  ASSERT_EQ(stop.messages.size(), 1u);
  EXPECT_EQ(stop.messages[0].bsuid, Personal(kBsuid));
  EXPECT_EQ(stop.messages[0].body, MessageBody(MarketingWish{false}));
  EXPECT_EQ(wish("stop").messages, stop.messages) << "a repeat is the same message";
  const auto resume = wish("resume");
  ASSERT_EQ(resume.messages.size(), 1u);
  EXPECT_EQ(resume.messages[0].body, MessageBody(MarketingWish{true}));
  EXPECT_NE(resume.messages[0].message, stop.messages[0].message);
  EXPECT_TRUE(wish("perhaps").messages.empty());
  EXPECT_EQ(wish("perhaps").filed.size(), 1u);
}

// -- what is filed ----

TEST(Hearing, LosesNothingOfTheSheet) {
  for (const auto& [kind, body] : whole_sheet()) {
    const auto webhook = read(body);
    EXPECT_GT(webhook.messages.size() + webhook.statuses.size() + webhook.filed.size(), 0u) << kind;
    for (const auto& item : webhook.filed) {
      EXPECT_NE(item.filing, Filing::kDead) << kind;
      EXPECT_NE(item.filing, Filing::kUnknown) << kind;
    }
  }
}

TEST(Hearing, FilesAnItemAsAWebhookThatReadsTheSameWay) {
  for (const auto& [kind, body] : whole_sheet())
    for (const auto& item : read(body).filed)
      EXPECT_EQ(read_text(item.body.reveal()).filed, std::vector<FiledItem>{item}) << kind;
}

TEST(Hearing, FilesADeadItemAloneAndHearsItsNeighbours) {
  auto nameless = text_message("secret");
  nameless.erase("from");
  const json value = {{"messages", {text_message("first"), nameless, 7, text_message("two")}}};
  const auto webhook = read(body_of(json::array({change_of(value)})));
  ASSERT_EQ(webhook.messages.size(), 2u);
  EXPECT_EQ(webhook.messages[1].body, words("two"));
  ASSERT_EQ(webhook.filed.size(), 2u);
  for (const auto& item : webhook.filed) EXPECT_EQ(item.filing, Filing::kDead);
  EXPECT_NE(webhook.filed[0].body.reveal().find("secret"), std::string::npos);
  EXPECT_EQ(webhook.filed[0].body.reveal().find("first"), std::string::npos);
}

TEST(Hearing, FilesAMessageWithAMemberThatMetaAddedAndHearsItAllTheSame) {
  auto message = text_message("words");
  message["mood"] = "urgent";
  const auto webhook = read(body_with(message));
  ASSERT_EQ(webhook.messages.size(), 1u);
  ASSERT_EQ(webhook.filed.size(), 1u);
  EXPECT_EQ(webhook.filed[0].filing, Filing::kUnknown);
  EXPECT_NE(webhook.filed[0].body.reveal().find("urgent"), std::string::npos);
}

TEST(Hearing, FilesWhatStandsBesideTheMessages) {
  const json value = {{"messages", {text_message("words")}}, {"user_actions", {{{"type", "x"}}}}};
  const auto webhook = read(body_of(json::array({change_of(value)})));
  EXPECT_EQ(webhook.messages.size(), 1u);
  ASSERT_EQ(webhook.filed.size(), 1u);
  EXPECT_EQ(webhook.filed[0].filing, Filing::kUnknown);
  EXPECT_EQ(webhook.filed[0].body.reveal().find("words"), std::string::npos);
}

TEST(Hearing, MatchesAThousandPeopleWithTheirContacts) {
  json value = {{"messages", json::array()}, {"contacts", json::array()}};
  for (std::size_t i = 0; i < limits::kWebhookItemsMax; ++i) {
    const auto phone = std::to_string(919800000000 + i);
    auto message = text_message("words");
    message["from"] = phone;
    value["messages"].push_back(message);
    value["contacts"].push_back({{"profile", {{"name", "N" + phone}}}, {"wa_id", "+" + phone}});
  }
  const auto webhook = read(body_of(json::array({change_of(value)})));
  ASSERT_EQ(webhook.messages.size(), limits::kWebhookItemsMax);
  for (const auto& envelope : webhook.messages)
    EXPECT_EQ(envelope.profile_name.reveal(), "N" + envelope.phone.reveal());
}

}  // namespace
}  // namespace mitr::whatsapp
