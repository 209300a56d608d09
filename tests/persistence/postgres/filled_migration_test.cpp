// Goal: a store that is in use is migrated with everything in it: read, found and gone on with as
// before. Method: a database of its own with the first files of the schema, rows by SQL as that
// schema had them, the rest of the files, and then the ports.
#include <chrono>
#include <gtest/gtest.h>

#include "persistence/crypto/keys.h"
#include "persistence/postgres/schema_files.h"
#include "tests/contract/test_cluster.h"

namespace mitr::contract {
namespace {

using namespace std::chrono_literals;

/// What the migrator makes before the first file.
constexpr const char* kGround = R"(
CREATE SCHEMA mitr AUTHORIZATION mitr_owner;
SET ROLE mitr_owner;
GRANT USAGE ON SCHEMA mitr TO mitr_app;
CREATE TABLE mitr.schema_version (
  version integer PRIMARY KEY, name text NOT NULL, sha256 text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now());
COMMENT ON TABLE mitr.schema_version IS 'exempt from row security: which migrations were applied';
GRANT SELECT ON mitr.schema_version TO mitr_app;
)";

KeyedHash hash_of(std::uint8_t n) {
  KeyedHash hash;
  hash.bytes.fill(n);
  return hash;
}
ContactId contact_of(std::uint8_t n) {
  ContactId id;
  id.bytes.fill(n);
  return id;
}
template <class Bytes>
std::string quoted(const Bytes& bytes) {
  return "'" + to_string(ContactId{bytes}) + "'";
}

class FilledMigration : public ::testing::Test {
 protected:
  void TearDown() override {
    reader_.reset();
    store_.reset();
    // A backend may still be on its way out.
    EXPECT_TRUE(TestCluster::shared()
                    .as_superuser("DROP DATABASE IF EXISTS mitr_filled WITH (FORCE)")
                    .ok());
  }

  static std::string in_it(const std::string& dsn) { return dsn + " dbname=mitr_filled"; }
  static void run(const std::string& script) {
    postgres::Connection connection(in_it(TestCluster::shared().dsn_superuser()),
                                    postgres::Session::kOwner, {});
    ASSERT_TRUE(connection.open(std::chrono::steady_clock::now() + 20s).ok());
    const auto done = connection.run_script(script);
    ASSERT_TRUE(done.ok()) << done.error().what;
  }

  /// A database as the first `version` files left it.
  void make(int version) {
    ASSERT_TRUE(TestCluster::shared().as_superuser("CREATE DATABASE mitr_filled").ok());
    std::string script = kGround;
    for (const auto& file : postgres::schema_files()) {
      if (file.version > version) break;
      const std::string sql(file.sql);
      script.append(sql)
          .append("\nINSERT INTO mitr.schema_version (version, name, sha256) VALUES (")
          .append(std::to_string(file.version))
          .append(", '")
          .append(file.name)
          .append("', encode(sha256(convert_to($file$")
          .append(sql)
          .append("$file$, 'UTF8')), 'hex'));\n");
    }
    run(script);
  }

  void migrate_and_open() {
    const auto done = migrate(in_it(TestCluster::shared().dsn_superuser()));
    ASSERT_TRUE(done.ok()) << done.error().what;
    auto store = open_postgres(in_it(TestCluster::shared().dsn_app()));
    ASSERT_TRUE(store.ok()) << store.error().what;
    store_ = *std::move(store);
    reader_ = store_->reader();
  }

  ClaimedContact claim(std::vector<Alias> names, std::chrono::seconds told = 0s) {
    Batch batch;
    batch.claims = {
        {tenant_, std::move(names), {}, now_ + told, random_id<ContactId>(), "a key", "details"}};
    const auto answer = store_->writer()->commit(batch);
    EXPECT_TRUE(answer.ok()) << (answer.ok() ? "" : answer.error().what);
    return answer ? answer->claims.at(0) : ClaimedContact{};
  }

  std::string tenant() const { return quoted(tenant_.bytes); }
  std::string insert_contact(std::uint8_t n) const {
    return "INSERT INTO mitr.contact (tenant_id, id, wrapped_key, details) VALUES (" + tenant() +
           "," + quoted(contact_of(n).bytes) + ",'key " + std::to_string(n) + "','details " +
           std::to_string(n) + "');";
  }
  std::string insert_turn(std::uint8_t n, int seq) const {
    return "INSERT INTO mitr.journal (tenant_id, conversation_id, seq, message_hash, snapshot, "
           "body,"
           " number, expires, reply) VALUES (" +
           tenant() + "," + quoted(contact_of(n).bytes) + "," + std::to_string(seq) +
           ",gen_random_uuid()," + (seq == 1 ? "true" : "false") + ",'turn " + std::to_string(seq) +
           "','1065','infinity','a reply');";
  }
  std::string insert_record(std::uint8_t key, std::uint8_t finder, const char* when) const {
    const auto row = tenant() + ",'pupil'," + quoted(hash_of(key).bytes);
    return "INSERT INTO mitr.record (tenant_id, kind, key, content, updated_at, body) VALUES (" +
           row + ",gen_random_uuid()," + when + ",'record " + std::to_string(key) + "');" +
           "INSERT INTO mitr.record_finder (tenant_id, kind, key, hash) VALUES (" + row + "," +
           quoted(hash_of(finder).bytes) + ");";
  }

  std::unique_ptr<Store> store_;
  std::unique_ptr<Reader> reader_;
  const TenantId tenant_ = random_id<TenantId>();
  const std::chrono::sys_seconds now_{
      std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())};
};

/// Aliases: 11 the phone of contact 1; 21 and 22 the phone and bsuid of contact 2.
class BeforeNamesHadKinds : public FilledMigration {
 protected:
  void SetUp() override {
    make(6);
    const auto alias = [&](std::uint8_t hash, std::uint8_t contact) {
      return "INSERT INTO mitr.alias (tenant_id, hash, contact_id) VALUES (" + tenant() + "," +
             quoted(hash_of(hash).bytes) + "," + quoted(contact_of(contact).bytes) + ");";
    };
    const auto first = quoted(contact_of(1).bytes);
    run("INSERT INTO mitr.tenant (id, slug, name, settings, wrapped_key, record_kinds, packs)"
        " VALUES (" +
        tenant() + ",'school','School','{}','tenant key','pupil','12345678');" +
        "INSERT INTO mitr.number VALUES ('1065'," + tenant() + ");" +
        "INSERT INTO mitr.pack (version, name, files) VALUES ('12345678','school','files');" +
        insert_contact(1) + insert_contact(2) + alias(11, 1) + alias(21, 2) + alias(22, 2) +
        insert_turn(1, 1) + insert_turn(1, 2) + insert_turn(2, 1) +
        "INSERT INTO mitr.reply_log (tenant_id, sent, contacts, seqs) VALUES (" + tenant() +
        ",false,ARRAY[" + first + "]::uuid[],ARRAY[2]);" +
        "INSERT INTO mitr.outbox (tenant_id, contact_id, seq, ord, recipient_id, number, lane,"
        " not_before, expires, body) VALUES (" +
        tenant() + "," + first + ",1,1," + first + ",'1065',1,now(),'infinity','a notice');" +
        "INSERT INTO mitr.request (tenant_id, id, contact_id, seq, kind, body) VALUES (" +
        tenant() + ",gen_random_uuid()," + first + ",1,'leave','a request');" +
        "INSERT INTO mitr.timer VALUES (" + tenant() + "," + first + ",1,now(),'1065');" +
        "INSERT INTO mitr.roster VALUES (" + tenant() + ",0,'class_teacher'," + first +
        ",'a teacher');" + insert_record(5, 11, "now()") + "INSERT INTO mitr.instruction VALUES (" +
        tenant() + "," + first + "," + first + ",'1065','infinity','an instruction');" +
        "INSERT INTO mitr.waiting_instruction (tenant_id, id, shard) VALUES (" + tenant() + "," +
        first + ",1);");
    migrate_and_open();
  }
};

TEST_F(BeforeNamesHadKinds, EverythingIsReadAsItWas) {
  const auto tenants = reader_->tenants();
  ASSERT_TRUE(tenants.ok());
  ASSERT_EQ(tenants->size(), 1U);
  EXPECT_EQ((*tenants)[0].numbers, std::vector<std::string>{"1065"});
  const auto stored = reader_->conversation(tenant_, contact_of(1));
  ASSERT_TRUE(stored.ok());
  EXPECT_EQ(stored->wrapped_key, "key 1");
  EXPECT_EQ(stored->details, "details 1");
  EXPECT_EQ(stored->last_seq, 2U);
  EXPECT_FALSE(stored->phone_lost);
  ASSERT_EQ(stored->rows.size(), 2U);
  EXPECT_EQ(stored->rows[1].body, "turn 2");
  const auto due = reader_->due(tenant_, now_ + 1h, 10);
  ASSERT_EQ(due->size(), 1U);
  EXPECT_EQ(due->at(0).row.body, "a notice");
  const auto replies = reader_->unanswered(tenant_, {now_ - 1h, now_ + 1h}, 10);
  ASSERT_EQ(replies->size(), 1U);
  EXPECT_EQ(replies->at(0).row.ref, (OutboxRef{contact_of(1), 2, 0}));
  EXPECT_EQ(reader_->requests(tenant_, 10)->at(0).row.body, "a request");
  EXPECT_EQ(reader_->timers({1}, now_ + 1h, 10)->at(0).contact, contact_of(1));
  EXPECT_EQ(reader_->instructions({1}, 10)->at(0).body, "an instruction");
  EXPECT_EQ(reader_->roster(tenant_)->at(0).body, "a teacher");
  EXPECT_EQ(reader_->deployed_packs()->size(), 1U);
  EXPECT_EQ(reader_->records(tenant_, "pupil", hash_of(11), hash_of(11), 10)->size(), 1U);
  EXPECT_TRUE(reader_->standings()->empty());
  EXPECT_TRUE(reader_->reviews(tenant_, 10)->empty());
  EXPECT_TRUE(reader_->models(tenant_)->empty());
}

TEST_F(BeforeNamesHadKinds, EverybodyIsFoundAndJoinedAsBefore) {
  EXPECT_EQ(reader_->contact_of(tenant_, hash_of(11))->contact, contact_of(1));
  const auto lineage = reader_->lineage(tenant_, contact_of(2));
  ASSERT_EQ(lineage->aliases.size(), 2U);
  EXPECT_EQ(lineage->aliases[0].kind, AliasKind::kUntold);
  EXPECT_FALSE(lineage->aliases[0].passed);
  const Alias phone_of_first{hash_of(11), AliasKind::kPhone};
  const auto joined = claim({{hash_of(12), AliasKind::kBsuid}, phone_of_first});
  EXPECT_EQ(joined.contact, contact_of(1));
  EXPECT_EQ(joined.last_seq, 2U);
  EXPECT_EQ(joined.wrapped_key, "key 1");
  // Who had two names had a bsuid: another one with their phone is somebody new.
  const Alias phone_of_second{hash_of(21), AliasKind::kPhone};
  const auto fresh = claim({{hash_of(23), AliasKind::kBsuid}, phone_of_second}, 60s);
  EXPECT_TRUE(fresh.created);
  EXPECT_EQ(fresh.loser, contact_of(2));
  EXPECT_TRUE(reader_->conversation(tenant_, contact_of(2))->phone_lost);
  EXPECT_EQ(claim({{hash_of(22), AliasKind::kBsuid}}).contact, contact_of(2));
}

TEST_F(BeforeNamesHadKinds, AConversationGoesOn) {
  Append turn;
  turn.tenant = tenant_;
  turn.conversation = contact_of(1);
  turn.seq = 3;
  turn.message = hash_of(99);
  turn.body = "turn 3";
  turn.details = "details, new";
  turn.phone = hash_of(11);
  Batch batch;
  batch.appends = {turn};
  const auto answer = store_->writer()->commit(batch);
  ASSERT_TRUE(answer.ok());
  EXPECT_EQ(answer->appends.at(0), AppendVerdict::kCommitted);
  const auto stored = reader_->conversation(tenant_, contact_of(1));
  EXPECT_EQ(stored->last_seq, 3U);
  EXPECT_EQ(stored->details, "details, new");
  EXPECT_FALSE(stored->phone_lost);
}

/// Phone 11 came to contact 2 from contact 1, which is another person; phone 12 from contact 3,
/// which is the same.
class BeforePhonesRememberedThatTheyPassed : public FilledMigration {
 protected:
  void SetUp() override {
    make(8);
    const auto passed = [&](std::uint8_t phone, std::uint8_t from, int reason,
                            const std::string& at) {
      const auto pair = quoted(contact_of(2).bytes) + "," + quoted(contact_of(from).bytes);
      auto script = "INSERT INTO mitr.alias (tenant_id, hash, contact_id, kind, since) VALUES (" +
                    tenant() + "," + quoted(hash_of(phone).bytes) + "," +
                    quoted(contact_of(2).bytes) + ",2," + at + ");" +
                    "INSERT INTO mitr.lineage (tenant_id, later_id, earlier_id, reason, at) VALUES"
                    " (" +
                    tenant() + "," + pair + ",4," + at + ");";
      if (reason < 4) {
        script +=
            "INSERT INTO mitr.lineage (tenant_id, later_id, earlier_id, reason, at) VALUES (" +
            tenant() + "," + pair + "," + std::to_string(reason) + ",'2026-11-19 08:00Z');";
      }
      return script;
    };
    run(insert_contact(1) + insert_contact(2) + insert_contact(3) +
        passed(11, 1, 4, "'2026-11-20 08:00Z'") + insert_record(5, 41, "'2026-11-19 08:00Z'") +
        insert_record(6, 41, "'2026-11-21 08:00Z'"));
    same_person_ = passed(12, 3, 1, "'2026-11-20 09:00Z'");
  }
  std::string same_person_;
};

TEST_F(BeforePhonesRememberedThatTheyPassed, WhatWasImportedBeforeIsNotFoundByThem) {
  migrate_and_open();
  const auto found = reader_->records(tenant_, "pupil", hash_of(41), hash_of(11), 10);
  ASSERT_TRUE(found.ok());
  ASSERT_EQ(found->size(), 1U);
  EXPECT_EQ(found->at(0).body, "record 6");
}

TEST_F(BeforePhonesRememberedThatTheyPassed, AnImportThatChangesNothingConfirms) {
  migrate_and_open();
  const std::vector<TenantRecord> rows{{hash_of(5), hash_of(5), {hash_of(41)}, "record 5"},
                                       {hash_of(6), hash_of(6), {hash_of(41)}, "record 6"}};
  ASSERT_TRUE(store_->put_records(tenant_, "pupil", rows, true).ok());
  run("UPDATE mitr.record SET confirmed_at = '2026-11-19 08:00Z', updated_at = '2026-11-19 "
      "08:00Z'");
  EXPECT_TRUE(reader_->records(tenant_, "pupil", hash_of(41), hash_of(11), 10)->empty());
  const auto counts = store_->put_records(tenant_, "pupil", rows, false);
  ASSERT_TRUE(counts.ok());
  EXPECT_EQ(*counts, (ImportCounts{0, 0, 2, 0}));
  EXPECT_EQ(reader_->records(tenant_, "pupil", hash_of(41), hash_of(11), 10)->size(), 2U);
}

TEST_F(BeforePhonesRememberedThatTheyPassed, OnePersonsPhoneCameFromNobody) {
  run(same_person_);
  migrate_and_open();
  EXPECT_EQ(reader_->records(tenant_, "pupil", hash_of(41), hash_of(12), 10)->size(), 2U);
}

}  // namespace
}  // namespace mitr::contract
