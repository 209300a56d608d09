// Goal: a settings file is either understood whole or refused with every mistake's place and mend.
// Method: small files in a folder of the test's own, then the examples that ship.
#include "config/node_settings.h"

#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace mitr {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using ::testing::SizeIs;

constexpr const char* kLeast = R"(webhook: {app_secrets: [s3cret-one], verify_token: s3cret-two}
graph: {access_token: s3cret-three}
packs: packs
)";

class NodeSettingsFile : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "mitr-settings-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    fs::create_directories(folder_ / "packs" / "school");
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path write(const std::string& name, const std::string& text, int others = 0) {
    std::ofstream(folder_ / name) << text;
    fs::permissions(folder_ / name, static_cast<fs::perms>(0600 | others));
    return folder_ / name;
  }
  LoadedNodeSettings load(const std::string& text) {
    return load_node_settings(write("node.yaml", text));
  }
  /// The mistakes, without the folder's name.
  std::vector<std::string> mistakes(const std::string& text) {
    std::vector<std::string> lines;
    for (const SettingMistake& mistake : load(text).mistakes) {
      std::string line = to_string(mistake);
      for (auto at = line.find(folder_.string()); at != std::string::npos;
           at = line.find(folder_.string())) {
        line.erase(at, folder_.string().size() + 1);
      }
      lines.push_back(std::move(line));
    }
    return lines;
  }

  fs::path folder_;
};

TEST_F(NodeSettingsFile, NeedsLittleAndFillsInTheRest) {
  const auto loaded = load(kLeast);
  ASSERT_THAT(loaded.mistakes, IsEmpty()) << to_string(loaded.mistakes.front());
  const NodeSettings& node = loaded.settings;
  EXPECT_EQ(node.listen.address, "127.0.0.1");
  EXPECT_EQ(node.listen.port, 8080);
  EXPECT_FALSE(node.tls.has_value());
  EXPECT_EQ(node.webhook.path, "/webhook");
  EXPECT_THAT(node.webhook.app_secrets, ElementsAre(Personal("s3cret-one")));
  EXPECT_EQ(node.webhook.verify_token, Personal("s3cret-two"));
  EXPECT_EQ(node.graph.base_url, "https://graph.facebook.com");
  EXPECT_EQ(node.graph.version, "v23.0");
  EXPECT_EQ(node.graph.access_token, Personal("s3cret-three"));
  EXPECT_THAT(node.graph.media_hosts, ElementsAre("lookaside.fbsbx.com"));
  EXPECT_TRUE(node.database.empty());
  EXPECT_EQ(node.packs, folder_ / "packs");
  EXPECT_GE(node.workers, 1u);
  EXPECT_LE(node.workers, limits::kWorkersMax);
  EXPECT_EQ(node.writers, 1u);
  EXPECT_EQ(node.park_after, limits::kParkAfter);
  EXPECT_EQ(node.lease_lasts, limits::kLeaseLasts);
  EXPECT_THAT(node.tenants, IsEmpty());
}

TEST_F(NodeSettingsFile, NamesATableOfWordVectors) {
  EXPECT_TRUE(load(kLeast).settings.vectors.empty());
  write("words.vec", "a table");
  const auto loaded = load(std::string(kLeast) + "\nmodels: {vectors: words.vec}\n");
  ASSERT_THAT(loaded.mistakes, IsEmpty()) << to_string(loaded.mistakes.front());
  EXPECT_EQ(loaded.settings.vectors, folder_ / "words.vec");
  EXPECT_THAT(mistakes(std::string(kLeast) + "\nmodels: {vectors: none.vec}\n"), SizeIs(1));
}

TEST_F(NodeSettingsFile, CarriesEverySetting) {
  write("cert.pem", "x");
  write("key.pem", "x");
  write("token", "tok\n");
  write("secrets", "new\n\nold\n");
  const auto loaded = load(R"(
listen: {address: '::1', port: 0}
tls: {address: 0.0.0.0, port: 9443, certificate: cert.pem, private_key: key.pem}
webhook: {path: /in/wa, app_secrets_file: secrets, verify_token: v}
graph: {base_url: 'http://127.0.0.1:18090', version: v24.0, access_token_file: token}
database: host=/run/postgresql dbname=mitr
packs: packs
workers: 3
writers: 2
park_after_s: 30
lease_s: 5
tenants:
  - slug: green-school
    name: Green School
    pack: school
    zone: Asia/Dubai
    language: hi-Latn
    numbers: [106540352250000, '106540352250001']
    past_dates: true
    echo: typed
    pacing: off
    portfolios: {north: [106540352250001]}
    roster:
      class_teacher: [{key: 5B, name: Sunita Rao, phone: 919800000051}]
)");
  ASSERT_THAT(loaded.mistakes, IsEmpty()) << to_string(loaded.mistakes.front());
  const NodeSettings& node = loaded.settings;
  EXPECT_EQ(node.listen.address, "::1");
  EXPECT_EQ(node.listen.port, 0);
  ASSERT_TRUE(node.tls.has_value());
  EXPECT_EQ(node.tls->port, 9443);
  EXPECT_EQ(node.tls->certificate, folder_ / "cert.pem");
  EXPECT_EQ(node.tls->private_key, folder_ / "key.pem");
  EXPECT_EQ(node.webhook.path, "/in/wa");
  EXPECT_THAT(node.webhook.app_secrets, ElementsAre(Personal("new"), Personal("old")));
  EXPECT_EQ(node.graph.base_url, "http://127.0.0.1:18090");
  EXPECT_EQ(node.graph.version, "v24.0");
  EXPECT_EQ(node.graph.access_token, Personal("tok"));
  EXPECT_EQ(node.database, Personal("host=/run/postgresql dbname=mitr"));
  EXPECT_EQ(node.workers, 3u);
  EXPECT_EQ(node.writers, 2u);
  EXPECT_EQ(node.park_after, std::chrono::seconds(30));
  EXPECT_EQ(node.lease_lasts, std::chrono::seconds(5));
  ASSERT_EQ(node.tenants.size(), 1u);
  const TenantSeed& tenant = node.tenants.front();
  EXPECT_EQ(tenant.slug, "green-school");
  EXPECT_EQ(tenant.name, "Green School");
  EXPECT_THAT(tenant.numbers, ElementsAre("106540352250000", "106540352250001"));
  EXPECT_EQ(
      tenant.settings,
      (TenantSettings{
          "school", "Asia/Dubai", {"hi-Latn", true, true}, false, {{"106540352250001", "north"}}}));
  ASSERT_EQ(tenant.roster.size(), 1u);
  EXPECT_EQ(tenant.roster.front().role, "class_teacher");
  EXPECT_EQ(tenant.roster.front().key, "5B");
  EXPECT_EQ(tenant.roster.front().name, Personal("Sunita Rao"));
  EXPECT_EQ(tenant.roster.front().phone, Personal("919800000051"));
}

TEST_F(NodeSettingsFile, NamesTheNearestKnownKey) {
  EXPECT_THAT(mistakes(std::string(kLeast) + "listen:\n  adress: 127.0.0.1\n"),
              ElementsAre("node.yaml:5:3: unknown key 'adress' in listen; write 'address'"));
}

TEST_F(NodeSettingsFile, ListsTheKnownKeysWhenNoneIsNear) {
  EXPECT_THAT(
      mistakes(std::string(kLeast) + "listen: {colour: red}\n"),
      ElementsAre("node.yaml:4:10: unknown key 'colour' in listen; known keys: address, port"));
}

TEST_F(NodeSettingsFile, ReportsEveryMistakeInTheOrderOfTheFile) {
  EXPECT_THAT(mistakes(R"(workers: 0
writers: many
listen: {address: 10.0.0.1}
packs: nowhere
graph: {base_url: 'http://example.org', version: 23, access_token: t}
)"),
              ElementsAre(HasSubstr("node.yaml:1:1: key 'webhook' is missing"),
                          HasSubstr("node.yaml:1:10: 'workers' in the settings is out of range; "
                                    "write a whole number from 1 to 64"),
                          HasSubstr("node.yaml:2:10: 'writers'"),
                          HasSubstr("node.yaml:3:19: plain HTTP would be open to the network; "
                                    "write 127.0.0.1 here"),
                          HasSubstr("node.yaml:4:8: there is no folder nowhere"),
                          HasSubstr("node.yaml:5:19: the access token would travel in the clear"),
                          HasSubstr("node.yaml:5:50: 'version' in graph is no version")));
}

TEST_F(NodeSettingsFile, TakesFilesFromTheHostsThatItNames) {
  const std::string head = "webhook: {app_secrets: [a], verify_token: b}\npacks: packs\n";
  const auto loaded =
      load(head + "graph: {access_token: c, media_hosts: [media.example, 127.0.0.1]}\n");
  ASSERT_THAT(loaded.mistakes, IsEmpty());
  EXPECT_THAT(loaded.settings.graph.media_hosts, ElementsAre("media.example", "127.0.0.1"));
  for (const char* wrong :
       {"https://media.example", "media.example/x", "media.example:443", "''", "a@b", "{a: b}"}) {
    EXPECT_THAT(mistakes(head + "graph: {access_token: c, media_hosts: [" + wrong + "]}\n"),
                ElementsAre(HasSubstr("a media host is no name of a host")))
        << wrong;
  }
}

TEST_F(NodeSettingsFile, RefusesAKeyThatStandsTwice) {
  EXPECT_THAT(mistakes(std::string(kLeast) + "workers: 2\nworkers: 3\n"),
              ElementsAre(HasSubstr("node.yaml:5:1: key 'workers' stands twice")));
}

TEST_F(NodeSettingsFile, RefusesSharedSlugsAndNumbers) {
  const std::string tenant =
      "  - {slug: a, name: A, pack: school, zone: Asia/Kolkata, numbers: [1065]}\n";
  EXPECT_THAT(
      mistakes(std::string(kLeast) + "tenants:\n" + tenant + tenant),
      ElementsAre(HasSubstr("slug 'a' is taken"), HasSubstr("number 1065 is listed above")));
}

TEST_F(NodeSettingsFile, ChecksThePortfoliosOfNumbers) {
  const std::string tenant =
      "tenants:\n  - {slug: a, name: A, pack: school, zone: Asia/Kolkata, numbers: [1065, 1066],\n"
      "     portfolios: ";
  const auto mistakes_of = [&](const std::string& portfolios) {
    return mistakes(std::string(kLeast) + tenant + portfolios + "}\n");
  };
  EXPECT_THAT(mistakes_of("{north: [1066]}"), IsEmpty());
  EXPECT_THAT(mistakes_of("{north: [1066, 1067]}"),
              ElementsAre(HasSubstr("that is none of the tenant's numbers")));
  EXPECT_THAT(mistakes_of("{north: [1066], south: [1066]}"),
              ElementsAre(HasSubstr("number 1066 is in a portfolio above")));
  EXPECT_THAT(mistakes_of("{main: [1066]}"),
              ElementsAre(HasSubstr("'main' is the portfolio of all other numbers")));
  EXPECT_THAT(mistakes_of("{North Side: [1066]}"),
              ElementsAre(HasSubstr("a portfolio is no name")));
  EXPECT_THAT(mistakes_of("{north: 1066}"),
              ElementsAre(HasSubstr("a portfolio's numbers are no list")));
  EXPECT_THAT(mistakes_of("[north]"), ElementsAre(HasSubstr("portfolios is no mapping")));
}

TEST_F(NodeSettingsFile, ChecksWhatATenantChooses) {
  EXPECT_THAT(mistakes(std::string(kLeast) + R"(tenants:
  - slug: Green School
    name: Green School
    pack: scool
    zone: Asia/Atlantis
    language: English
    echo: loud
    pacing: maybe
    numbers: ['+91 98']
)"),
              ElementsAre(HasSubstr(":5:11: 'Green School' is no slug"),
                          HasSubstr(":7:11: there is no pack 'scool'; name a folder in packs"),
                          HasSubstr(":8:11: no time zone 'Asia/Atlantis'"),
                          HasSubstr(":9:15: 'English' is no language code"),
                          HasSubstr(":10:11: 'echo' in tenants[0] is neither 'typed' nor"),
                          HasSubstr(":11:13: 'pacing' in tenants[0] is neither 'on' nor 'off'"),
                          HasSubstr(":12:15: a number id is not all digits")));
}

TEST_F(NodeSettingsFile, NeverRepeatsASecretOrAPhone) {
  const auto lines = mistakes(R"(webhook: {app_secrets: canary-a, verify_token: [canary-b]}
graph: {access_token: [canary-c], acess_token: canary-d}
database: [canary-e]
packs: packs
tenants:
  - slug: a
    name: A
    pack: school
    numbers: [1]
    roster: {class_teacher: [{key: 5B, name: [canary-f], phone: '+91 98000 canary-g'}]}
)");
  EXPECT_EQ(lines.size(), 7u);
  for (const std::string& line : lines) EXPECT_THAT(line, Not(HasSubstr("canary")));
}

TEST_F(NodeSettingsFile, RefusesASecretFileThatEveryoneMayRead) {
  write("secrets", "new\n", 0004);
  EXPECT_THAT(mistakes(R"(webhook: {app_secrets_file: secrets, verify_token: v}
graph: {access_token: t}
packs: packs
)"),
              ElementsAre(HasSubstr("everyone on this machine may read secrets; chmod 640 it")));
}

TEST_F(NodeSettingsFile, RefusesWhatIsNoYaml) {
  EXPECT_THAT(mistakes("listen: {port: 1\n"), ElementsAre(HasSubstr("this is no YAML")));
  EXPECT_THAT(mistakes("- a\n- b\n"), ElementsAre(HasSubstr("the settings is no mapping")));
  EXPECT_THAT(mistakes(""), ElementsAre(HasSubstr("the settings is no mapping")));
}

TEST_F(NodeSettingsFile, RefusesAMissingFileAndAFolder) {
  EXPECT_THAT(load_node_settings(folder_ / "none.yaml").mistakes.front().what,
              "the file cannot be read");
  EXPECT_THAT(load_node_settings(folder_).mistakes.front().what, "the file cannot be read");
}

TEST(NodeSettings, AcceptTheDemo) {
  const auto loaded = load_node_settings("config/examples/demo.yaml");
  ASSERT_THAT(loaded.mistakes, IsEmpty()) << to_string(loaded.mistakes.front());
  ASSERT_EQ(loaded.settings.tenants.size(), 4u);
  EXPECT_EQ(loaded.settings.tenants[0].slug, "demo-school");
  EXPECT_EQ(loaded.settings.tenants[0].roster.size(), 6u);
}

TEST(NodeSettings, AcceptTheYardstick) {
  const auto loaded = load_node_settings("config/examples/yardstick.yaml");
  ASSERT_THAT(loaded.mistakes, IsEmpty()) << to_string(loaded.mistakes.front());
  ASSERT_EQ(loaded.settings.tenants.size(), 4u);
  for (std::size_t i = 0; i < 4; ++i) {
    const TenantSeed& tenant = loaded.settings.tenants[i];
    EXPECT_EQ(tenant.slug, "yardstick-" + std::to_string(i));
    EXPECT_THAT(tenant.numbers, ElementsAre("10654035224000" + std::to_string(i)));
    EXPECT_EQ(tenant.settings,
              (TenantSettings{"school", "Asia/Kolkata", {"en", true, true}, false, {}}));
    EXPECT_THAT(tenant.roster, IsEmpty());
  }
}

}  // namespace
}  // namespace mitr
