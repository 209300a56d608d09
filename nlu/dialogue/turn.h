// One turn while it is being decided: a working copy of the state and the outcome as it grows.
// Private to the machine (machine*.cpp); everyone else calls step() of dialogue.h.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "nlu/dialogue/dialogue.h"
#include "nlu/dialogue/pack.h"
#include "nlu/records/record_list.h"

namespace mitr {

struct RecordQuery;

/// A value that failed its check, and the check.
struct Refusal {
  const Slot* slot = nullptr;
  const Check* check = nullptr;
};

/// Values for places of a wording that are no slots.
using Places = std::vector<std::pair<std::string, std::string>>;

class Turn {
 public:
  Turn(const Pack& pack, const DialogueSettings& settings, const DialogueState& state,
       const Moment& now);

  const Pack& pack() const { return pack_; }
  const DialogueState& state() const { return state_; }
  const Flow* flow() const { return flow_; }
  /// The slot we asked last; null: the confirmation and the like, or nothing.
  const Slot* asked() const { return flow_ == nullptr ? nullptr : flow_->slot(state_.asking); }
  bool asking(std::string_view step) const { return state_.asking == step; }
  bool confirming() const { return flow_ != nullptr && asking(kConfirmStep); }

  /// Records an event and folds it, so that what follows sees the new state.
  void emit(Event event);
  void effect(Effect effect) { out_.effects.push_back(std::move(effect)); }
  /// Adds a line to the one reply of the turn.
  void say(const Phrase& phrase, const Places& places = {});
  /// The same, with {flow} standing for that flow's title.
  void say_of(const Phrase& phrase, const Flow* flow);
  void say_help();
  void offer_buttons(std::vector<Button> buttons) { buttons_ = std::move(buttons); }
  void offer_yes_no();
  std::string title_of(const Flow& flow) const;
  /// Asks to be woken when the contact has been away so long.
  void set_timer(std::chrono::minutes after, bool reminded);
  /// The same, as the flow in hand wants it.
  void await_answer();
  Outcome finish();

  // -- reading what came (machine.cpp) ----
  void hear(const Understanding& heard);
  /// Takes over what was begun under another version of the pack: what this one does not know is
  /// cleared, and so asked.
  void migrate();

  // -- what is no words (machine_sent.cpp) ----
  void receive(const HeardAttachment& sent);
  void receive(const Location& sent);
  void receive(const Order& sent);
  void press(const Digits& pressed);
  void silence();
  /// The question stands, and what came instead of an answer cannot be read.
  void cannot_read();
  void notice(const Proactive& proactive);
  void human_wrote(const HumanMessage& message);
  /// The contact wants no more messages of ours, or again. `answered`: by us, not by a person.
  void wish(Move move, bool answered);

  // -- collecting (machine_collect.cpp) ----
  void collect(const Understanding& heard);
  void ask(const Slot& slot);
  /// The question in hand once more, without blame.
  void repeat_question();
  /// An answer that did not fit: `apology` and the question again, a bounded number of times.
  void miss(const Phrase& apology);

  // -- walking the flow (machine_walk.cpp) ----
  /// Goes on with the flow in hand: to its next question, or its end.
  void go_on();
  /// What a call brought, or (null) that the moment came which the flow waits for.
  void arrive(const CallResult* result);
  std::optional<CallOut> call_in_hand() const;
  bool done(std::string_view step) const;

  // -- confirming and ending (machine_confirm.cpp) ----
  void confirm(const Understanding& heard);
  void cancel(const Understanding& heard);
  /// The flow ends without having done anything; what waits is offered.
  void stop(const Phrase& farewell);
  void ask_confirmation();

  // -- several flows (machine_stack.cpp) ----
  /// A flow from its beginning, pinned to this version of the pack.
  void begin(const std::string& flow);
  /// A waiting flow goes on. Null: the pack no longer has it.
  const Flow* take_up(const std::string& flow);
  /// Begins a flow, or goes on with it if it waits; what runs steps aside.
  void start(const std::string& flow, const Understanding& heard);
  void queue(const std::vector<std::string>& flows);
  /// After a flow ended: what waits goes on, or we ask whether it should.
  void resume_next();
  void ask_resume();
  void answer_resume(const Understanding& heard);
  void ask_which(const std::vector<SlotCandidate>& choices);
  /// True: the words chose among what was offered, and we went on with it.
  bool answer_which(const Understanding& heard);
  void tap_which(std::size_t place);

  // -- repair (machine_repair.cpp) ----
  /// True if the move was one that repairs, and it was answered.
  bool repair(Move move);
  void hand_over(std::string reason, const Phrase& farewell);

 private:
  struct Taken {
    bool any = false;
    Refusal refused;
    const Slot* changed = nullptr;     ///< The last slot that held another value before.
    std::vector<SlotCandidate> doubt;  ///< What the words leave open, as far as checks let it.
  };
  /// Fills every candidate that passes; a start that is refused takes its end with it.
  Taken take(const Understanding& heard);
  /// What is left of a doubt about one slot's value once its checks have spoken; a doubt that they
  /// settle is put into `heard` instead.
  std::vector<SlotCandidate> settle_doubt(Understanding& heard) const;
  /// A slot named without a value is cleared, and so asked again. False: none is.
  bool clear_named(const Understanding& heard);
  void changed(const Slot& slot);
  void refuse(const Refusal& refusal);
  void exhausted(const Slot* slot);
  void say_changed(const Taken& taken);
  /// What is said to a slot of kind record picks its row, and a row gives its fields to slots.
  void settle_records();
  void settle_record(const Slot& slot);
  void give(const Slot& slot, const RecordRow& row);
  /// What the row gave beside its name: it belongs to somebody else.
  void take_back(const Slot& slot, const std::vector<RecordRow>& rows, const std::string& key);
  /// The rows a slot of kind record is picked from.
  std::vector<RecordRow> rows_of(const Slot& slot) const;
  /// True: a row that is picked gave the slot what it holds.
  bool given(std::string_view slot) const;
  void offer_rows(const Slot& slot);
  /// Further flows of the same message: begun now, or when this one has ended.
  void turn_to(const Understanding& heard);
  /// Something that fills a slot of this kind was sent, with what its words were taken to mean.
  void take_sent(SlotKind kind, const Personal& typed, const Personal& value, Understanding heard);
  void choose(const SlotCandidate& choice);
  void resume_here();
  enum class Walk : std::uint8_t { kOn, kStop, kEnd };
  Walk walk(const Step& step);
  Walk call(const Step& step);
  CallOut call_of(const Step& step) const;
  /// What was found rests on a value that has changed: it is asked for again.
  void undo_call(const Step& step);
  bool has_records(const RecordQuery& query) const;
  Walk wait(const Step& step);
  Walk leave(const Step& step);
  bool reached(const Step& step) const;
  /// Values of branches that are not taken any more.
  void drop_untaken();
  /// Values and marks that this pack does not know: it was another when they were given.
  void drop_unknown();
  void keep_marks();
  void do_file(const Step& step);
  void complete();
  bool decline(Move move);
  bool say_again(Move move);
  bool hold_to(Move move);
  void start_over();

  const Pack& pack_;
  const DialogueSettings& settings_;
  const Moment& now_;
  DialogueState state_;
  const Flow* flow_;
  Outcome out_;
  std::string reply_;
  std::vector<Button> buttons_;
  std::vector<std::string> started_;  ///< Flows begun in this turn.
  std::vector<std::string>
      fresh_marks_;  ///< Steps done in this turn, kept only if the flow goes on.
};

}  // namespace mitr
