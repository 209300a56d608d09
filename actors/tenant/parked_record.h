// What is left of a conversation that has nothing in hand, and its bytes in memory. They are never
// stored: there is no version, and only this process reads them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "protocols/result.h"

namespace mitr {

struct ParkedRecord {
  std::uint64_t last_seq = 0;
  std::int64_t timer_at = 0;
  std::string state;    ///< Encoded DialogueState; empty: nothing in hand.
  std::string details;  ///< Encoded ContactDetails.
  bool operator==(const ParkedRecord&) const = default;
};

std::string encode(const ParkedRecord& record);
/// Bytes behind the record are ignored: they come back filled up. kMalformed for anything `encode`
/// did not write.
Result<ParkedRecord> decode_parked(std::string_view bytes);

}  // namespace mitr
