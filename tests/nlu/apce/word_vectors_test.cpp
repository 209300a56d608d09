// Goal: words the examples do not hold are understood by their meaning, no table is dangerous, and
// a model is never used with a table it was not taught with. Method: a table of a few words made
// here, two directions of sixteen; whole, cut, changed, and changed under a right checksum.
#include "nlu/apce/word_vectors.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>

#include "nlu/apce/intent_training.h"
#include "nlu/apce/model_bytes.h"
#include "protocols/limits.h"
#include "tests/nlu/apce/school_words.h"

namespace mitr::apce {
namespace {

constexpr std::uint32_t kDims = 16;

/// Words of one meaning have one direction.
std::string table_bytes(const std::vector<std::vector<std::u32string>>& meanings) {
  std::map<std::uint32_t, std::uint32_t> directions;
  for (std::uint32_t i = 0; i < meanings.size(); ++i) {
    for (const auto& word : meanings[i]) directions.emplace(word_key(word), i);
  }
  WordVectors::Parts parts;
  parts.dims = kDims;
  std::vector<std::uint32_t> keys;
  for (const auto& [key, direction] : directions) {
    keys.push_back(key);
    parts.scales.push_back(1.0F / 127);
    for (std::uint32_t i = 0; i < kDims; ++i) parts.numbers.push_back(i == direction ? 127 : 0);
  }
  parts.keys = KeyDirectory(std::move(keys));
  return encode_vectors(parts);
}
const std::string& bytes() {
  static const std::string made = table_bytes({{U"refund", U"money", U"reimbursement"},
                                               {U"late", U"delay", U"tardy"},
                                               {U"order", U"parcel"}});
  return made;
}
std::shared_ptr<const WordVectors> table() {
  static const std::shared_ptr<const WordVectors> read = *decode_vectors(bytes());
  return read;
}
std::vector<float> vector_of(std::string_view text) {
  return table()->vector_of(Words(text));
}

std::vector<Example> few() {
  return {{Personal("I want my money"), "pay"},    {Personal("refund please"), "pay"},
          {Personal("why so late"), "wait"},       {Personal("there is a delay"), "wait"},
          {Personal("show the parcel"), "parcel"}, {Personal("my order"), "parcel"}};
}
std::shared_ptr<const IntentModel> taught(std::shared_ptr<const WordVectors> vectors,
                                          const std::vector<Example>& examples = few()) {
  IntentSettings settings;
  settings.vectors = std::move(vectors);
  return *train_intents(examples, settings);
}
std::string intent_of(const IntentModel& model, std::string_view text) {
  return model.names()[model.classify(text).intents.at(0).intent];
}

TEST(WordVectors, LieAlikeForWordsUsedAlike) {
  EXPECT_EQ(vector_of("refund"), vector_of("Money!"));
  EXPECT_NE(vector_of("refund"), vector_of("late"));
}

TEST(WordVectors, AreNoneForWordsTheTableDoesNotHold) {
  EXPECT_TRUE(vector_of("xyzzy").empty());
  EXPECT_TRUE(vector_of("").empty());
}

TEST(WordVectors, AreNoneWhereWordsCancelOut) {
  WordVectors::Parts parts;
  parts.dims = kDims;
  parts.keys = KeyDirectory({word_key(U"void")});
  parts.scales = {0};
  parts.numbers.assign(kDims, 1);
  const auto none = decode_vectors(encode_vectors(parts));
  ASSERT_TRUE(none);
  EXPECT_TRUE((*none)->vector_of(Words("void")).empty());
}

TEST(WordVectors, MakeAModelKnowWordsItWasNotTaught) {
  const auto model = taught(table());
  EXPECT_EQ(intent_of(*model, "reimbursement"), "pay");
  EXPECT_EQ(intent_of(*model, "tardy"), "wait");
}

TEST(WordVectors, LeaveAModelOfManyExamplesAsItIs) {
  std::vector<Example> many;
  for (int i = 0; i < 8; ++i) {
    for (const Example& example : few()) many.push_back(example);
  }
  EXPECT_EQ(encode_model({taught(table(), many), nullptr}),
            encode_model({taught(nullptr, many), nullptr}));
  EXPECT_NE(encode_model({taught(table()), nullptr}), encode_model({taught(nullptr), nullptr}));
}

TEST(WordVectors, AreReadBackWithTheirModel) {
  const auto model = taught(table());
  const std::string written = encode_model({model, nullptr});
  const auto read = decode_model(written, table());
  ASSERT_TRUE(read);
  EXPECT_EQ(encode_model(*read), written);
  EXPECT_EQ(intent_of(*read->intents, "tardy"), "wait");
}

TEST(WordVectors, OfAnotherTableAreRefusedByAModel) {
  const std::string written = encode_model({taught(table()), nullptr});
  const auto other = decode_vectors(table_bytes({{U"refund"}, {U"late"}}));
  ASSERT_TRUE(other);
  for (const auto& vectors : {std::shared_ptr<const WordVectors>(), *other}) {
    const auto read = decode_model(written, vectors);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, Errc::kInvalidConfig);
  }
}

TEST(WordVectors, DoNoHarmToAModelWithout) {
  EXPECT_TRUE(decode_model(encode_model({taught(nullptr), nullptr}), table()));
}

TEST(WordVectors, AreRefusedWhenCutOrChanged) {
  for (std::size_t at = 0; at < bytes().size(); ++at) {
    const auto cut = decode_vectors(std::string_view(bytes()).substr(0, at));
    ASSERT_FALSE(cut) << at;
    EXPECT_EQ(cut.error().code, Errc::kMalformed);
    std::string changed = bytes();
    changed[at] = static_cast<char>(changed[at] ^ 0x10);
    EXPECT_FALSE(decode_vectors(changed)) << at;
  }
}

TEST(WordVectors, AreRefusedBeyondTheirBound) {
  const auto read = decode_vectors(std::string(limits::kApceVectorsBytesMax + 1, '\0'));
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, Errc::kTooLarge);
}

TEST(WordVectors, OfAModelAreHarmlessEvenUnderARightChecksum) {
  const std::string written = encode_model({taught(table()), nullptr});
  std::size_t accepted = 0;
  for (std::size_t at = 24; at < written.size(); at += 1 + at / 200) {
    for (const unsigned flip : {0x01U, 0x80U, 0xFFU}) {
      std::string changed = written;
      changed[at] = static_cast<char>(static_cast<unsigned char>(changed[at]) ^ flip);
      const auto model = decode_model(with_checksum(std::move(changed)), table());
      if (!model) continue;
      ++accepted;
      EXPECT_FALSE(model->intents->classify("the refund is late").intents.empty());
    }
  }
  EXPECT_GT(accepted, 0U);
}

}  // namespace
}  // namespace mitr::apce
