#include "tools/trainer/lesson.h"

#include "nlu/apce/model_bytes.h"
#include "nlu/apce/packed_bytes.h"
#include "protocols/limits.h"

namespace mitr {
namespace {

constexpr std::uint32_t kMagic = 0x324E534C;  // "LSN2"

}  // namespace

std::string encode(const Lesson& lesson) {
  apce::PackedWriter out;
  out.fixed(kMagic);
  out.fixed(lesson.seed);
  out.small(lesson.examples.size());
  for (const apce::Example& example : lesson.examples) {
    out.text(example.intent);
    out.text(example.text.reveal());
  }
  out.small(lesson.heard.size());
  for (const Personal& words : lesson.heard) out.text(words.reveal());
  return std::move(out.bytes());
}

Result<Lesson> decode_lesson(std::string_view bytes) {
  if (bytes.size() > limits::kLessonBytesMax)
    return Error{Errc::kTooLarge, "a lesson larger than any we give"};
  apce::PackedReader in(bytes);
  if (in.fixed<std::uint32_t>() != kMagic)
    return Error{Errc::kMalformed, "these bytes are no lesson"};
  Lesson lesson;
  lesson.seed = in.fixed<std::uint64_t>();
  lesson.examples.resize(in.count(2));
  for (apce::Example& example : lesson.examples) {
    example.intent = in.text(limits::kApceNameBytesMax);
    example.text = Personal(in.text(limits::kTextBytesMax));
  }
  lesson.heard.resize(in.count(1));
  for (Personal& words : lesson.heard) words = Personal(in.text(limits::kTextBytesMax));
  if (!in.finished()) return Error{Errc::kMalformed, "a lesson that contradicts itself"};
  return lesson;
}

Result<std::string> train(std::string_view lesson_bytes, std::string_view vectors) {
  const auto lesson = decode_lesson(lesson_bytes);
  if (!lesson) return lesson.error();
  apce::IntentSettings settings;
  settings.names_teach = false;
  settings.folds = 2;
  settings.svm.seed = lesson->seed;
  if (!vectors.empty()) {
    auto table = apce::decode_vectors(vectors);
    if (!table) return table.error();
    settings.vectors = *std::move(table);
  }
  auto intents = apce::train_intents(lesson->examples, settings, lesson->heard);
  if (!intents) return intents.error();
  return apce::encode_model({*std::move(intents), nullptr});
}

}  // namespace mitr
