// Goal: words that nobody understood are reviewed, learnt in the sandbox, tried, promoted into a
// running node, and taken back; who is erased teaches nothing more. Method: a node's actors, the
// store in memory, and the real trainer.
#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "actors/tenant/model_row.h"
#include "nlu/apce/intent_training.h"
#include "nlu/apce/model_bytes.h"
#include "tests/support/actor_world.h"
#include "tools/mitr/model_training.h"
#include "tools/mitr/model_trial.h"
#include "tools/mitr/review_list.h"

namespace mitr {
namespace {

using ::testing::HasSubstr;

/// A word of the town's own, for what is to be paid: no pack has it.
constexpr const char* kSaid[] = {
    "zarplon kitna hai",         "zarplon of this month",
    "tell me the zarplon",       "zarplon baki hai kya",
    "what is my zarplon",        "zarplon for asha",
    "pending zarplon please",    "zarplon details bhejo",
    "how much zarplon now",      "zarplon amount",
    "zarplon of second term",    "kitna zarplon dena hai",
    "zarplon still open",        "is any zarplon left",
    "zarplon balance",           "we want to know zarplon",
    "zarplon total batao",       "last date zarplon",
    "zarplon for both children", "zarplon of class 5",
    "old zarplon kitna",         "zarplon till march",
    "send zarplon to my number", "zarplon ka hisab",
};
constexpr const char* kLater = "919800000099";

std::string phone(std::size_t number) {
  return "9198000" + std::to_string(20'000 + number);
}

class Learning : public ::testing::Test {
 protected:
  void SetUp() override {
    world_.deploy("config/packs/school");
    for (std::size_t i = 0; i < std::size(kSaid); ++i) {
      world_.say(phone(i), kSaid[i]);
      world_.run();
    }
    auto tenants = open_tenants(*reader_, world_.root(), "school");
    ASSERT_TRUE(tenants.ok());
    tenant_ = std::move(tenants->front());
    const auto pack = newest_pack(*reader_, tenant_);
    ASSERT_TRUE(pack.ok());
    pack_ = *pack;
  }

  std::vector<ReviewSuggestion> suggested() {
    auto found = suggest_reviews(*reader_, tenant_, *pack_, nullptr, {{}, 100});
    EXPECT_TRUE(found.ok());
    return *std::move(found);
  }

  /// Somebody says of all that is suggested that it means `label`.
  void accept_all(const std::string& label) {
    for (const auto& each : suggested())
      ASSERT_TRUE(world_.store.put_review(tenant_.row.id, {each.turn, label}).ok());
  }

  Curriculum curriculum() {
    auto reviewed = read_reviewed(*reader_, tenant_);
    EXPECT_TRUE(reviewed.ok());
    erased_ = reviewed->erased;
    return curriculum_of(*pack_, std::move(reviewed->words));
  }

  TrainedModel train() {
    TrainingRequest request;
    request.sandbox.program = MITR_TRAINER;
    request.told = [](const std::string&) {};
    auto trained = train_model(world_.store, tenant_, *pack_, curriculum(), request);
    EXPECT_TRUE(trained.ok()) << (trained.ok() ? "" : trained.error().what);
    return trained.ok() ? *std::move(trained) : TrainedModel{};
  }

  LiveModel::Model model(std::uint32_t number) {
    return *load_model(*reader_, tenant_.row.id, tenant_.key, number);
  }

  /// What a parent who never wrote before is told.
  std::string answered(const std::string& words) {
    world_.say(kLater, words);
    world_.run();
    const auto replies = world_.replies(kLater);
    return replies.empty() ? std::string() : replies.back();
  }

  ActorWorld world_;
  std::unique_ptr<Reader> reader_ = world_.store.reader();
  OpenTenant tenant_;
  std::shared_ptr<const Pack> pack_;
  std::size_t erased_ = 0;
};

TEST_F(Learning, OffersWhatWasNotUnderstoodOnce) {
  const auto found = suggested();
  // Of the others the pack's model was sure, or hardly sure, by the words around that one.
  ASSERT_GE(found.size(), std::size(kSaid) / 2);
  EXPECT_GT(std::count_if(found.begin(), found.end(),
                          [](const auto& each) { return each.worth == Worth::kNotUnderstood; }),
            std::ssize(kSaid) / 3);
  ASSERT_TRUE(world_.store.put_review(tenant_.row.id, {found[0].turn, "fees_due"}).ok());
  ASSERT_TRUE(world_.store.put_review(tenant_.row.id, {found[1].turn, ""}).ok());
  EXPECT_EQ(suggested().size(), found.size() - 2);
}

TEST_F(Learning, IsTakenOverByANodeThatRunsAndTakenBack) {
  accept_all("fees_due");
  const auto trained = train();
  const auto before = answered("the zarplon of ours");
  ASSERT_TRUE(world_.store.promote_model(tenant_.row.id, trained.number).ok());
  world_.advance(limits::kPackPoll * 2);
  EXPECT_NE(answered("the zarplon of ours"), before);
  EXPECT_THAT(world_.replies(kLater).back(), HasSubstr("which student"));
  // A node that starts later knows it from its first turn on.
  world_.crash();
  world_.restart();
  world_.say("919800000098", "the zarplon of ours");
  world_.run();
  EXPECT_THAT(world_.replies("919800000098").back(), HasSubstr("which student"));
  ASSERT_TRUE(world_.store.roll_back_model(tenant_.row.id, trained.number).ok());
  world_.advance(limits::kPackPoll * 2);
  world_.say("919800000097", "the zarplon of ours");
  world_.run();
  EXPECT_EQ(world_.replies("919800000097").back(), before);
}

TEST_F(Learning, IsTriedOnWhatItWasNotTaughtAndInTheShadow) {
  accept_all("fees_due");
  const auto trained = train();
  const auto taught = curriculum();
  ASSERT_GT(taught.test.size(), 0U);
  const auto trial =
      try_model(*reader_, tenant_, {*pack_, nullptr, model(trained.number), taught.test, {}});
  ASSERT_TRUE(trial.ok());
  EXPECT_GT(trial->candidate.score().right, trial->live.score().right);
  EXPECT_EQ(trial->shadowed, std::size(kSaid));
  EXPECT_GT(trial->differences.size(), std::size(kSaid) / 3);
  EXPECT_EQ(worse_because(*trial, trained.manifest), "");
  // The other way round it is worse.
  const auto back =
      try_model(*reader_, tenant_, {*pack_, model(trained.number), nullptr, taught.test, {}});
  ASSERT_TRUE(back.ok());
  EXPECT_THAT(worse_because(*back, trained.manifest), HasSubstr("worse than the live one"));
}

TEST_F(Learning, IsTheSameFromTheSame) {
  accept_all("fees_due");
  const auto one = train(), two = train();
  EXPECT_EQ(two.number, one.number + 1);
  const auto body = [&](std::uint32_t number) {
    const auto row = reader_->model(tenant_.row.id, number);
    return *open_sealed(tenant_.key, model_body_of(tenant_.row.id, number), row->body);
  };
  EXPECT_EQ(body(one.number), body(two.number));
}

TEST_F(Learning, ForgetsWhoIsErased) {
  accept_all("fees_due");
  const auto trained = train();
  auto models = read_models(*reader_, tenant_);
  ASSERT_TRUE(models.ok());
  EXPECT_EQ(models->front().erased, 0U);
  ASSERT_FALSE(trained.manifest.references.empty());
  const auto contact = trained.manifest.references.front().turn.contact;
  const auto seq = reader_->conversation(tenant_.row.id, contact)->last_seq;
  ASSERT_TRUE(world_.store.erase_contact(tenant_.row.id, {contact, seq, 0}).ok());
  models = read_models(*reader_, tenant_);
  ASSERT_TRUE(models.ok());
  EXPECT_EQ(models->front().erased, 1U) << "the model is stale";
  const auto again = train();
  EXPECT_EQ(erased_, 0U) << "its review is gone too";
  for (const auto& reference : again.manifest.references)
    EXPECT_NE(reference.turn.contact, contact);
  EXPECT_GT(again.manifest.references.size(), std::size(kSaid) / 3);
}

TEST_F(Learning, KeepsItsOldModelWhereTheNewOneIsDamaged) {
  accept_all("fees_due");
  const auto trained = train();
  ASSERT_TRUE(world_.store.promote_model(tenant_.row.id, trained.number).ok());
  world_.advance(limits::kPackPoll * 2);
  auto row = *reader_->model(tenant_.row.id, trained.number);
  row.number += 1;  // Sealed for another place.
  ASSERT_TRUE(world_.store.put_model(tenant_.row.id, row).ok());
  ASSERT_TRUE(world_.store.promote_model(tenant_.row.id, row.number).ok());
  world_.advance(limits::kPackPoll * 2);
  EXPECT_THAT(answered("the zarplon of ours"), HasSubstr("which student"));
}

/// As `mitr train` makes one for a tenant with few examples.
ModelRow taught_with_a_table(const OpenTenant& tenant, std::uint32_t number,
                             const std::shared_ptr<const apce::WordVectors>& table) {
  apce::IntentSettings settings;
  settings.vectors = table;
  std::vector<apce::Example> few;
  for (const char* words : {"zarplon please", "my zarplon", "the zarplon of ours"})
    few.push_back({Personal(words), "fees_due"});
  for (const char* words : {"leave for my son", "he is ill", "she will not come"})
    few.push_back({Personal(words), "leave"});
  const auto model = apce::train_intents(few, settings);
  ModelManifest manifest;
  manifest.vectors = table->hash();
  return {number, seal(tenant.key, model_manifest_of(tenant.row.id, number), encode(manifest)),
          seal(tenant.key, model_body_of(tenant.row.id, number),
               apce::encode_model({*model, nullptr}))};
}

TEST_F(Learning, IsRefusedWithoutTheTableItWasTaughtWith) {
  apce::WordVectors::Parts parts;
  parts.dims = 16;
  parts.keys = apce::KeyDirectory({apce::word_key(U"zarplon")});
  parts.scales = {1.0F / 127};
  parts.numbers.assign(parts.dims, 9);
  const auto table = *apce::decode_vectors(apce::encode_vectors(parts));
  const auto before = answered("the zarplon of ours");
  ASSERT_TRUE(world_.store.put_model(tenant_.row.id, taught_with_a_table(tenant_, 1, table)).ok());
  ASSERT_TRUE(world_.store.promote_model(tenant_.row.id, 1).ok());
  world_.advance(limits::kPackPoll * 2);
  world_.say("919800000096", "the zarplon of ours");
  world_.run();
  EXPECT_EQ(world_.replies("919800000096").back(), before) << "the pack's own examples decide";
  const auto alone = load_model(*reader_, tenant_.row.id, tenant_.key, 1);
  ASSERT_FALSE(alone.ok());
  EXPECT_EQ(alone.error().code, Errc::kInvalidConfig);
  EXPECT_THAT(alone.error().what, HasSubstr("models: {vectors: FILE}"));
  EXPECT_TRUE(load_model(*reader_, tenant_.row.id, tenant_.key, 1, table).ok());
}

TEST(ModelTrial, RefusesWhatMakesThePacksOwnExamplesWorse) {
  const Trial trial;
  ModelManifest manifest;
  manifest.guard_before = {.right = 90, .wrong = 10};
  manifest.guard_after = {.right = 88, .wrong = 11, .missed = 1};
  EXPECT_EQ(worse_because(trial, manifest), "") << "so much is chance";
  manifest.guard_after = {.right = 88, .wrong = 12};
  EXPECT_THAT(worse_because(trial, manifest), HasSubstr("the pack's own examples"));
}

TEST(ModelManifest, ReadsBackAsItWasWritten) {
  ModelManifest manifest;
  manifest.pack.bytes = {1, 2, 3};
  manifest.seed = 9;
  manifest.examples = 716;
  manifest.references = {{{random_id<ContactId>(), 300}, "leave"},
                         {{random_id<ContactId>(), 1}, "-"}};
  manifest.guard_before = {1, 2, 3, 4};
  manifest.cpu_ms = 130;
  manifest.vectors = 77;
  const std::string bytes = encode(manifest);
  const auto read = decode_manifest(bytes);
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(*read, manifest);
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(decode_manifest(std::string_view(bytes).substr(0, size)).ok());
}

/// What is being understood while the model is replaced ends with the one it began with.
TEST(LiveModel, IsHeldByWhoUnderstandsMeanwhile) {
  LiveModel live;
  auto first = std::make_shared<const OpeningModel>(std::shared_ptr<const apce::IntentModel>{});
  const std::weak_ptr<const OpeningModel> watched = first;
  live.replace(1, std::move(first));
  {
    DialogueSettings turn;
    turn.openings = live.model();
    live.replace(2, nullptr);
    EXPECT_EQ(turn.openings, watched.lock());
    EXPECT_EQ(live.model(), nullptr);
    EXPECT_EQ(live.number(), 2U);
  }
  EXPECT_TRUE(watched.expired());
}

}  // namespace
}  // namespace mitr
