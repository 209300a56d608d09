// Webhooks in the order somebody wants to see them arrive: duplicated, late, shuffled, in batches.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/personal.h"
#include "protocols/result.h"
#include "tools/graph/settings.h"

namespace mitr::graph {

/// One webhook of a script.
struct ScriptLine {
  std::string kind;  ///< One of webhook_kinds().
  std::string number;
  Personal from;
  Personal text;
  std::string callback;
  std::size_t times = 1;               ///< Copies, the same to the last byte.
  std::chrono::milliseconds after{0};  ///< From the start of the script.
  std::size_t about = 0;  ///< Place of the line, from 1, whose message this one names; 0: the line
                          ///< before, or, of the first, one that never comes.
  bool phone_hidden = false;
};

struct WebhookScript {
  std::vector<ScriptLine> lines;
  std::size_t batch = 1;  ///< Webhooks in one POST, at most.
  bool shuffled = false;
  std::uint64_t seed = 1;
  bool concurrent = false;  ///< POSTs do not wait for each other's answer.
};

/// {"lines": [{"kind": "text", "number": "…", "from": "…", "text": "…", "times": 2, "after_ms": 50,
/// "about": 1, "callback": "…", "phone_hidden": true}], "batch": 10, "shuffled": true, "seed": 7,
/// "concurrent": true}.
/// kMalformed names what is wrong and where.
Result<WebhookScript> read_script(std::string_view json);

/// One POST of a script.
struct ScriptedPost {
  std::chrono::milliseconds after{0};  ///< A batch leaves when its last webhook is due.
  Personal body;
};

/// The POSTs in the order they leave. The same script at the same time makes the same, but for the
/// ids of its messages. kNotFound names a kind or number that there is not.
Result<std::vector<ScriptedPost>> plan_posts(const WebhookScript& script,
                                             const std::vector<SimNumber>& numbers,
                                             std::chrono::sys_seconds now);

}  // namespace mitr::graph
