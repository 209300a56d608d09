// What was said, what came back, and whether that was right: every reply is held against the turn
// it answers. Pure: time is an argument, and nothing is sent from here.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/limits.h"
#include "tools/load/cast.h"

namespace mitr::load {

/// Nanoseconds on the run's own steady clock.
using Ticks = std::chrono::nanoseconds;

enum class Fault : std::uint8_t {
  kLost = 0,    ///< A reply that did not come in time.
  kDoubled,     ///< A reply that had come before.
  kOutOfOrder,  ///< A reply that came before an earlier one.
  kWrong,       ///< A text that is not what the script says, or one that came from another number.
  kRefused,     ///< A webhook that was not answered 200.
  kForgeryTaken,  ///< A webhook with a bad signature that was not answered 401.
  kUnexpected,    ///< A reply to someone who had said nothing, or that cannot be read.
};
inline constexpr std::size_t kFaults = 7;
std::string_view to_string(Fault fault);

struct Counts {
  std::uint64_t dialogues = 0;          ///< Begun.
  std::uint64_t completed = 0;          ///< To their last reply.
  std::uint64_t turns = 0;              ///< Said, each once; repeats are apart.
  std::uint64_t accepted = 0;           ///< Of these, answered 200.
  std::uint64_t replies = 0;            ///< Right ones.
  std::uint64_t repeats = 0;            ///< Webhooks posted again.
  std::uint64_t forgeries = 0;          ///< Webhooks with a bad signature …
  std::uint64_t forgeries_refused = 0;  ///< … and those answered 401.
  std::uint64_t late = 0;  ///< Replies to people who had left after a fault: no further fault.
  std::array<std::uint64_t, kFaults> faults{};
  std::uint64_t fault(Fault which) const { return faults[static_cast<std::size_t>(which)]; }
  std::uint64_t faults_total() const;
};

class Ledger {
 public:
  explicit Ledger(const Cast& cast) : cast_(cast) {}

  /// The next person comes on stage.
  PersonIndex admit();
  /// The person says their next turn, due at `due`; the turn's index.
  std::size_t say(PersonIndex person, Ticks due);
  /// True if the person has more to say and may do so with at most `ahead` turns open. With `ahead`
  /// above one the last must have been accepted, as a phone waits for its tick.
  bool may_say(PersonIndex person, std::size_t ahead) const;
  /// When a turn was due; known as long as fewer than kLoadAheadMax were said after it.
  Ticks due_of(PersonIndex person, std::size_t turn) const;
  /// The webhook of a turn was answered.
  void answered(PersonIndex person, std::size_t turn, bool accepted);

  /// What became of a reply.
  struct Heard {
    std::optional<Fault> fault = {};  ///< Nothing: it was right.
    std::optional<Ticks> due = {};    ///< Of the turn that it answers, if it is right.
    bool completed = false;           ///< It was the dialogue's last.
  };
  Heard hear(std::string_view phone, std::string_view number, std::string_view text);
  /// Gives up on what the person still waits for, if `turn` is among it; true if it was.
  bool lose(PersonIndex person, std::size_t turn);
  /// True if this turn still waits for its reply.
  bool waits(PersonIndex person, std::size_t turn) const;
  void count_repeat() { ++counts_.repeats; }
  /// A repeat or a status was answered.
  void count_other_answer(bool accepted);
  void count_forgery(int status);
  void note(Fault fault, std::string what);

  /// True if the person said all, heard all, or left after a fault.
  bool is_over(PersonIndex person) const;
  std::size_t people() const { return people_.size(); }
  std::uint64_t turns_open() const { return open_; }
  const Counts& counts() const { return counts_; }
  /// The first faults, in words, without any text of the dialogue but the script's own.
  const std::vector<std::string>& described() const { return described_; }

 private:
  struct Person {
    std::uint32_t heard = 0;  ///< Bit of each turn whose reply came, or was given up.
    std::uint8_t said = 0;
    std::uint8_t accepted = 0;
    bool left = false;  ///< After a fault: says no more.
    std::array<Ticks, limits::kLoadAheadMax> due{};
  };
  bool answers(PersonIndex person, std::size_t turn, std::string_view text) const;
  Heard classify(PersonIndex index, Person& person, std::string_view text);
  void close_turn(Person& person, std::size_t turn);
  void leave(Person& person);
  static std::optional<std::size_t> first_open(const Person& person);
  std::string place(PersonIndex person, std::size_t turn) const;

  const Cast& cast_;
  std::vector<Person> people_;
  std::uint64_t open_ = 0;
  Counts counts_;
  std::vector<std::string> described_;
};

}  // namespace mitr::load
