// One turn while it is being decided: a working copy of the state and the outcome as it grows.
// Private to the machine (machine*.cpp); everyone else calls step() of dialogue.h.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "nlu/dialogue/dialogue.h"
#include "nlu/dialogue/pack.h"

namespace mitr {

/// A value that failed its check, and the check.
struct Refusal {
  const Slot* slot = nullptr;
  const Check* check = nullptr;
};

class Turn {
 public:
  Turn(const Pack& pack, const DialogueSettings& settings, const DialogueState& state,
       const Moment& now);

  const Pack& pack() const { return pack_; }
  const DialogueState& state() const { return state_; }
  const Flow* flow() const { return flow_; }
  /// The slot we asked last; null: the confirmation, or nothing.
  const Slot* asked() const { return flow_ == nullptr ? nullptr : flow_->slot(state_.asking); }
  bool confirming() const { return flow_ != nullptr && state_.asking == kConfirmStep; }

  /// Records an event and folds it, so that what follows sees the new state.
  void emit(Event event);
  void effect(Effect effect) { out_.effects.push_back(std::move(effect)); }
  /// Adds a line to the one reply of the turn.
  void say(const Phrase& phrase);
  void say_help();
  void offer_buttons(std::vector<Button> buttons) { buttons_ = std::move(buttons); }
  /// Asks to be woken when the contact has been away so long.
  void set_timer(std::chrono::minutes after, bool reminded);
  /// The same, as the flow in hand wants it.
  void await_answer();
  Outcome finish();

  // -- collecting (machine_collect.cpp) ----
  void start(const std::string& flow, const Understanding& heard);
  void collect(const Understanding& heard);
  /// Puts the next open question: the first empty slot in pack order, else the confirmation.
  void ask_next();
  void ask(const Slot& slot);
  /// The question in hand once more, without blame.
  void repeat_question();

  // -- confirming and ending (machine_confirm.cpp) ----
  void confirm(const Understanding& heard);
  void complete();
  void cancel(const Phrase& farewell);
  void ask_confirmation();
  void miss(std::string_view slot, std::uint8_t misses_max, const Phrase& apology);

 private:
  struct Taken {
    bool any = false;
    Refusal refused;
  };
  /// Fills every candidate that passes; a start that is refused takes its end with it.
  Taken take(const Understanding& heard);
  void recheck_dependents(const Slot& changed);
  void refuse(const Refusal& refusal);

  const Pack& pack_;
  const DialogueSettings& settings_;
  const Moment& now_;
  DialogueState state_;
  const Flow* flow_;
  Outcome out_;
  std::string reply_;
  std::vector<Button> buttons_;
};

}  // namespace mitr
