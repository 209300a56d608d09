// Goal: names that join, pass and change, and files, through the program itself: signed JSON in,
// PostgreSQL beneath, kill -9 between. Method: one real node for the whole file, the provider
// beside.
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <thread>

#include "tests/node/shared_node.h"
#include "tools/graph/media_shelf.h"

namespace mitr {
namespace {

using nlohmann::json;
using std::chrono::seconds;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr seconds kPatience{30};

/// Names of one person; an empty one is withheld.
struct Names {
  std::string bsuid;
  std::string phone;
};

json value_of(const Names& names, json message, const char* number = kSchoolNumber) {
  if (!names.phone.empty()) message["from"] = names.phone;
  message["from_user_id"] = names.bsuid;
  json contact{{"profile", {{"name", "A Parent"}}}, {"user_id", names.bsuid}};
  if (!names.phone.empty()) contact["wa_id"] = names.phone;
  return {{"messaging_product", "whatsapp"},
          {"metadata", {{"display_phone_number", "910000"}, {"phone_number_id", number}}},
          {"contacts", {contact}},
          {"messages", {message}}};
}

json text_of(const std::string& id, int at, const std::string& text) {
  return {{"id", id},
          {"timestamp", std::to_string(1790000000 + at)},
          {"type", "text"},
          {"text", {{"body", text}}}};
}

class IdentityOfNode : public SharedNode {
 protected:
  static int post(const std::string& field, const json& value) {
    const json body{{"object", "whatsapp_business_account"},
                    {"entry",
                     {{{"id", "1022"},
                       {"time", 1790000000},
                       {"changes", {{{"field", field}, {"value", value}}}}}}}};
    return ask(signed_post(body.dump())).status;
  }
  static int say(const Names& names, const std::string& id, int at, const std::string& text) {
    return post("messages", value_of(names, text_of(id, at, text)));
  }
};

TEST_F(IdentityOfNode, APhoneThatComesLaterJoinsAndPassesToSomebodyNew) {
  const Names first{"IN.500", "919822220001"}, second{"IN.501", "919822220001"};
  EXPECT_EQ(say({first.bsuid, ""}, "wamid.id1", 1, "I need leave for my daughter"), 200);
  ASSERT_TRUE(graph->wait_for(first.bsuid, "name of the student", kPatience));
  EXPECT_EQ(say(first, "wamid.id2", 2, "Aisha Khan"), 200);
  ASSERT_TRUE(graph->wait_for(first.phone, "Which class", kPatience));
  EXPECT_EQ(say(second, "wamid.id3", 100, "I need leave for my daughter"), 200);
  ASSERT_TRUE(graph->wait_for(first.phone, "name of the student", kPatience));
  node->kill_hard();
  ASSERT_TRUE(node->start());
  // Who had the phone goes on where they were, by the name they still have.
  EXPECT_EQ(say({first.bsuid, ""}, "wamid.id4", 200, "5B"), 200);
  ASSERT_TRUE(graph->wait_for(first.bsuid, "day", kPatience));
  EXPECT_EQ(graph->count(first.phone, "day"), 0u);
  const auto shown = tool({"contact", "--tenant", "school", "--bsuid", first.bsuid});
  EXPECT_THAT(shown, HasSubstr("phone\tlost"));
  EXPECT_THAT(shown, HasSubstr("another person: the phone passed on"));
}

TEST_F(IdentityOfNode, AChangeThatIsToldTakesTheConversationAlong) {
  const Names before{"IN.600", "919822220010"}, after{"IN.601", "919822220011"};
  EXPECT_EQ(say(before, "wamid.id10", 1, "I need leave for my daughter"), 200);
  ASSERT_TRUE(graph->wait_for(before.phone, "name of the student", kPatience));
  const json value{
      {"messaging_product", "whatsapp"},
      {"metadata", {{"display_phone_number", "910000"}, {"phone_number_id", kSchoolNumber}}},
      {"user_id_update",
       {{{"wa_id", after.phone},
         {"detail", "changed"},
         {"user_id", {{"previous", before.bsuid}, {"current", after.bsuid}}},
         {"timestamp", "1790000050"}}}}};
  EXPECT_EQ(post("user_id_update", value), 200);
  node->kill_hard();
  ASSERT_TRUE(node->start());
  EXPECT_EQ(say(after, "wamid.id11", 100, "Aisha Khan"), 200);
  EXPECT_TRUE(graph->wait_for(after.phone, "Which class", kPatience));
}

TEST_F(IdentityOfNode, OnePhoneIsTwoContactsInTwoPortfolios) {
  const Names here{"IN.950", "919822220050"}, there{"IN.951", "919822220050"};
  EXPECT_EQ(say(here, "wamid.id50", 1, "I need leave for my daughter"), 200);
  ASSERT_TRUE(graph->wait_for(here.phone, "name of the student", kPatience));
  const auto hello = text_of("wamid.id51", 2, "Meera Nair");
  EXPECT_EQ(post("messages", value_of(there, hello, kNorthNumber)), 200);
  EXPECT_EQ(say(here, "wamid.id52", 3, "Aisha Khan"), 200);
  ASSERT_TRUE(graph->wait_for(here.phone, "Which class", kPatience));

  const std::vector<std::string> whom{"--tenant", "school", "--phone", "+91 98222 20050"};
  const auto contact = [&](std::vector<std::string> words, const std::string& portfolio) {
    words.insert(words.begin(), "contact");
    words.insert(words.end(), whom.begin(), whom.end());
    if (!portfolio.empty()) words.insert(words.end(), {"--portfolio", portfolio});
    words.insert(words.end(), {std::string("--data"), node->data().string()});
    return run_mitr(words);
  };
  EXPECT_EQ(contact({}, "").first, 1) << "which of the two?";
  EXPECT_EQ(contact({}, "south").first, 1) << "nobody goes by it there";
  EXPECT_THAT(contact({}, "main").second, HasSubstr("2 turns"));
  EXPECT_THAT(contact({}, "north").second, HasSubstr("1 turns"));
  EXPECT_THAT(contact({"export"}, "north").second, Not(HasSubstr("Aisha")));
  EXPECT_THAT(contact({"erase", "--yes"}, "north").second, HasSubstr("erased"));
  EXPECT_THAT(contact({}, "").second, HasSubstr("2 turns")) << "there is one left";
}

/// A roster as a school exports it; phones are those of a year ago.
TEST_F(IdentityOfNode, ARecycledPhoneOpensNoRosterUntilItIsImportedAgain) {
  const auto roster = folder->path() / "roster.csv";
  std::ofstream(roster) << "admission_no,student,class,phone\nA-90,Diya Sharma,3A,919822220040\n"
                           "A-92,Meera Shah,3A,919822220042\n";
  const auto import = [&] {
    return tool({"import", "roster", roster.string(), "--tenant", "school"});
  };
  const Names before{"IN.900", "919822220040"}, after{"IN.901", "919822220040"};
  EXPECT_THAT(import(), HasSubstr("2 added"));
  const auto now =
      std::chrono::duration_cast<seconds>(std::chrono::system_clock::now().time_since_epoch())
          .count();
  const auto say_now = [&](const Names& names, const std::string& id, int later,
                           const std::string& text) {
    auto message = text_of(id, 0, text);
    message["timestamp"] = std::to_string(now + later);
    return post("messages", value_of(names, message));
  };
  // The node hears in time that there is a roster: a parent whose phone is theirs is asked by name.
  const Names parent{"IN.904", "919822220042"};
  for (int n = 0; n < 30 && graph->count(parent.phone, "Meera") == 0; ++n) {
    const auto id = "wamid.id45-" + std::to_string(n);
    say_now(parent, id + "a", -7200, "cancel");
    say_now(parent, id + "b", -7200, "I need leave tomorrow for fever");
    graph->wait_for(parent.phone, "Meera", seconds{1});
  }
  ASSERT_GT(graph->count(parent.phone, "Meera"), 0u);
  EXPECT_EQ(say_now(before, "wamid.id40", -7200, "hello"), 200);
  ASSERT_TRUE(graph->wait_for(before.phone, "", kPatience));
  // Later than the import, and later than the node's clock: no second import is newer.
  EXPECT_EQ(say_now(after, "wamid.id41", 3600, "I need leave tomorrow for fever"), 200);
  ASSERT_TRUE(graph->wait_for(after.phone, "name of the student", kPatience));
  EXPECT_EQ(graph->count(after.phone, "Diya"), 0u);
  EXPECT_THAT(tool({"contact", "--tenant", "school", "--bsuid", after.bsuid}),
              HasSubstr("another's before"));
  // Another who has it, since before the table was imported again.
  const Names third{"IN.902", "919822220041"};
  std::ofstream(roster) << "admission_no,student,class,phone\nA-91,Kabir Rao,3B,919822220041\n";
  EXPECT_EQ(say_now({"IN.903", third.phone}, "wamid.id42", -7200, "hello"), 200);
  EXPECT_EQ(say_now(third, "wamid.id43", -3600, "hello"), 200);
  EXPECT_THAT(import(), HasSubstr("1 added"));
  EXPECT_EQ(say_now(third, "wamid.id44", -3599, "I need leave tomorrow for fever"), 200);
  EXPECT_TRUE(graph->wait_for(third.phone, "Kabir", kPatience));
}

TEST_F(IdentityOfNode, WhatTheProviderSaysOfTheAccountIsShown) {
  EXPECT_EQ(say({"IN.700", "919822220020"}, "wamid.id20", 1, "hello"), 200);
  EXPECT_EQ(post("account_update", {{"event", "PARTNER_REMOVED"}}), 200);
  EXPECT_THAT(tool({"tenant", "status", "--tenant", "school"}),
              HasSubstr("notices and reminders: the account is not connected"));
  EXPECT_THAT(tool({"tenant", "release", "--tenant", "school"}), HasSubstr("1 cleared"));
  EXPECT_THAT(tool({"tenant", "status", "--tenant", "school"}), HasSubstr("link=CLEARED"));
  EXPECT_THAT(tool({"filed", "list"}), HasSubstr("unused\taccount_update\t1"));
}

TEST_F(IdentityOfNode, AFileIsFetchedAfterItsTurnAndComesBackWhole) {
  const std::string id = "40010-600000";
  json message{{"id", "wamid.id30"},
               {"timestamp", "1790000001"},
               {"type", "image"},
               {"image", {{"id", id}, {"mime_type", "image/jpeg"}}}};
  EXPECT_EQ(post("messages", value_of({"IN.800", "919822220030"}, message)), 200);
  std::string listed;
  const auto until = std::chrono::steady_clock::now() + kPatience;
  while (listed.find("\tstored\t600000") == std::string::npos &&
         std::chrono::steady_clock::now() < until)
    listed = tool({"media", "list"});
  ASSERT_THAT(listed, HasSubstr("\timage\tstored\t600000"));
  const auto start = listed.find('\t') + 1;
  const auto name = listed.substr(start, listed.find('\t', start) - start);
  EXPECT_TRUE(tool({"media", "fetch", name, "--tenant", "school"}) == graph::media_bytes(id));
}

}  // namespace
}  // namespace mitr
