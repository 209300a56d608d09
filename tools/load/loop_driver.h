// The driver itself; see driver.h. Everything private runs on the loop's thread.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <queue>
#include <string>
#include <string_view>
#include <vector>

#include "actors/http/client.h"
#include "protocols/whatsapp/signature.h"
#include "tools/load/alarm.h"
#include "tools/load/arrivals.h"
#include "tools/load/driver.h"
#include "tools/load/graph_end.h"

namespace mitr::load {

class LoopDriver final : public Driver {
 public:
  explicit LoopDriver(Parts parts);
  ~LoopDriver() override;
  LoopDriver(const LoopDriver&) = delete;
  LoopDriver& operator=(const LoopDriver&) = delete;
  Status open();

  std::uint16_t graph_port() const override { return graph_->port(); }
  void begin() override;
  void start_measuring() override;
  void stop_measuring() override;
  void drain() override;
  bool is_quiet() const override { return quiet_; }
  Reading read() override;
  std::vector<std::string> faults() override;

 private:
  enum class Kind : std::uint8_t { kMessage = 1, kRepeat, kForgery, kStatus };
  /// Something to post once a connection is free.
  struct Post {
    Kind kind = Kind::kMessage;
    std::uint8_t turn = 0;
    PersonIndex person = 0;
    std::string body;  ///< Of a status; the rest is made when it is posted.
  };
  /// A person who will speak after a pause.
  struct Later {
    Ticks due;
    PersonIndex person;
    bool operator>(const Later& other) const { return due > other.due; }
  };
  /// A turn whose reply is to come by then.
  struct Watched {
    Ticks until;
    PersonIndex person;
    std::uint8_t turn;
  };

  // -- people ----
  void work();
  bool may_begin() const;
  void begin_person(Ticks due);
  void speak_or_wait(PersonIndex person, Ticks now);
  void speak(PersonIndex person, Ticks due);
  void end_if_over(PersonIndex person);
  void look_for_lost(Ticks now);
  void let_in(Ticks now);

  // -- the network ----
  void pump();
  void post(Post next);
  std::string body_of(const Post& next) const;
  std::string signature_of(const Post& next, std::string& body) const;
  void on_answer(Kind kind, PersonIndex person, std::uint8_t turn, const PostAnswer& answer);
  void on_sent(const SentReply* sent, std::string_view wamid);
  void post_statuses(PersonIndex person, std::string_view wamid, std::string_view callback);
  /// Runs `what` on the loop and waits for it.
  void on_loop(const std::function<void()>& what);

  const Parts parts_;
  const Plan& plan_;
  const whatsapp::Signer signer_;
  const whatsapp::Signer stranger_;  ///< Signs with a secret nobody has.
  Ledger ledger_;
  std::optional<Arrivals> arrivals_;
  Ticks started_{};
  std::chrono::sys_seconds wall_at_begin_{};  ///< A repeat is the same to the byte.
  Ticks next_arrival_ = Ticks::max();
  std::deque<Post> outgoing_;
  std::size_t posted_ = 0;  ///< Out and not answered.
  std::size_t statuses_waiting_ = 0;
  std::priority_queue<Later, std::vector<Later>, std::greater<>> later_;
  std::deque<Watched> watched_;
  std::vector<bool> ended_;  ///< By person.
  std::size_t at_once_ = 0;
  bool draining_ = false;
  bool closing_ = false;
  bool measuring_ = false;
  std::atomic<bool> quiet_ = false;
  Reading reading_;  ///< The plain counts of it.
  Histogram reply_, ack_, lateness_, recent_reply_, recent_ack_;
  std::unique_ptr<Alarm> alarm_;
  std::unique_ptr<GraphEnd> graph_;
  std::unique_ptr<HttpClient> client_;
};

}  // namespace mitr::load
