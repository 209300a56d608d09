// A send as the driver's Graph endpoint reads it: only what is verified or repeated in a status.
// The full check that Meta makes is tools/graph/send_request.h; one of them per reply would cost
// more than the rest of the driver.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace mitr::load {

struct SentReply {
  enum class Kind : std::uint8_t { kWords = 1, kTemplate, kReadMark };
  Kind kind = Kind::kWords;
  std::string_view number;  ///< phone_number_id of the path.
  std::string_view to;      ///< Digits.
  std::string_view text;    ///< Of a text or of an interactive message's body.
  std::string_view callback;
};

class SentReplyReader {
 public:
  SentReplyReader();
  ~SentReplyReader();
  /// Nothing if this is no send. The views are good until the next call, as long as the arguments
  /// live.
  std::optional<SentReply> read(std::string_view target, std::string_view body);

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace mitr::load
