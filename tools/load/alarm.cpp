// The state outlives the alarm for as long as the loop holds a wait of it.
#include "tools/load/alarm.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <utility>

namespace mitr::load {

struct Alarm::State : std::enable_shared_from_this<State> {
  State(IoLoop& loop, std::function<void()> ringing)
      : timer(loop.context()), ring(std::move(ringing)) {}

  void wait(Ticks when) {
    due = when;
    timer.expires_at(std::chrono::steady_clock::time_point(due));
    timer.async_wait([me = shared_from_this(), when](const boost::system::error_code& error) {
      if (error || me->due != when || !me->ring) return;
      me->due = Ticks::max();
      me->ring();
    });
  }

  boost::asio::steady_timer timer;
  std::function<void()> ring;
  Ticks due = Ticks::max();
};

Alarm::Alarm(IoLoop& loop, std::function<void()> ring)
    : state_(std::make_shared<State>(loop, std::move(ring))) {}

Alarm::~Alarm() {
  cancel();
}

void Alarm::set(Ticks due) {
  if (due < state_->due) state_->wait(due);
}

void Alarm::cancel() {
  state_->ring = nullptr;
  state_->due = Ticks::max();
  state_->timer.cancel();
}

}  // namespace mitr::load
