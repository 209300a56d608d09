// A tenant's trained models as bytes: versioned, checksummed, in one piece. The checksum is against
// damage; against people the bytes are sealed where they rest.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "nlu/apce/language_model.h"
#include "protocols/result.h"

namespace mitr::apce {

std::string encode_model(const LanguageModel& model);
/// `vectors` is the table the model was taught with, if it was; others do no harm to a model
/// without. Fails with kMalformed (not a model, damaged, or of a later version), kTooLarge, or
/// kInvalidConfig (taught with another table); never retry. Whatever the bytes, a model that is
/// read is safe to use.
Result<LanguageModel> decode_model(std::string_view bytes,
                                   std::shared_ptr<const WordVectors> vectors = nullptr);
/// The bytes with the checksum they ought to have: to test what a checksum does not catch.
std::string with_checksum(std::string bytes);

}  // namespace mitr::apce
