// Bytes as a trained model: whatever is read is safe to use, and what is written reads back. Most
// inputs would end at the checksum, so each is tried with the right one too.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "nlu/apce/model_bytes.h"

namespace mitr::apce {
namespace {

/// Like assert, in every build.
void must(bool holds) {
  if (!holds) std::abort();
}

void use(const LanguageModel& model) {
  for (const std::string_view text :
       {"", "my son is ill tomorrow", "फीस कितनी है", "zz zz 500 rs!", "\xFF\xC0"}) {
    if (model.intents) {
      const Classified found = model.intents->classify(text);
      for (const IntentGuess& guess : found.intents) {
        must(guess.intent < model.intents->names().size());
        static_cast<void>(model.intents->evidence(text, guess.intent));
      }
    }
    for (const TaggedSpan& span : model.tag(text, {"date"})) {
      must(span.begin < span.end && span.end <= text.size());
      must(span.slot < model.slots->names().size());
    }
  }
}

void read(const std::string& bytes) {
  const auto model = decode_model(bytes);
  if (!model) return;
  use(*model);
  const std::string again = encode_model(*model);
  must(decode_model(again).ok());
}

}  // namespace
}  // namespace mitr::apce

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  mitr::apce::read(bytes);
  mitr::apce::read(mitr::apce::with_checksum(bytes));
  return 0;
}
