// Goal: of reviews that say something wrong most teach nothing, and hardly a true one is lost.
// Method: the strangers of each pack as reviews, each of a contact of its own; three in a hundred
// labels are another flow's. Prints what was caught, what was lost, and what was lost of those that
// the pack alone has wrong, for these are what reviews are for.
#include <gtest/gtest.h>
#include <iostream>
#include <set>

#include "config/pack_file.h"
#include "nlu/apce/intent_training.h"
#include "nlu/learning/doubting.h"
#include "nlu/learning/score.h"
#include "nlu/patterns/opening_model.h"
#include "tests/nlu/packs/opening.h"

namespace mitr {
namespace {

ContactId person(std::size_t number) {
  ContactId id;
  for (std::size_t i = 0; i < 4; ++i) id.bytes[i] = static_cast<std::uint8_t>(number >> (8 * i));
  return id;
}

struct Count {
  int poisoned = 0;
  int caught = 0;
  int true_ones = 0;
  int lost = 0;
  int news = 0;  ///< True ones that the pack alone has wrong.
  int news_lost = 0;
};

std::shared_ptr<const apce::IntentModel> taught(const Pack& pack,
                                                const std::vector<ReviewedWords>& others) {
  apce::IntentSettings settings;
  settings.names_teach = false;
  settings.folds = 2;
  auto model = apce::train_intents(lesson_rows(pack, Examples::kAll, others), settings);
  return model ? *std::move(model) : nullptr;
}

/// One label in `of` is the next flow's.
Count poisoned(const std::string& name, std::size_t of) {
  const auto pack = load_pack("config/packs/" + name).pack;
  std::vector<ReviewedWords> teach;
  std::set<std::size_t> wrong;
  const auto openings = openings_in("tests/nlu/packs/strangers.tsv", name);
  for (std::size_t i = 0; i < openings.size(); ++i) {
    ReviewedWords review{person(i), 1, openings[i].flow, Personal(openings[i].words)};
    if (!is_label(*pack, review.label)) continue;
    if (i % of == of / 2) {
      const auto& flows = pack->flows();
      std::size_t next = i % flows.size();
      if (flows[next].name == review.label) next = (next + 1) % flows.size();
      review.label = flows[next].name;
      wrong.insert(i);
    }
    teach.push_back(std::move(review));
  }
  const auto alone = taught(*pack, {});
  const std::vector<ReviewedWords> all = teach;
  const auto doubted = take_doubted(
      teach, [&](const std::vector<ReviewedWords>& others) { return taught(*pack, others); });
  std::set<ContactId> taken;
  for (const auto& each : doubted) taken.insert(each.contact);
  Count count;
  for (const auto& each : all) {
    const bool gone = taken.contains(each.contact);
    const std::size_t number = each.contact.bytes[0] + std::size_t{256} * each.contact.bytes[1];
    if (wrong.contains(number)) {
      ++count.poisoned;
      count.caught += gone ? 1 : 0;
      continue;
    }
    ++count.true_ones;
    count.lost += gone ? 1 : 0;
    const auto found = alone->classify(each.words.reveal());
    const bool nothing = found.rejected || found.intents.empty();
    const bool understood = each.label == (nothing ? std::string(kBeginsNothing)
                                                   : alone->names()[found.intents.front().intent]);
    count.news += understood ? 0 : 1;
    count.news_lost += !understood && gone ? 1 : 0;
  }
  std::cout << name << ", one in " << of << ": " << count.caught << " of " << count.poisoned
            << " wrong labels teach nothing; of " << count.true_ones << " true ones " << count.lost
            << " neither, of " << count.news << " that the pack alone has not right "
            << count.news_lost << '\n';
  return count;
}

void expect_guarded(const std::string& name) {
  const Count count = poisoned(name, 33);
  ASSERT_GT(count.poisoned, 5);
  EXPECT_GE(count.caught * 10, count.poisoned * 4) << name;
  EXPECT_LE(count.lost * 100, count.true_ones) << name;
}

TEST(PoisonedReviews, OfASchoolTeachLittle) {
  expect_guarded("school");
}
TEST(PoisonedReviews, OfAShopTeachLittle) {
  expect_guarded("merchant");
}
TEST(PoisonedReviews, OfAClinicTeachLittle) {
  expect_guarded("clinic");
}
TEST(PoisonedReviews, OfASupportDeskTeachLittle) {
  expect_guarded("enterprise");
}

}  // namespace
}  // namespace mitr
