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

class Polls {
 public:
  /// Renders what a poll would get now; `empty` is set if there is nothing to tell.
  using Render =
      std::function<Personal(std::uint64_t after, const std::string& number, bool& empty)>;
  using Answer = std::function<void(std::uint64_t request, Personal body)>;

  Polls(IoLoop& loop, Render render, Answer answer);
  /// Answers at once if there is news or `patience` is zero, else when there is, at the latest
  /// after `patience`.
  void wait(std::uint64_t request, std::uint64_t after, std::string number,
            std::chrono::milliseconds patience);
  /// Something happened. `all`: answer everybody, with or without events.
  void news(bool all = false);

 private:
  struct Poll {
    std::uint64_t request;
    std::uint64_t after;
    std::string number;
  };
  bool try_answer(const Poll& poll, bool even_empty);

  IoLoop& loop_;
  Render render_;
  Answer answer_;
  std::list<Poll> waiting_;
};

}  // namespace mitr::graph
