// A poll is looked up again by its request id when its patience ends; it may be gone by then.
#include "tools/graph/polls.h"

#include <utility>

#include "protocols/limits.h"
#include "tools/graph/later.h"

namespace mitr::graph {

Polls::Polls(IoLoop& loop, Render render, Answer answer)
    : loop_(loop), render_(std::move(render)), answer_(std::move(answer)) {}

bool Polls::try_answer(const Poll& poll, bool even_empty) {
  bool empty = false;
  auto body = render_(poll.query, empty);
  if (empty && !even_empty) return false;
  answer_(poll.request, std::move(body));
  return true;
}

void Polls::wait(std::uint64_t request, PollQuery query, std::chrono::milliseconds patience) {
  Poll poll{request, std::move(query)};
  if (try_answer(poll, patience.count() == 0)) return;
  waiting_.push_back(std::move(poll));
  if (waiting_.size() > limits::kSimPollsMax) {
    try_answer(waiting_.front(), true);
    waiting_.pop_front();
  }
  later(loop_, patience, [this, request] {
    waiting_.remove_if(
        [&](const Poll& each) { return each.request == request && try_answer(each, true); });
  });
}

void Polls::news() {
  waiting_.remove_if([&](const Poll& each) { return try_answer(each, false); });
}

}  // namespace mitr::graph
