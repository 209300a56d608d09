// One message of a webhook: every type, its text, its sender.
#include "protocols/whatsapp/webhook.h"

#include <gtest/gtest.h>
#include <string>
#include <utility>

#include "protocols/limits.h"
#include "tests/protocols/whatsapp/webhook_bodies.h"

namespace mitr::whatsapp {
namespace {

std::string sanitized(std::string text) {
  const auto body = read_one(text_message(std::move(text))).body;
  const auto* kept = std::get_if<Words>(&body);
  return kept == nullptr ? std::string("<none>") : kept->text.reveal();
}

// -- one message ----

TEST(ParseWebhook, ReadsATextWithItsSender) {
  auto message = text_message("My daughter won't come tomorrow");
  message["from_user_id"] = kBsuid;
  const json contacts = {
      {{"profile", {{"name", "Sample Parent"}}}, {"wa_id", kPhone}, {"user_id", kBsuid}}};
  const auto webhook = read(body_with(message, contacts));
  ASSERT_EQ(webhook.messages.size(), 1u);
  EXPECT_EQ(webhook.filed.size(), 0u);
  EXPECT_TRUE(webhook.statuses.empty());
  const auto& envelope = webhook.messages[0];
  EXPECT_EQ(envelope.number, kNumber);
  EXPECT_EQ(envelope.message, Personal("wamid.SAMPLE1"));
  EXPECT_EQ(envelope.phone, Personal(kPhone));
  EXPECT_EQ(envelope.bsuid, Personal(kBsuid));
  EXPECT_EQ(envelope.profile_name, Personal("Sample Parent"));
  EXPECT_EQ(envelope.sent_at.time_since_epoch().count(), 1767225600);
  EXPECT_EQ(envelope.body, words("My daughter won't come tomorrow"));
}

TEST(ParseWebhook, ReadsEscapesAsTheyWereTyped) {
  EXPECT_EQ(sanitized("बुखार 🤒 \"a\\b\"\n/@"), "बुखार 🤒 \"a\\b\"\n/@");
}

TEST(ParseWebhook, ReadsRawUtf8AsWell) {
  const auto webhook = read_text(body_with(text_message("बुखार 🤒")).dump());
  ASSERT_EQ(webhook.messages.size(), 1u);
  EXPECT_EQ(webhook.messages[0].body, words("बुखार 🤒"));
}

TEST(ParseWebhook, ReadsATemplatesQuickReplyAsWords) {
  EXPECT_EQ(
      read_one(message_of("button", {{"button", {{"payload", "P1"}, {"text", "Yes, file it"}}}}))
          .body,
      words("Yes, file it"));
}

TEST(ParseWebhook, ReadsAButtonAsAChoice) {
  const json interactive = {{"type", "button_reply"},
                            {"button_reply", {{"id", "confirm:yes"}, {"title", "Yes"}}}};
  EXPECT_EQ(read_one(message_of("interactive", {{"interactive", interactive}})).body,
            choice("confirm:yes", "Yes"));
}

TEST(ParseWebhook, ReadsAListRowAsAChoice) {
  const json interactive = {
      {"type", "list_reply"},
      {"list_reply", {{"id", "row:2"}, {"title", "Two"}, {"description", "The second"}}}};
  EXPECT_EQ(read_one(message_of("interactive", {{"interactive", interactive}})).body,
            choice("row:2", "Two"));
}

TEST(ParseWebhook, DoesNotReadOtherInteractions) {
  const auto body_of_kind = [](const json& interactive) {
    return read_one(message_of("interactive", {{"interactive", interactive}})).body;
  };
  EXPECT_EQ(body_of_kind({{"type", "nfm_reply"}, {"nfm_reply", {{"response_json", "{}"}}}}),
            unreadable("nfm_reply", true));
  EXPECT_EQ(body_of_kind({{"type", "call_permission_reply"}}),
            unreadable("call_permission_reply", false));
  EXPECT_EQ(body_of_kind({{"type", "button_reply"}}), unreadable("button_reply", true));
  EXPECT_EQ(body_of_kind({{"type", "button_reply"}, {"button_reply", {{"title", "no id"}}}}),
            unreadable("button_reply", true));
  EXPECT_EQ(body_of_kind(json::object()), unreadable("interactive", true));
  EXPECT_EQ(body_of_kind("words"), unreadable("interactive", true));
}

TEST(ParseWebhook, AnswersWhatItCannotRead) {
  for (const std::string type : {"image", "audio", "voice", "video", "document", "sticker",
                                 "location", "contacts", "order", "unsupported", "hologram"})
    EXPECT_EQ(read_one(message_of(type)).body, unreadable(type, true)) << type;
}

TEST(ParseWebhook, ReadsFilesWithTheirCaptions) {
  EXPECT_EQ(read_one(message_of("image", {{"image",
                                           {{"id", "media-1"},
                                            {"mime_type", "image/jpeg"},
                                            {"caption", "her certificate"}}}}))
                .body,
            MessageBody(Attachment{AttachmentKind::kImage, Personal("media-1"), "image/jpeg",
                                   Personal("her certificate")}));
  EXPECT_EQ(read_one(message_of("voice", {{"voice", {{"id", 7}}}})).body,
            MessageBody(Attachment{AttachmentKind::kAudio, Personal("7"), "", {}}));
}

TEST(ParseWebhook, ReadsAPlaceInMillionthsOfADegree) {
  const auto place = [](json latitude, json longitude) {
    return read_one(message_of("location", {{"location",
                                             {{"latitude", std::move(latitude)},
                                              {"longitude", std::move(longitude)},
                                              {"name", "Gate"}}}}))
        .body;
  };
  EXPECT_EQ(place(12.9715987, -77),
            MessageBody(Location{12'971'599, -77'000'000, Personal("Gate"), {}}));
  EXPECT_EQ(place("12.5", "1e1"),
            MessageBody(Location{12'500'000, 10'000'000, Personal("Gate"), {}}));
  EXPECT_EQ(place(90.1, 0), unreadable("location", true));
  EXPECT_EQ(place(0, -180.1), unreadable("location", true));
  EXPECT_EQ(place(1e300, 0), unreadable("location", true));
  EXPECT_EQ(place("here", 0), unreadable("location", true));
}

TEST(ParseWebhook, ReadsABasketWholeOrNotAtAll) {
  const json rice = {{"product_retailer_id", "rice-5kg"},
                     {"quantity", 2},
                     {"item_price", 320.5},
                     {"currency", "INR"}};
  const auto basket = [](json items) {
    return read_one(message_of("order", {{"order", {{"product_items", std::move(items)}}}})).body;
  };
  EXPECT_EQ(basket({rice}), MessageBody(Order{{{"rice-5kg", 2, 32'050}}}));
  for (const auto& [key, value] : std::initializer_list<std::pair<const char*, json>>{
           {"quantity", 0}, {"currency", "USD"}, {"item_price", -1}, {"product_retailer_id", ""}}) {
    json bad = rice;
    bad[key] = value;
    EXPECT_EQ(basket({rice, bad}), unreadable("order", true)) << key;
  }
  EXPECT_EQ(basket(json::array()), unreadable("order", true));
  EXPECT_EQ(basket(json(limits::kOrderItemsMax + 1, rice)), unreadable("order", true));
}

TEST(ParseWebhook, KeepsQuietOnWhatNeedsNoReply) {
  for (const std::string type :
       {"reaction", "edit", "revoke", "system", "request_welcome", "ephemeral"})
    EXPECT_EQ(read_one(message_of(type)).body, unreadable(type, false)) << type;
  EXPECT_EQ(read_one(message_of("unsupported", {{"unsupported", {{"type", "edit"}}}})).body,
            unreadable("unsupported", false));
  EXPECT_EQ(read_one(message_of("unsupported", {{"unsupported", {{"type", "poll"}}}})).body,
            unreadable("unsupported", true));
}

TEST(ParseWebhook, DoesNotReadATextWithoutWords) {
  EXPECT_EQ(read_one(message_of("text")).body, unreadable("text", true));
  EXPECT_EQ(read_one(message_of("text", {{"text", nullptr}})).body, unreadable("text", true));
  EXPECT_EQ(read_one(message_of("text", {{"text", {{"body", 7}}}})).body, unreadable("text", true));
  EXPECT_EQ(read_one(text_message("")).body, unreadable("text", true));
  EXPECT_EQ(read_one(message_of("button", {{"button", {{"payload", "P1"}}}})).body,
            unreadable("button", true));
}

TEST(ParseWebhook, NamesAMissingTypeUnknown) {
  auto message = text_message("words");
  message.erase("type");
  EXPECT_EQ(read_one(message).body, unreadable("unknown", true));
}

TEST(ParseWebhook, CutsALongType) {
  EXPECT_EQ(read_one(message_of(std::string(500, 't'))).body,
            unreadable(std::string(limits::kTypeCharsMax, 't'), true));
}

// -- text, cleaned and bounded ----

TEST(ParseWebhook, RemovesNulFromText) {
  EXPECT_EQ(sanitized(std::string("\0fe\0ver\0", 8)), "fever");
  EXPECT_EQ(sanitized(std::string("\0", 1)), "<none>");
}

TEST(ParseWebhook, CutsATextAtACharacter) {
  const auto most = limits::kTextBytesMax;
  EXPECT_EQ(sanitized(std::string(most, 'a')), std::string(most, 'a'));
  EXPECT_EQ(sanitized(std::string(most + 1, 'a')), std::string(most, 'a'));
  EXPECT_EQ(sanitized(std::string(most - 2, 'a') + "🤒"), std::string(most - 2, 'a'));
  EXPECT_EQ(sanitized(std::string(most - 4, 'a') + "🤒b"), std::string(most - 4, 'a') + "🤒");
  EXPECT_EQ(sanitized(std::string(1, '\0') + std::string(most - 1, 'a') + "ह"),
            std::string(most - 1, 'a'));
}

TEST(ParseWebhook, MendsHalfASurrogatePair) {
  const auto with_text = [](const std::string& escaped) {
    auto body = body_with(text_message("@@")).dump();
    body.replace(body.find("@@"), 2, escaped);
    const auto webhook = read_text(body);
    if (webhook.messages.size() != 1) return std::string("<none>");
    const auto* kept = std::get_if<Words>(&webhook.messages[0].body);
    return kept == nullptr ? std::string("<none>") : kept->text.reveal();
  };
  const std::string mark = "\xEF\xBF\xBD";
  EXPECT_EQ(with_text("a\\ud83e"), "a" + mark);
  EXPECT_EQ(with_text("a\\uD83Eb\\uD83E"), "a" + mark + "b" + mark);
  EXPECT_EQ(with_text("\\udd12\\n"), mark + "\n");
  EXPECT_EQ(with_text("\\ud83e\\ud83e\\udd12"), mark + "🤒");
  EXPECT_EQ(with_text("\\ud83e\\udd12"), "🤒");
  EXPECT_EQ(with_text("\\\\ud83e"), "\\ud83e");
  EXPECT_EQ(with_text("\\\\\\ud83e"), "\\" + mark);
}

TEST(ParseWebhook, CutsNamesAndChoices) {
  const json contacts = {{{"profile", {{"name", std::string(2000, 'n')}}}, {"wa_id", kPhone}}};
  const json interactive = {{"type", "button_reply"},
                            {"button_reply", {{"id", std::string(999, 'i')}, {"title", "T"}}}};
  const auto envelope =
      read_one(message_of("interactive", {{"interactive", interactive}}), contacts);
  EXPECT_EQ(envelope.profile_name.size_bytes(), limits::kNameBytesMax);
  EXPECT_EQ(envelope.body, choice(std::string(limits::kChoiceIdBytesMax, 'i'), "T"));
}

// -- the sender ----

TEST(ParseWebhook, ReadsASenderWithoutAPhone) {
  auto message = text_message("words");
  message.erase("from");
  message["from_user_id"] = kBsuid;
  const json contacts = {
      {{"profile", {{"name", "Sample Parent"}, {"username", "@sample"}}}, {"user_id", kBsuid}}};
  const auto envelope = read_one(message, contacts);
  EXPECT_TRUE(envelope.phone.empty());
  EXPECT_EQ(envelope.bsuid, Personal(kBsuid));
  EXPECT_EQ(envelope.profile_name, Personal("Sample Parent"));
}

TEST(ParseWebhook, TakesTheMissingHalfOfTheSenderFromItsContact) {
  const json contacts = {{{"wa_id", kPhone}, {"user_id", kBsuid}}};
  EXPECT_EQ(read_one(text_message("words"), contacts).bsuid, Personal(kBsuid));
  auto message = text_message("words");
  message.erase("from");
  message["from_user_id"] = kBsuid;
  EXPECT_EQ(read_one(message, contacts).phone, Personal(kPhone));
}

TEST(ParseWebhook, MatchesContactsByIdAndNotByPlace) {
  auto first = text_message("first");
  auto second = text_message("second");
  second["from"] = "919800000002";
  second["id"] = "wamid.SAMPLE9";
  const json value = {{"messages", {first, second}},
                      {"contacts",
                       {{{"profile", {{"name", "Second"}}}, {"wa_id", "919800000002"}},
                        {{"profile", {{"name", "First"}}}, {"wa_id", kPhone}}}}};
  const auto webhook = read(body_of(json::array({change_of(value)})));
  ASSERT_EQ(webhook.messages.size(), 2u);
  EXPECT_EQ(webhook.messages[0].profile_name, Personal("First"));
  EXPECT_EQ(webhook.messages[1].profile_name, Personal("Second"));
}

TEST(ParseWebhook, DoesNotGiveAMessageTheContactOfAnother) {
  const json contacts = {
      {{"profile", {{"name", "Stranger"}}}, {"wa_id", "919800000099"}, {"user_id", "IN.99"}}};
  const auto envelope = read_one(text_message("words"), contacts);
  EXPECT_TRUE(envelope.profile_name.empty());
  EXPECT_TRUE(envelope.bsuid.empty());
}

TEST(ParseWebhook, ReadsPhonesAsDigits) {
  const auto phone_from = [](const json& from) {
    auto message = message_of(
        "text", {{"from", from}, {"from_user_id", kBsuid}, {"text", {{"body", "words"}}}});
    return read_one(message).phone.reveal();
  };
  EXPECT_EQ(phone_from("+91 98000-00001"), kPhone);
  EXPECT_EQ(phone_from("(91) 98000.00001"), kPhone);
  EXPECT_EQ(phone_from(919800000001), kPhone);
  EXPECT_EQ(phone_from("MY.2035550112"), "");
  EXPECT_EQ(phone_from("98000x00001"), "");
  EXPECT_EQ(phone_from(std::string(limits::kPhoneDigitsMax + 1, '1')), "");
  EXPECT_EQ(phone_from(""), "");
  EXPECT_EQ(phone_from(nullptr), "");
}

TEST(ParseWebhook, SkipsAMessageWithoutIdOrSender) {
  for (const auto& patch :
       {json{{"id", nullptr}}, json{{"id", ""}}, json{{"id", std::string("wamid.\0", 7)}},
        json{{"id", std::string(limits::kProviderIdBytesMax + 1, 'w')}}, json{{"from", nullptr}},
        json{{"from", "IN.1349120865530274"}}, json{{"group_id", "sample-group"}}}) {
    auto message = text_message("words");
    message.merge_patch(patch);
    const auto webhook = read(body_with(message));
    EXPECT_TRUE(webhook.messages.empty()) << patch;
    EXPECT_EQ(webhook.filed.size(), 1u) << patch;
  }
}

TEST(ParseWebhook, SkipsItemsThatNameNoNumber) {
  auto body = body_with(text_message("words"));
  body["entry"][0]["changes"][0]["value"].erase("metadata");
  EXPECT_EQ(read(body).filed.size(), 1u);
  EXPECT_TRUE(read(body).messages.empty());
}

TEST(ParseWebhook, ReadsNumbersWrittenEitherWay) {
  auto message = text_message("words");
  message["timestamp"] = 1767225600;
  auto body = body_with(message);
  body["entry"][0]["changes"][0]["value"]["metadata"]["phone_number_id"] = 106540352240000;
  const auto webhook = read(body);
  ASSERT_EQ(webhook.messages.size(), 1u);
  EXPECT_EQ(webhook.messages[0].number, kNumber);
  EXPECT_EQ(webhook.messages[0].sent_at.time_since_epoch().count(), 1767225600);
}

TEST(ParseWebhook, ReadsANonsensicalTimeAsTheEpoch) {
  for (const auto& time :
       {json("soon"), json(-1), json("99999999999999"), json(1e300), json(nullptr), json("")}) {
    auto message = text_message("words");
    message["timestamp"] = time;
    EXPECT_EQ(read_one(message).sent_at.time_since_epoch().count(), 0) << time;
  }
}

}  // namespace
}  // namespace mitr::whatsapp
