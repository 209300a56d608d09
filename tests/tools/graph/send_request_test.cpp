// What Meta refuses at once, with its codes.
#include "tools/graph/send_request.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace mitr::graph {
namespace {

using nlohmann::json;

json text_body(const std::string& text) {
  return {{"messaging_product", "whatsapp"},
          {"to", "919800000001"},
          {"type", "text"},
          {"text", {{"body", text}}}};
}
json button_body(const std::vector<std::string>& titles) {
  json buttons = json::array();
  for (const auto& title : titles) {
    buttons.push_back(
        {{"type", "reply"},
         {"reply", {{"id", "b" + std::to_string(buttons.size())}, {"title", title}}}});
  }
  return {{"messaging_product", "whatsapp"},
          {"to", "919800000001"},
          {"type", "interactive"},
          {"interactive",
           {{"type", "button"}, {"body", {{"text", "?"}}}, {"action", {{"buttons", buttons}}}}}};
}
json template_body(const std::string& name, const std::vector<std::string>& parameters) {
  json filled = json::array();
  for (const auto& each : parameters) filled.push_back({{"type", "text"}, {"text", each}});
  json components = json::array({{{"type", "body"}, {"parameters", filled}}});
  return {
      {"messaging_product", "whatsapp"},
      {"to", "919800000001"},
      {"type", "template"},
      {"template", {{"name", name}, {"language", {{"code", "en"}}}, {"components", components}}}};
}
TemplateBook one_template() {
  TemplateBook book;
  book.add("leave_notice", "en", "{{1}} of class {{2}} is away.");
  return book;
}
int code_of(const SendRequest& request) {
  const auto* error = std::get_if<GraphError>(&request);
  return error == nullptr ? 0 : error->code;
}
int code_of(const json& body, const TemplateBook& book = {}) {
  return code_of(parse_send(body.dump(), book));
}

TEST(SendRequest, TakesTextUpToItsLimitInCharacters) {
  std::string words;
  for (int i = 0; i < 4096; ++i) words += "क";
  EXPECT_EQ(code_of(text_body(words)), 0);
  EXPECT_EQ(code_of(text_body(words + "x")), 100);
}

TEST(SendRequest, RefusesWhatIsMissing) {
  EXPECT_EQ(code_of(parse_send("{", {})), 100);
  EXPECT_EQ(code_of(parse_send("[]", {})), 100);
  EXPECT_EQ(code_of(text_body("")), 100);
  auto body = text_body("hello");
  body.erase("messaging_product");
  EXPECT_EQ(code_of(body), 100);
  body = text_body("hello");
  body.erase("to");
  EXPECT_EQ(code_of(body), 100);
  body["recipient"] = "IN.12345";
  EXPECT_EQ(code_of(body), 0);
}

TEST(SendRequest, RefusesTypesItDoesNotDraw) {
  auto body = text_body("hello");
  body["type"] = "sticker";
  EXPECT_EQ(code_of(body), 131051);
}

json list_body(std::size_t rows, const std::string& title = "Row", const char* opener = "=") {
  json all = json::array();
  for (std::size_t at = 0; at < rows; ++at) {
    all.push_back({{"id", "r" + std::to_string(at)}, {"title", title}});
  }
  json body = button_body({"Yes"});
  body["interactive"]["type"] = "list";
  body["interactive"]["action"] = {{"button", opener},
                                   {"sections", json::array({{{"rows", all}}})}};
  return body;
}

TEST(SendRequest, TakesTenShortRows) {
  EXPECT_EQ(code_of(list_body(10)), 0);
  EXPECT_EQ(code_of(list_body(0)), 131009);
  EXPECT_EQ(code_of(list_body(11)), 131009);
  EXPECT_EQ(code_of(list_body(4, std::string(24, 't'))), 0);
  EXPECT_EQ(code_of(list_body(4, std::string(25, 't'))), 131009);
  EXPECT_EQ(code_of(list_body(4, "Row", "")), 131009);
}

TEST(SendRequest, TakesThreeShortDistinctButtons) {
  EXPECT_EQ(code_of(button_body({"Yes", "No", "Later"})), 0);
  EXPECT_EQ(code_of(button_body({})), 131009);
  EXPECT_EQ(code_of(button_body({"1", "2", "3", "4"})), 131009);
  EXPECT_EQ(code_of(button_body({"Yes", "Yes"})), 131009);
  EXPECT_EQ(code_of(button_body({"more than twenty chars"})), 131009);
}

TEST(SendRequest, FillsAKnownTemplate) {
  const auto request =
      parse_send(template_body("leave_notice", {"Meera", "5B"}).dump(), one_template());
  ASSERT_TRUE(std::holds_alternative<SendMessage>(request));
  EXPECT_EQ(std::get<SendMessage>(request).text, Personal("Meera of class 5B is away."));
}

TEST(SendRequest, RefusesTemplatesThatDoNotFit) {
  const auto book = one_template();
  EXPECT_EQ(code_of(template_body("other", {"Meera"}), book), 132001);
  EXPECT_EQ(code_of(template_body("leave_notice", {"Meera"}), book), 132000);
  EXPECT_EQ(code_of(template_body("leave_notice", {"Meera", "5\nB"}), book), 132018);
  EXPECT_EQ(code_of(template_body("leave_notice", {"Meera", ""}), book), 132018);
}

TEST(SendRequest, TakesAnyTemplateWhenNoneAreKnown) {
  EXPECT_EQ(code_of(template_body("anything", {"Meera"})), 0);
}

TEST(SendRequest, RendersErrorsAsMetaDoes) {
  const auto rendered = json::parse(render({.code = 131009, .message = "m", .details = "d"}));
  EXPECT_EQ(rendered["error"]["code"], 131009);
  EXPECT_EQ(rendered["error"]["error_data"]["details"], "d");
  EXPECT_TRUE(rendered["error"].contains("fbtrace_id"));
  EXPECT_FALSE(rendered["error"].contains("error_subcode"));
}

TEST(TemplateBook, LeavesMalformedPlacesAlone) {
  EXPECT_EQ(fill("a {{x}} b {{1}} {{2", {Personal("1st")}), Personal("a {{x}} b 1st {{2"));
  EXPECT_EQ(placeholders("{{2}} {{1}} {{x}}"), 2u);
  EXPECT_EQ(placeholders("none"), 0u);
}

}  // namespace
}  // namespace mitr::graph
