// Goal: a lesson crosses the sandbox whole, and what comes back is the model that training here
// would have made. Method: a few examples, in this process and through the real trainer.
#include "tools/trainer/lesson.h"

#include <algorithm>
#include <gtest/gtest.h>

#include "nlu/apce/model_bytes.h"
#include "tools/trainer/sandbox.h"

namespace mitr {
namespace {

Lesson small_lesson() {
  Lesson lesson;
  lesson.seed = 7;
  for (const char* day : {"today", "tomorrow", "on monday", "this week", "on friday"}) {
    lesson.examples.push_back({Personal(std::string("my son is ill ") + day), "leave"});
    lesson.examples.push_back({Personal(std::string("how much is the fee ") + day), "fees"});
    lesson.examples.push_back({Personal(std::string("nice weather ") + day), ""});
    lesson.heard.push_back(Personal(std::string("fee to pay ") + day));
  }
  return lesson;
}

TEST(Lesson, ReadsBackAsItWasWritten) {
  const Lesson lesson = small_lesson();
  const auto read = decode_lesson(encode(lesson));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->seed, 7U);
  EXPECT_EQ(read->heard, lesson.heard);
  ASSERT_EQ(read->examples.size(), lesson.examples.size());
  for (std::size_t i = 0; i < lesson.examples.size(); ++i) {
    EXPECT_EQ(read->examples[i].text, lesson.examples[i].text);
    EXPECT_EQ(read->examples[i].intent, lesson.examples[i].intent);
  }
}

TEST(Lesson, IsRefusedCutShortOrWithMoreBehind) {
  const std::string bytes = encode(small_lesson());
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(decode_lesson(std::string_view(bytes).substr(0, size)).ok()) << size;
  EXPECT_FALSE(decode_lesson(bytes + "x").ok());
}

TEST(Trainer, MakesInTheSandboxWhatItMakesHere) {
  const std::string lesson = encode(small_lesson());
  SandboxParts parts;
  parts.program = MITR_TRAINER;
  const auto there = run_sandboxed(parts, lesson);
  ASSERT_TRUE(there.ok()) << there.error().what;
  const auto model = apce::decode_model(there->bytes);
  ASSERT_TRUE(model.ok());
  EXPECT_EQ(model->intents->names(), (std::vector<std::string>{"fees", "leave"}));
  // Twice the same bytes: the seed and the examples decide.
  EXPECT_EQ(run_sandboxed(parts, lesson)->bytes, there->bytes);
}

/// A table in which each of the words is a direction of its own.
std::string small_table() {
  apce::WordVectors::Parts parts;
  parts.dims = 16;
  std::vector<std::uint32_t> keys;
  for (const char32_t* word : {U"ill", U"sick", U"fee", U"money", U"weather"})
    keys.push_back(apce::word_key(word));
  std::sort(keys.begin(), keys.end());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    parts.scales.push_back(1.0F / 127);
    for (std::size_t n = 0; n < parts.dims; ++n) parts.numbers.push_back(n == i ? 127 : 0);
  }
  parts.keys = apce::KeyDirectory(std::move(keys));
  return apce::encode_vectors(parts);
}

TEST(Trainer, IsGivenATableOfItsOwn) {
  const std::string lesson = encode(small_lesson()), table = small_table();
  SandboxParts parts;
  parts.program = MITR_TRAINER;
  const auto there = run_sandboxed(parts, lesson, table);
  ASSERT_TRUE(there.ok()) << there.error().what;
  EXPECT_NE(there->bytes, run_sandboxed(parts, lesson)->bytes);
  EXPECT_EQ(apce::decode_model(there->bytes).error().code, Errc::kInvalidConfig);
  const auto read = apce::decode_vectors(table);
  ASSERT_TRUE(read.ok());
  EXPECT_TRUE(apce::decode_model(there->bytes, *read).ok());
  const auto refused = run_sandboxed(parts, lesson, table.substr(0, table.size() / 2));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, Errc::kMalformed);
}

TEST(Trainer, DiesOfNoLesson) {
  SandboxParts parts;
  parts.program = MITR_TRAINER;
  for (const std::string bytes :
       {"", "no lesson", "LSN2\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"}) {
    const auto answer = run_sandboxed(parts, bytes);
    ASSERT_FALSE(answer.ok());
    EXPECT_EQ(answer.error().code, Errc::kMalformed);
  }
}

/// Words that try every part that reads them: long, broken, without a space, of nothing.
TEST(Trainer, OutlivesHostileWords) {
  Lesson lesson = small_lesson();
  for (const std::string& words :
       {std::string(4096, 'a'), std::string("\xFF\xFE\xC0\x80"), std::string(3, '\0'),
        std::string(), std::string("\xE2\x80\xAE reversed"), std::string(2000, ' ') + "x"}) {
    lesson.examples.push_back({Personal(words), "leave"});
    lesson.examples.push_back({Personal(words), "fees"});
  }
  SandboxParts parts;
  parts.program = MITR_TRAINER;
  const auto answer = run_sandboxed(parts, encode(lesson));
  ASSERT_TRUE(answer.ok()) << answer.error().what;
  EXPECT_TRUE(apce::decode_model(answer->bytes).ok());
}

}  // namespace
}  // namespace mitr
