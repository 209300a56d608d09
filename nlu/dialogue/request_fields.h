// The fields of a filed request as bytes for sealing: JSON-free, length-prefixed, versioned.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "protocols/personal.h"
#include "protocols/result.h"

namespace mitr {

using RequestFields = std::vector<std::pair<std::string, Personal>>;

std::string encode_fields(const RequestFields& fields);
/// kMalformed for bytes `encode_fields` did not write.
Result<RequestFields> decode_fields(std::string_view bytes);

}  // namespace mitr
