// A whole node's actors under a hand-cranked scheduler and clock: no threads, no sockets, no
// sleeps. The real dialogue, the real packs, the in-memory store, and a courier that does what the
// test says.
#pragma once

#include <caf/all.hpp>
#include <caf/scheduler/test_coordinator.hpp>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "actors/engine.h"
#include "persistence/memory/store.h"
#include "protocols/limits.h"

namespace mitr {

/// Takes posts and answers as told.
class FakeCourier : public Courier {
 public:
  struct Posted {
    std::string number;
    std::string to;
    std::string text;          ///< Body text, or "template <name>: <params, comma separated>".
    std::string callback;      ///< The OutboxRef as text.
    std::size_t turns_stored;  ///< How many turns the store held when this left.
  };

  explicit FakeCourier(const MemoryStore& store) : store_(store) {}
  void post(const std::string& number, Personal body,
            std::function<void(whatsapp::SendAnswer)> ended) override;

  /// From now on posts are answered with this; the default accepts.
  void answer_with(whatsapp::SendVerdict verdict) { verdict_ = verdict; }
  /// From now on posts stay unanswered until release().
  void hold() { holding_ = true; }
  void release();
  const std::vector<Posted>& posted() const { return posted_; }

 private:
  void answer(const std::function<void(whatsapp::SendAnswer)>& ended);

  const MemoryStore& store_;
  whatsapp::SendVerdict verdict_ = whatsapp::SendVerdict::kAccepted;
  bool holding_ = false;
  std::vector<std::function<void(whatsapp::SendAnswer)>> held_;
  std::vector<Posted> posted_;
};

class ActorWorld {
 public:
  static constexpr const char* kSchoolNumber = "100200300";
  /// The school's too, in the portfolio "north".
  static constexpr const char* kNorthNumber = "100200301";
  static constexpr const char* kTeacherPhone = "919800000051";

  ActorWorld();
  ~ActorWorld();

  /// Ends the node as kill -9 would: nothing is drained. The store stays.
  void crash();
  /// A new node on the same store.
  void restart();

  /// The next turn ends its conversation as a bug of ours would: its clock throws.
  void throw_in_next_turn() { clock_throws_ = true; }

  /// A table as `mitr import` reads it; a node knows of it from its start on.
  void import_table(const std::string& table, const std::string& csv);
  /// A webhook with one message; answers the request's id. Deliver it with run().
  std::uint64_t say(const std::string& phone, const std::string& text);
  /// Stores the pack of a folder and makes it the school's newest; the node hears of it in time.
  void deploy(const std::string& folder);
  /// As somebody at the school's desk tells the conversation with `phone`; carried out in time.
  Result<InstructionId> instruct(const std::string& phone, const Input& input,
                                 const std::string& number = {});
  std::uint64_t redeliver(std::size_t nth);  ///< The nth message said, again, with its message id.
  std::uint64_t send(WebhookArrived webhook);
  Envelope envelope(const std::string& phone, const std::string& text);

  void run();                                  ///< Until nobody has anything to do.
  void run_some(int steps);                    ///< At most so many messages.
  void advance(std::chrono::milliseconds by);  ///< In steps, running in between.
  void tick(
      std::chrono::milliseconds by);  ///< Only lets time pass: what falls due is not yet done.
  /// Sets the node's wall clock forward, or back if negative. The store's stays.
  void jump_clock(std::chrono::seconds by) { jumped_ += by; }

  int status(std::uint64_t request) const;  ///< 0 while unanswered.
  std::vector<std::string> replies(const std::string& phone) const;
  std::vector<MemoryStore::KeptOutbox> outbox() const { return store.outbox(school_); }
  std::size_t kept_count() const { return store.kept(system_).size(); }
  std::chrono::sys_seconds now() const {
    return std::chrono::floor<std::chrono::seconds>(started_at_ + elapsed_);
  }
  TenantId school() const { return school_; }
  const SecretKey& root() const { return root_; }
  caf::actor_system& system() { return *system_actors_; }
  FakeCourier& courier() { return *courier_; }
  Engine& engine() { return *engine_; }

  MemoryStore store;

 private:
  caf::scheduler::test_coordinator& scheduler();
  void seed();

  std::chrono::sys_seconds started_at_;
  std::chrono::milliseconds elapsed_{0};
  std::chrono::seconds jumped_{0};
  SecretKey root_ = SecretKey::random();
  TenantId school_, system_;
  std::shared_ptr<FakeCourier> courier_;
  EngineConfig config_;
  std::unique_ptr<caf::actor_system> system_actors_;
  std::unique_ptr<Engine> engine_;
  bool clock_throws_ = false;
  std::map<std::uint64_t, int> statuses_;
  std::vector<Envelope> said_;
  std::uint64_t next_request_ = 0;
};

}  // namespace mitr
