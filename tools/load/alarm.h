// One timer of the loop: rings at the earliest moment asked for, then waits to be set again.
#pragma once

#include <functional>
#include <memory>

#include "actors/http/io_loop.h"
#include "tools/load/ledger.h"

namespace mitr::load {

class Alarm {
 public:
  Alarm(IoLoop& loop, std::function<void()> ring);
  ~Alarm();
  /// On the loop's thread. An earlier moment replaces a later one.
  void set(Ticks due);
  void cancel();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace mitr::load
