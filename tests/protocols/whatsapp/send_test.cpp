// The bodies we POST, compared as JSON, and what every known answer of Meta's means.
#include "protocols/whatsapp/send.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "protocols/limits.h"

namespace mitr::whatsapp {
namespace {

using nlohmann::json;

Outbound outbound(std::variant<TextMessage, TemplateMessage> content) {
  return {Personal("919800000001"), Personal("IN.1349120865530274"), std::move(content), "ref.1.0"};
}
Outbound text_to_phone(std::string text, std::vector<Button> buttons = {}) {
  return outbound(TextMessage{Personal(std::move(text)), std::move(buttons)});
}
json rendered(const Outbound& message) {
  return json::parse(render_send(message).reveal());
}
std::string rendered_text(std::string text) {
  return rendered(text_to_phone(std::move(text)))["text"]["body"].get<std::string>();
}
std::string rendered_parameter(std::string text) {
  const auto body =
      rendered(outbound(TemplateMessage{"notice", "en", {Personal(std::move(text))}}));
  return body["template"]["components"][0]["parameters"][0]["text"].get<std::string>();
}
std::string repeated(std::string_view text, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += text;
  return out;
}

TEST(RenderSend, WritesATextInTheOrderReadersExpect) {
  EXPECT_EQ(render_send(text_to_phone("Filed.")).reveal(),
            R"({"messaging_product":"whatsapp","recipient_type":"individual","to":"919800000001",)"
            R"("biz_opaque_callback_data":"ref.1.0","type":"text",)"
            R"("text":{"body":"Filed.","preview_url":false}})");
}

TEST(RenderSend, NamesTheBsuidOnlyWithoutAPhone) {
  auto message = text_to_phone("Filed.");
  EXPECT_FALSE(rendered(message).contains("recipient"));
  message.phone = Personal();
  const auto body = rendered(message);
  EXPECT_FALSE(body.contains("to"));
  EXPECT_EQ(body["recipient"], "IN.1349120865530274");
}

TEST(RenderSend, LeavesOutAnEmptyCallback) {
  auto message = text_to_phone("Filed.");
  message.callback.clear();
  EXPECT_FALSE(rendered(message).contains("biz_opaque_callback_data"));
}

TEST(RenderSend, WritesButtons) {
  const auto body =
      rendered(text_to_phone("Shall I file it?", {{"confirm:yes", "Yes"}, {"confirm:no", "No"}}));
  EXPECT_EQ(body, json::parse(R"({
    "messaging_product": "whatsapp", "recipient_type": "individual", "to": "919800000001",
    "biz_opaque_callback_data": "ref.1.0", "type": "interactive",
    "interactive": {"type": "button", "body": {"text": "Shall I file it?"}, "action": {"buttons": [
      {"type": "reply", "reply": {"id": "confirm:yes", "title": "Yes"}},
      {"type": "reply", "reply": {"id": "confirm:no", "title": "No"}}]}}})"));
}

TEST(RenderSend, WritesAListOfMoreThanThreeAnswers) {
  const auto body = rendered(
      text_to_phone("Which shop?", {{"n", "North"}, {"s", "South"}, {"e", "East"}, {"w", "West"}}));
  EXPECT_EQ(body["interactive"], json::parse(R"({
    "type": "list", "body": {"text": "Which shop?"}, "action": {"button": "☰", "sections": [
      {"rows": [{"id": "n", "title": "North"}, {"id": "s", "title": "South"},
                {"id": "e", "title": "East"}, {"id": "w", "title": "West"}]}]}})"));
}

TEST(RenderSend, CutsAListAtTheProvidersLimits) {
  const auto body =
      rendered(text_to_phone("?", std::vector<Button>(12, {"id", std::string(30, 't')})));
  const auto& rows = body["interactive"]["action"]["sections"][0]["rows"];
  ASSERT_EQ(rows.size(), 10u);
  EXPECT_EQ(rows[0]["title"], std::string(24, 't'));
}

TEST(RenderSend, WritesATemplate) {
  const auto body = rendered(
      outbound(TemplateMessage{"leave_filed", "en_GB", {Personal("Asha"), Personal("5 B")}}));
  EXPECT_EQ(body, json::parse(R"({
    "messaging_product": "whatsapp", "recipient_type": "individual", "to": "919800000001",
    "biz_opaque_callback_data": "ref.1.0", "type": "template",
    "template": {"name": "leave_filed", "language": {"code": "en_GB"}, "components": [
      {"type": "body", "parameters": [{"type": "text", "text": "Asha"},
       {"type": "text", "text": "5 B"}]}]}})"));
}

TEST(RenderSend, WritesATemplateWithoutParametersWithoutComponents) {
  const auto body = rendered(outbound(TemplateMessage{"welcome", "en", {}}));
  EXPECT_EQ(body["template"], json::parse(R"({"name": "welcome", "language": {"code": "en"}})"));
}

TEST(RenderSend, FlattensWhatTemplatesMayNotHold) {
  EXPECT_EQ(rendered_parameter("one\ntwo"), "one two");
  EXPECT_EQ(rendered_parameter("one\r\n\t two"), "one two");
  EXPECT_EQ(rendered_parameter("one    two     three"), "one two three");
  EXPECT_EQ(rendered_parameter("one   two"), "one   two");
  EXPECT_EQ(rendered_parameter("one"), "one");
}

TEST(RenderSend, PutsADashForAnEmptyParameter) {
  for (const std::string& blank :
       {std::string(), std::string(" "), std::string("\n\t"), std::string(1, '\0')})
    EXPECT_EQ(rendered_parameter(blank), "-");
}

TEST(RenderSend, EscapesWhatJsonMustEscape) {
  std::string all;
  for (char c = 1; c < 127; ++c) all += c;
  EXPECT_EQ(rendered_text(all), all);
  EXPECT_EQ(rendered_text("\"}],\\\"x\""), "\"}],\\\"x\"");
  EXPECT_EQ(rendered_text("बुखार है 🤒"), "बुखार है 🤒");
}

TEST(RenderSend, DropsNulCharacters) {
  EXPECT_EQ(rendered_text(std::string("a\0b", 3)), "ab");
}

TEST(RenderSend, ReplacesBytesThatAreNotUtf8) {
  const std::string mark = "\xEF\xBF\xBD";
  EXPECT_EQ(rendered_text("a\xFFz"), "a" + mark + "z");
  EXPECT_EQ(rendered_text("a\x80z"), "a" + mark + "z");
  EXPECT_EQ(rendered_text("a\xC3"), "a" + mark);
  EXPECT_EQ(rendered_text("\xC0\xAF"), mark + mark);                 // overlong
  EXPECT_EQ(rendered_text("\xED\xA0\x80"), mark + mark + mark);      // half a surrogate pair
  EXPECT_EQ(rendered_text("\xF4\x90\x80\x80"), repeated(mark, 4));   // beyond U+10FFFF
  EXPECT_EQ(rendered_text("\xF0\x9F\xA4"), repeated(mark, 3));       // cut in the middle
  EXPECT_EQ(rendered_text("\xF4\x8F\xBF\xBF"), "\xF4\x8F\xBF\xBF");  // the last there is
}

TEST(RenderSend, CutsATextAtTheProvidersLimit) {
  EXPECT_EQ(rendered_text(std::string(5000, 'a')), std::string(4096, 'a'));
  EXPECT_EQ(rendered_text(std::string(4096, 'a')), std::string(4096, 'a'));
  EXPECT_EQ(rendered_text(repeated("है", 2500)), repeated("है", 2048));
}

TEST(RenderSend, DoesNotCutACharacterInTwo) {
  EXPECT_EQ(rendered_text(std::string(4095, 'a') + "🤒"), std::string(4095, 'a'));
  EXPECT_EQ(rendered_text(std::string(4094, 'a') + "🤒b"), std::string(4094, 'a') + "🤒");
}

TEST(RenderSend, CutsTheBodyAndTheTitlesOfButtons) {
  const auto body = rendered(
      text_to_phone(std::string(2000, 'b'),
                    {{std::string(300, 'i'), std::string(21, 't')}, {"2", "दो"}, {"3", "c"}}));
  const auto& interactive = body["interactive"];
  EXPECT_EQ(interactive["body"]["text"], std::string(1024, 'b'));
  const auto& buttons = interactive["action"]["buttons"];
  ASSERT_EQ(buttons.size(), 3u);
  EXPECT_EQ(buttons[0]["reply"]["id"], std::string(256, 'i'));
  EXPECT_EQ(buttons[0]["reply"]["title"], std::string(20, 't'));
  EXPECT_EQ(buttons[1]["reply"]["title"], "दो");
}

std::string error_body(int code) {
  return json{{"error", {{"message", "(#x) words"}, {"type", "OAuthException"}, {"code", code}}}}
      .dump();
}
SendVerdict verdict_of(int code, int http_status = 400) {
  const auto answer = parse_send_answer(http_status, error_body(code));
  EXPECT_EQ(answer.error_code, code);
  EXPECT_TRUE(answer.message.empty());
  return answer.verdict;
}

TEST(ParseSendAnswer, ReadsTheWamid) {
  const auto answer = parse_send_answer(
      200,
      R"({"messaging_product":"whatsapp","contacts":[{"input":"919800000001","wa_id":"919800000001"}],
               "messages":[{"id":"wamid.SAMPLE1","message_status":"accepted"}]})");
  EXPECT_EQ(answer.verdict, SendVerdict::kAccepted);
  EXPECT_EQ(answer.message, Personal("wamid.SAMPLE1"));
  EXPECT_EQ(answer.error_code, 0);
}

TEST(ParseSendAnswer, DoesNotKnowWithoutAWamid) {
  for (const std::string body :
       {"", "{}", "null", "[]", "not json", R"({"messages":[]})", R"({"messages":{}})",
        R"({"messages":[{}]})", R"({"messages":[{"id":""}]})", R"({"messages":[{"id":null}]})",
        R"({"success":true})"}) {
    EXPECT_EQ(parse_send_answer(200, body).verdict, SendVerdict::kUnknown) << body;
  }
}

TEST(ParseSendAnswer, RetriesWhatWasRefusedBeforeProcessing) {
  for (int code : {4, 17, 613, 80007, 130429, 131056, 131057, 133004})
    EXPECT_EQ(verdict_of(code), SendVerdict::kRetryLater) << code;
}

TEST(ParseSendAnswer, DoesNotKnowWhenMetaFailed) {
  for (int code : {1, 2, 131000, 131016})
    EXPECT_EQ(verdict_of(code), SendVerdict::kUnknown) << code;
}

TEST(ParseSendAnswer, StopsTheNumberWhenTheTenantMustAct) {
  for (int code : {0,      3,      10,     190,    200,    230,    299,    368,
                   131005, 131031, 131037, 131042, 131044, 131045, 131048, 131064,
                   133000, 133005, 133006, 133008, 133010, 133015, 133016, 134011})
    EXPECT_EQ(verdict_of(code), SendVerdict::kTenantBroken) << code;
}

TEST(ParseSendAnswer, FailsWhatWillNeverWork) {
  for (int code : {33,     100,    2046,   130403, 130472, 130497, 131008, 131009, 131021,
                   131026, 131030, 131047, 131049, 131050, 131051, 131053, 131062, 131063,
                   132000, 132001, 132012, 132015, 132069, 134100, 135000, 137000})
    EXPECT_EQ(verdict_of(code), SendVerdict::kFailed) << code;
}

TEST(ParseSendAnswer, BelievesTheCodeAndNotTheStatus) {
  for (int status : {200, 400, 401, 403, 404, 429, 500, 503}) {
    EXPECT_EQ(verdict_of(130429, status), SendVerdict::kRetryLater) << status;
    EXPECT_EQ(verdict_of(131047, status), SendVerdict::kFailed) << status;
    EXPECT_EQ(verdict_of(190, status), SendVerdict::kTenantBroken) << status;
  }
}

TEST(ParseSendAnswer, LetsTheStatusDecideWithoutACode) {
  for (const std::string body :
       {"", "<html>", "{}", R"({"error":{}})", R"({"error":"words"})", R"({"error":{"code":"x"}})",
        R"({"error":{"code":99999999999999}})"}) {
    EXPECT_EQ(parse_send_answer(500, body).verdict, SendVerdict::kUnknown) << body;
    EXPECT_EQ(parse_send_answer(503, body).verdict, SendVerdict::kUnknown) << body;
    EXPECT_EQ(parse_send_answer(429, body).verdict, SendVerdict::kRetryLater) << body;
    EXPECT_EQ(parse_send_answer(404, body).verdict, SendVerdict::kFailed) << body;
    EXPECT_EQ(parse_send_answer(302, body).verdict, SendVerdict::kFailed) << body;
    EXPECT_EQ(parse_send_answer(200, body).verdict, SendVerdict::kUnknown) << body;
    EXPECT_EQ(parse_send_answer(0, body).verdict, SendVerdict::kUnknown) << body;
    EXPECT_EQ(parse_send_answer(400, body).error_code, 0) << body;
  }
}

TEST(ParseSendAnswer, LetsTheStatusDecideOnACodeOfTomorrow) {
  EXPECT_EQ(verdict_of(999999, 400), SendVerdict::kFailed);
  EXPECT_EQ(verdict_of(999999, 429), SendVerdict::kRetryLater);
  EXPECT_EQ(verdict_of(999999, 500), SendVerdict::kUnknown);
}

TEST(ParseSendAnswer, ReadsACodeWrittenAsText) {
  const auto answer = parse_send_answer(400, R"({"error":{"code":"131047"}})");
  EXPECT_EQ(answer.error_code, 131047);
  EXPECT_EQ(answer.verdict, SendVerdict::kFailed);
}

TEST(ParseSendAnswer, BelievesAWamidOnlyFromASuccess) {
  const std::string body = R"({"messages":[{"id":"wamid.SAMPLE1"}]})";
  EXPECT_EQ(parse_send_answer(500, body).verdict, SendVerdict::kUnknown);
  EXPECT_EQ(parse_send_answer(201, body).verdict, SendVerdict::kAccepted);
}

TEST(ParseSendAnswer, DoesNotReadAnAnswerOverTheBound) {
  auto body = error_body(131047);
  body.insert(body.size() - 1, limits::kSendAnswerBytesMax, ' ');
  EXPECT_EQ(parse_send_answer(500, body).verdict, SendVerdict::kUnknown);
}

}  // namespace
}  // namespace mitr::whatsapp
