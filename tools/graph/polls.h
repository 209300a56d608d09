// Pages and terminals that wait for news (long polling). Runs on the loop's thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <list>
#include <string>

#include "actors/http/io_loop.h"
#include "protocols/personal.h"

namespace mitr::graph {

/// What a page asks for: news after `after`, of one number or (empty) of all. `known` is what it
/// was last told of the webhook; a difference is news too, even if it came about between two polls.
struct PollQuery {
  std::uint64_t after = 0;
  std::string number;
  std::string known;
};

class Polls {
 public:
  /// Renders what a poll would get now; `empty` is set if there is nothing to tell.
  using Render = std::function<Personal(const PollQuery& query, bool& empty)>;
  using Answer = std::function<void(std::uint64_t request, Personal body)>;

  Polls(IoLoop& loop, Render render, Answer answer);
  /// Answers at once if there is news or `patience` is zero, else when there is, at the latest
  /// after `patience`.
  void wait(std::uint64_t request, PollQuery query, std::chrono::milliseconds patience);
  /// Something happened.
  void news();

 private:
  struct Poll {
    std::uint64_t request;
    PollQuery query;
  };
  bool try_answer(const Poll& poll, bool even_empty);

  IoLoop& loop_;
  Render render_;
  Answer answer_;
  std::list<Poll> waiting_;
};

}  // namespace mitr::graph
