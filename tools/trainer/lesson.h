// What a trainer is given and what it makes of it, as bytes: one tenant's examples in, one model
// out. Both ends of the sandbox read and write it; nothing here touches the world.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "nlu/apce/intent_training.h"
#include "protocols/result.h"

namespace mitr {

struct Lesson {
  std::uint64_t seed = 1;
  std::vector<apce::Example> examples;
  std::vector<Personal> heard;  ///< First sentences that nobody labelled: soft evidence.
};

std::string encode(const Lesson& lesson);
/// kMalformed or kTooLarge for bytes that `encode` did not write.
Result<Lesson> decode_lesson(std::string_view bytes);

/// The trainer's whole work: the bytes of a lesson to those of a model, see nlu/apce/model_bytes.h.
/// The same bytes give the same bytes. kInvalidConfig: there are no two intents to part. `vectors`:
/// the bytes of a table of word vectors to teach with (nlu/apce/word_vectors.h); empty: none.
Result<std::string> train(std::string_view lesson, std::string_view vectors = {});

}  // namespace mitr
