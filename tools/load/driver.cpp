// The people of a run: who begins, who speaks when, who is given up. The network is in
// driver_network.cpp.
#include "tools/load/driver.h"

#include <algorithm>
#include <ctime>
#include <future>
#include <utility>

#include "tools/load/loop_driver.h"

namespace mitr::load {
namespace {

using namespace std::chrono_literals;

/// Lost replies are looked for this often, and everything else that has no moment of its own.
constexpr Ticks kLook = 50ms;
constexpr std::uint64_t kThinkSalt = 3000;
constexpr std::uint64_t kRepeatSalt = 4000;
constexpr std::uint64_t kForgerySalt = 5000;

double thread_cpu_s() {
  timespec used{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
  return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9;
}

}  // namespace

Percentiles percentiles_of(const Histogram& histogram) {
  const auto at = [&](double share) {
    return static_cast<double>(histogram.percentile(share).count());
  };
  return {histogram.total(), at(0.5),    at(0.9), at(0.99),
          at(0.999),         at(0.9999), at(1),   histogram.mean_us()};
}

Result<std::unique_ptr<Driver>> Driver::make(Parts parts) {
  auto out = std::make_unique<LoopDriver>(std::move(parts));
  if (const auto opened = out->open(); !opened) return opened.error();
  return std::unique_ptr<Driver>(std::move(out));
}

LoopDriver::LoopDriver(Parts parts)
    : parts_(std::move(parts)),
      plan_(parts_.plan),
      signer_({parts_.app_secret.reveal()}),
      stranger_({"not " + parts_.app_secret.reveal()}),
      ledger_(parts_.cast) {}

LoopDriver::~LoopDriver() {
  on_loop([this] {
    closing_ = true;
    alarm_.reset();
  });
  client_.reset();
  if (graph_) graph_->close();
}

Status LoopDriver::open() {
  constexpr auto kAnswerPatience = 15s;  // Meta's own, about.
  auto client =
      HttpClient::make(parts_.loop, {parts_.origin, plan_.connections, kAnswerPatience, {}});
  if (!client) return client.error();
  client_ = std::move(*client);
  auto graph = GraphEnd::listen(
      parts_.loop, parts_.graph_port, plan_.graph_delay,
      [this](const SentReply* sent, std::string_view wamid) { on_sent(sent, wamid); });
  if (!graph) return graph.error();
  graph_ = std::move(*graph);
  alarm_ = std::make_unique<Alarm>(parts_.loop, [this] { work(); });
  return Done{};
}

void LoopDriver::on_loop(const std::function<void()>& what) {
  std::promise<void> done;
  parts_.loop.post([&] {
    what();
    done.set_value();
  });
  done.get_future().wait();
}

// -- from outside ----

void LoopDriver::begin() {
  on_loop([this] {
    started_ = steady_now();
    // Without a warm-up the first turn counts too: it may be replied to before anyone says so.
    measuring_ = plan_.to_the_end || plan_.warmup == decltype(plan_.warmup)::zero();
    wall_at_begin_ = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    if (plan_.rate > 0) {
      const auto whole = plan_.warmup + plan_.lasts;
      arrivals_.emplace(plan_.shape, plan_.rate / parts_.cast.turns_mean(), whole);
      next_arrival_ = started_ + arrivals_->next();
    }
    work();
  });
}

void LoopDriver::start_measuring() {
  on_loop([this] { measuring_ = true; });
}

void LoopDriver::stop_measuring() {
  on_loop([this] { measuring_ = false; });
}

void LoopDriver::drain() {
  on_loop([this] {
    draining_ = true;
    work();
  });
}

Reading LoopDriver::read() {
  Reading out;
  on_loop([&] {
    out = reading_;
    out.counts = ledger_.counts();
    out.in_flight = ledger_.turns_open();
    out.at_once = at_once_;
    out.recent_reply = percentiles_of(recent_reply_);
    out.recent_ack = percentiles_of(recent_ack_);
    out.reply = percentiles_of(reply_);
    out.ack = percentiles_of(ack_);
    out.lateness = percentiles_of(lateness_);
    out.loop_cpu_s = thread_cpu_s();
    recent_reply_.clear();
    recent_ack_.clear();
  });
  return out;
}

std::vector<std::string> LoopDriver::faults() {
  std::vector<std::string> out;
  on_loop([&] { out = ledger_.described(); });
  return out;
}

// -- people ----

/// Whatever is due; then the alarm is set for what comes next.
void LoopDriver::work() {
  if (closing_) return;
  const auto now = steady_now();
  let_in(now);
  while (!later_.empty() && later_.top().due <= now) {
    const Later next = later_.top();
    later_.pop();
    if (!draining_ && !ended_[next.person]) speak(next.person, next.due);
  }
  look_for_lost(now);
  const auto answers = graph_->answer_due(now);
  pump();
  const bool all_said = draining_ || (at_once_ == 0 && !may_begin());
  quiet_ = all_said && ledger_.turns_open() == 0 && outgoing_.empty() && posted_ == 0;
  auto next = std::min({now + kLook, answers, draining_ ? Ticks::max() : next_arrival_});
  if (!later_.empty()) next = std::min(next, later_.top().due);
  alarm_->set(next);
}

bool LoopDriver::may_begin() const {
  return !draining_ && ledger_.people() < plan_.people;
}

void LoopDriver::let_in(Ticks now) {
  if (!arrivals_) {
    while (at_once_ < plan_.at_once && may_begin()) begin_person(now);
    return;
  }
  while (next_arrival_ <= now && may_begin()) {
    if (at_once_ < limits::kLoadAtOnceMax) {
      begin_person(next_arrival_);
    } else {
      ++reading_.turned_away;
    }
    next_arrival_ = started_ + arrivals_->next();
  }
  if (!may_begin()) next_arrival_ = Ticks::max();
}

void LoopDriver::begin_person(Ticks due) {
  const auto person = ledger_.admit();
  ended_.push_back(false);
  ++at_once_;
  speak(person, due);
}

void LoopDriver::speak_or_wait(PersonIndex person, Ticks now) {
  if (draining_ || !ledger_.may_say(person, plan_.ahead)) return;
  if (plan_.think == 0ms) return speak(person, now);
  // From a half to one and a half of the mean.
  const double part =
      0.5 + drawn_share(person, kThinkSalt + static_cast<std::uint64_t>(now.count()));
  const auto pause = std::chrono::duration<double, std::nano>(
      part * static_cast<double>(Ticks(plan_.think).count()));
  later_.push({now + std::chrono::duration_cast<Ticks>(pause), person});
  alarm_->set(later_.top().due);
}

void LoopDriver::speak(PersonIndex person, Ticks due) {
  if (!ledger_.may_say(person, plan_.ahead)) return;
  const auto turn = static_cast<std::uint8_t>(ledger_.say(person, due));
  watched_.push_back({steady_now() + plan_.reply_patience, person, turn});
  if (plan_.forgeries > 0 && drawn_share(person, kForgerySalt + turn) < plan_.forgeries) {
    outgoing_.push_back({Kind::kForgery, turn, person, {}});
  }
  outgoing_.push_back({Kind::kMessage, turn, person, {}});
  // One half at the same time, one half after the answer: see on_answer.
  if (plan_.repeats > 0 && drawn_share(person, kRepeatSalt + turn) < plan_.repeats / 2) {
    outgoing_.push_back({Kind::kRepeat, turn, person, {}});
  }
}

void LoopDriver::end_if_over(PersonIndex person) {
  if (ended_[person] || !ledger_.is_over(person)) return;
  ended_[person] = true;
  --at_once_;
  if (!arrivals_ && may_begin()) begin_person(steady_now());
}

void LoopDriver::look_for_lost(Ticks now) {
  while (!watched_.empty()) {
    const Watched front = watched_.front();
    if (ledger_.waits(front.person, front.turn) && front.until > now) return;
    watched_.pop_front();
    if (ledger_.lose(front.person, front.turn)) end_if_over(front.person);
  }
}

}  // namespace mitr::load
