// Goal: a model read is the model written, and no bytes are dangerous. Method: a small model whole,
// cut at every length, with every byte changed; with the checksum mended too, so that the reader
// behind it is reached, and what it accepts is used.
#include "nlu/apce/model_bytes.h"

#include <gtest/gtest.h>

#include "protocols/limits.h"
#include "tests/nlu/apce/school_words.h"

namespace mitr::apce {
namespace {

constexpr std::size_t kHeaderBytes = 24;

const LanguageModel& school() {
  static const LanguageModel model{*train_intents(school_examples()),
                                   *train_slots(school_marked())};
  return model;
}
const std::string& school_bytes() {
  static const std::string bytes = encode_model(school());
  return bytes;
}
void use(const LanguageModel& model) {
  const std::string text = "leave for my daughter Asha Rao on monday";
  if (model.intents) {
    const Classified classified = model.intents->classify(text);
    EXPECT_FALSE(model.intents->evidence(text, classified.intents.at(0).intent).empty());
  }
  if (model.slots) {
    for (const TaggedSpan& span : model.slots->tag(Words(text))) {
      EXPECT_LT(span.slot, model.slots->names().size());
    }
  }
}

TEST(ModelBytes, ReadWhatWasWritten) {
  const auto model = decode_model(school_bytes());
  ASSERT_TRUE(model);
  for (const char* text : {"leave for Ravi tomorrow", "the bus is late", "xyz", ""}) {
    const Classified read = model->intents->classify(text);
    const Classified made = school().intents->classify(text);
    EXPECT_EQ(read.inside_permille, made.inside_permille);
    EXPECT_EQ(read.rejected, made.rejected);
    for (std::size_t i = 0; i < made.intents.size(); ++i) {
      EXPECT_EQ(read.intents[i].intent, made.intents[i].intent);
      EXPECT_EQ(read.intents[i].permille, made.intents[i].permille);
    }
    EXPECT_EQ(model->slots->tag(Words(text)).size(), school().slots->tag(Words(text)).size());
  }
}

TEST(ModelBytes, AreTheSameWrittenAgain) {
  EXPECT_EQ(encode_model(*decode_model(school_bytes())), school_bytes());
}

TEST(ModelBytes, MayHoldOneModelOrNone) {
  EXPECT_TRUE(decode_model(encode_model({})));
  const auto intents = decode_model(encode_model({school().intents, nullptr}));
  ASSERT_TRUE(intents);
  EXPECT_EQ(intents->slots, nullptr);
}

TEST(ModelBytes, HoldNoneOfTheWords) {
  EXPECT_EQ(school_bytes().find("Asha"), std::string::npos);
  EXPECT_EQ(school_bytes().find("daughter"), std::string::npos);
}

TEST(ModelBytes, AreRefusedWhenCut) {
  for (std::size_t size = 0; size < school_bytes().size(); size += 1 + size / 50) {
    const auto model = decode_model(std::string_view(school_bytes()).substr(0, size));
    ASSERT_FALSE(model) << size;
    EXPECT_EQ(model.error().code, Errc::kMalformed);
  }
}

TEST(ModelBytes, AreRefusedWhenChanged) {
  for (std::size_t at = 0; at < school_bytes().size(); at += 1 + at / 50) {
    std::string bytes = school_bytes();
    bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
    EXPECT_FALSE(decode_model(bytes)) << at;
  }
}

TEST(ModelBytes, AreHarmlessEvenUnderARightChecksum) {
  std::size_t accepted = 0;
  for (std::size_t at = kHeaderBytes; at < school_bytes().size(); at += 1 + at / 200) {
    for (const unsigned flip : {0x01U, 0x80U, 0xFFU}) {
      std::string bytes = school_bytes();
      bytes[at] = static_cast<char>(static_cast<unsigned char>(bytes[at]) ^ flip);
      const auto model = decode_model(with_checksum(std::move(bytes)));
      if (!model) continue;
      ++accepted;
      use(*model);
    }
  }
  EXPECT_GT(accepted, 0U);
}

TEST(ModelBytes, AreHarmlessWhenCutUnderARightChecksum) {
  for (std::size_t size = kHeaderBytes; size < school_bytes().size(); size += 1 + size / 100) {
    EXPECT_FALSE(decode_model(with_checksum(school_bytes().substr(0, size)))) << size;
  }
}

TEST(ModelBytes, AreRefusedBeyondTheirBound) {
  const auto model = decode_model(std::string(limits::kApceModelBytesMax + 1, '\0'));
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, Errc::kTooLarge);
}

}  // namespace
}  // namespace mitr::apce
