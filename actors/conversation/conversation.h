// One contact's live conversation: orders the turns, has each decided (nlu), committed (journal)
// and then released (outbox). It does not decide. It commits with .await, never .then: a second
// message must not be stepped against the old state.
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <optional>

#include "actors/conversation/decided_turn.h"
#include "actors/messages.h"
#include "actors/metrics/metrics.h"
#include "actors/tenant/tenant_context.h"
#include "actors/wall_clock.h"
#include "protocols/limits.h"

namespace mitr {

/// What a conversation is given at birth.
struct ConversationParts {
  std::shared_ptr<const TenantContext> tenant;
  TenantActor parent;
  JournalActor journal;
  ArchiveActor archive;
  OutboxActor outbox;
  std::shared_ptr<std::atomic<std::size_t>> releases_in_transit;  ///< See OutboxParts::in_transit.
  WallClock clock;
  std::shared_ptr<Metrics> metrics;
};

/// A reminder that may not leave is decided anew after this: soon enough for a restriction that was
/// lifted, and a wake in a quarter of an hour costs next to nothing.
inline constexpr std::chrono::minutes kReminderPutOff{15};

/// Where it starts from.
struct ConversationStart {
  ContactId contact;
  std::uint64_t incarnation = 0;  ///< Tells this actor from an earlier one of the same contact.
  SecretKey key;
  std::uint32_t epoch = 0;  ///< Of the shard's lease, under which its turns are decided.
  std::uint64_t last_seq = 0;
  std::int64_t timer_at = 0;  ///< Where the stored timer stands, as far as is known; 0: none.
  DialogueState state;
  ContactDetails details;
  bool wake = false;  ///< Read the journal first; only what stands above `last_seq` is known, and
                      ///< the key not always.
};

class Conversation : public ConversationActor::base {
 public:
  Conversation(caf::actor_config& config, ConversationParts parts, ConversationStart start);
  behavior_type make_behavior() override;
  const char* name() const override { return "mitr.conversation"; }

 private:
  void wake();
  void woken(const ConversationWoken& answer);
  /// Who is told how a turn ended: the gateway of a message, the timekeeper of a timer, or the
  /// keeper of an instruction.
  struct Asker {
    GatewayActor gateway{};
    std::uint64_t request = 0;
    TimekeeperActor timekeeper{};
    InstructionKeeperActor keeper{};
    InstructionName instruction{};
  };
  /// A turn from its decision to its commit.
  struct Turn {
    Asker asker;
    TurnCause cause;
    Outcome outcome;
    ContactDetails details;
    bool learned = false;  ///< The details are new.
    DecidedTurn decided;
    DialogueState after;
    PackVersion pack;
  };

  void take(TakeTurn& turn);
  void take_timer(const TakeTimer& fell);
  void take_instruction(const TakeInstruction& taken);
  void park();
  /// Asks our own records what a flow wants to know; the answer makes a turn of its own.
  void look_up(const CallOut& call, const std::string& number);
  void answered(const Asker& asker, const CallOut& call, const std::string& number,
                const RecordsFound& found);
  /// The answer was not got when the call was made: it is asked for once more. False: the flow
  /// waits for none of ours.
  bool look_up_late(const TakeTimer& fell);
  void decide_timer(const TakeTimer& fell);
  /// Makes the rows of a turn whose outcome is known, and has them committed.
  void commit(Turn turn, Input input, std::chrono::sys_seconds at);
  void move_timer(const TakeTimer& fell);
  /// As the business stands with the provider: a reminder is a message that it begins.
  bool may_not_remind(const std::string& number, std::chrono::sys_seconds at) const;
  /// Asks again later whether there is anything to say.
  void put_off(const TakeTimer& fell, std::chrono::sys_seconds at);
  void tell_timers_apart(const Turn& turn);
  /// Settles the timer when the store has heard of it.
  void move_to(const TimerReset& reset, const TimekeeperActor& timekeeper);
  /// Where the stored timer must go with this turn; none: it may stay where it is.
  std::optional<TimerMove> timer_move(const Turn& turn, std::chrono::sys_seconds at) const;
  void committed(Turn& turn, const TurnAppended& answer);
  void settle(const Asker& asker, Settlement settlement);
  /// From here on every turn is failed (503, Meta sends it again) until the parent has let go of
  /// this actor. `gone`: its contact was erased.
  void lose(bool gone = false);
  bool heard_before(const KeyedHash& message) const;
  void remember(const KeyedHash& message);

  ConversationParts parts_;
  ConversationStart now_;
  std::array<KeyedHash, limits::kRecentMessages> recent_{};
  std::size_t recent_next_ = 0;
  bool lost_ = false;
  bool gone_ = false;
};

}  // namespace mitr
