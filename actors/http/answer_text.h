// An answer as the bytes that go on the wire.
#pragma once

#include <string>

#include "actors/http/server.h"

namespace mitr::net {

struct AnswerForm {
  bool keep_alive = true;
  bool http10 = false;  ///< The client must be told that the connection stays.
  bool head = false;    ///< The body is measured but not sent.
};

/// Replaces `out` with the whole answer; its capacity is kept for the next one.
void write_answer(std::string& out, const HttpAnswer& answer, AnswerForm form);

}  // namespace mitr::net
