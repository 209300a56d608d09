// Walking a flow. A flow has no program counter: each turn walks it from its beginning, past what
// is filled and done, to the first thing that is not. So a correction, a branch that changed and a
// pack that was replaced need no rules of their own. There is no way back in a flow, so a walk
// ends.
#include <algorithm>

#include "nlu/dialogue/checks.h"
#include "nlu/dialogue/deploy.h"
#include "nlu/dialogue/turn.h"
#include "nlu/records/record_query.h"

namespace mitr {

bool Turn::done(std::string_view step) const {
  return state_.marked(step) ||
         std::find(fresh_marks_.begin(), fresh_marks_.end(), step) != fresh_marks_.end();
}

bool Turn::reached(const Step& step) const {
  return std::all_of(step.guards.begin(), step.guards.end(), [this](const StepGuard& guard) {
    return guard.when.holds(state_, now_) == std::optional<bool>(guard.wanted);
  });
}

void Turn::drop_untaken() {
  for (const Step& step : flow_->steps) {
    const bool fills = step.kind == Step::Kind::kCollect || step.kind == Step::Kind::kSet;
    if (!fills || step.guards.empty() || state_.slot(step.slot) == nullptr) continue;
    if (given(step.slot)) continue;
    // Not taken for certain: a branch that is still open keeps what was said ahead of it.
    const bool closed =
        std::any_of(step.guards.begin(), step.guards.end(), [this](const StepGuard& guard) {
          return guard.when.holds(state_, now_) == std::optional<bool>(!guard.wanted);
        });
    const bool elsewhere =
        std::any_of(flow_->steps.begin(), flow_->steps.end(), [&](const Step& other) {
          return &other != &step && other.slot == step.slot && other.kind == step.kind &&
                 reached(other);
        });
    if (closed && !elsewhere) emit(SlotCleared{step.slot});
  }
}

void Turn::drop_unknown() {
  for (std::string& slot : unfit_slots(*flow_, state_.slots)) emit(SlotCleared{std::move(slot)});
  for (std::string& mark : unknown_marks(*flow_, state_.marks)) emit(StepUndone{std::move(mark)});
}

void Turn::migrate() {
  // A state without a flow has nothing to take over. An unknown version took whatever it found.
  if (state_.flow.empty() || !pack_.version().known() || state_.pack == pack_.version()) return;
  emit(Migrated{state_.pack, pack_.version()});
  if (flow_ != nullptr) drop_unknown();
}

void Turn::keep_marks() {
  const std::vector<std::string> marks = std::exchange(fresh_marks_, {});
  for (const std::string& mark : marks) emit(StepDone{mark});
}

void Turn::go_on() {
  // A pack without a version may have been replaced at any time.
  if (!pack_.version().known()) drop_unknown();
  settle_records();
  drop_untaken();
  const Flow& flow = *flow_;
  for (const Step& step : flow.steps) {
    if (!reached(step)) continue;
    const Walk next = walk(step);
    if (next == Walk::kStop) return;
    if (next == Walk::kEnd) break;
  }
  complete();
}

Turn::Walk Turn::walk(const Step& step) {
  switch (step.kind) {
    case Step::Kind::kCollect: {
      const Slot* slot = flow_->slot(step.slot);
      if (slot == nullptr || state_.slot(step.slot) != nullptr) return Walk::kOn;
      if (slot->kind == SlotKind::kRecord && rows_of(*slot).empty()) return Walk::kOn;
      keep_marks();
      ask(*slot);
      return Walk::kStop;
    }
    case Step::Kind::kSay:
      if (done(step.id)) return Walk::kOn;
      say(step.say);
      fresh_marks_.push_back(step.id);
      return Walk::kOn;
    case Step::Kind::kConfirm:
      if (done(kConfirmStep)) return Walk::kOn;
      keep_marks();
      ask_confirmation();
      return Walk::kStop;
    case Step::Kind::kSet: {
      const auto value = step.to.value(state_, now_);
      const SlotValue* held = state_.slot(step.slot);
      if (value && (held == nullptr || held->value.reveal() != *value)) {
        emit(SlotFilled{step.slot, {Personal(*value), Personal(*value)}});
      }
      return Walk::kOn;
    }
    case Step::Kind::kDo:
      if (done(step.id)) return Walk::kOn;
      do_file(step);
      fresh_marks_.push_back(step.id);
      return Walk::kOn;
    case Step::Kind::kCall:
      return call(step);
    case Step::Kind::kWait:
      return wait(step);
    case Step::Kind::kLink:
    case Step::Kind::kHandOver:
      return leave(step);
    case Step::Kind::kEnd:
      break;
  }
  return Walk::kEnd;
}

bool Turn::has_records(const RecordQuery& query) const {
  return settings_.records.has(query.record);
}

CallOut Turn::call_of(const Step& step) const {
  CallOut out{.flow = flow_->name, .step = step.id, .name = step.name, .arguments = {}};
  for (const std::string& slot : step.arguments) {
    if (const SlotValue* held = state_.slot(slot)) out.arguments.emplace_back(slot, held->value);
  }
  return out;
}

void Turn::undo_call(const Step& step) {
  emit(StepUndone{sent_mark(step)});
  std::vector<std::string> found{step.slot};
  if (!step.into.empty()) found.push_back(step.into);
  if (const RecordQuery* query = record_query(step.name); query != nullptr && !query->many) {
    for (const RecordField& field : query->fields) found.emplace_back(field.name);
  }
  for (const std::string& name : found) {
    if (flow_->slot(name) != nullptr && state_.slot(name) != nullptr) emit(SlotCleared{name});
  }
}

std::optional<CallOut> Turn::call_in_hand() const {
  if (flow_ == nullptr || !asking(kWaitStep)) return std::nullopt;
  for (const Step& step : flow_->steps) {
    const bool waits = step.kind == Step::Kind::kCall && reached(step) &&
                       state_.slot(step.slot) == nullptr && state_.marked(sent_mark(step));
    if (waits) return call_of(step);
  }
  return std::nullopt;
}

Turn::Walk Turn::call(const Step& step) {
  if (state_.slot(step.slot) != nullptr) return Walk::kOn;
  const RecordQuery* query = record_query(step.name);
  if (query != nullptr && !has_records(*query)) {
    return Walk::kOn;  // The tenant has imported nothing of the kind.
  }
  keep_marks();
  const bool first = !state_.marked(sent_mark(step));
  if (!state_.marked(sent_mark(step))) {
    effect(call_of(step));
    emit(StepDone{sent_mark(step)});
    set_timer(step.lasts, false);
  } else if (state_.wake_at == 0) {
    set_timer(step.lasts, false);  // It stood aside meanwhile.
  }
  emit(Asked{std::string(kWaitStep)});
  // Our own records answer before anyone could read that they are looked up.
  const bool silent = query != nullptr && first;
  if (!silent || !step.say.empty()) say(step.say.empty() ? pack_.phrases().waiting : step.say);
  return Walk::kStop;
}

Turn::Walk Turn::wait(const Step& step) {
  if (done(step.id)) return Walk::kOn;
  keep_marks();
  if (state_.wake_at == 0 || !asking(kWaitStep)) set_timer(step.lasts, false);
  emit(Asked{std::string(kWaitStep)});
  say(step.say);
  return Walk::kStop;
}

Turn::Walk Turn::leave(const Step& step) {
  fresh_marks_.clear();
  const std::string flow = state_.flow;
  const Step::Kind kind = step.kind;
  const std::string next = step.name;
  if (kind == Step::Kind::kHandOver) {
    hand_over("flow", pack_.phrases().human);
    return Walk::kStop;
  }
  emit(FlowCompleted{flow});
  // A pack may link in a ring: each flow begins at most once in a turn.
  if (std::find(started_.begin(), started_.end(), next) == started_.end()) {
    start(next, {});
  } else {
    resume_next();
  }
  return Walk::kStop;
}

void Turn::arrive(const CallResult* result) {
  for (const Step& step : flow_->steps) {
    if (!reached(step)) continue;
    if (result == nullptr && step.kind == Step::Kind::kWait && !done(step.id)) {
      emit(StepDone{step.id});
      break;
    }
    if (step.kind != Step::Kind::kCall || state_.slot(step.slot) != nullptr) continue;
    if (result != nullptr && result->step != step.id) return;  // Of a call nobody waits for.
    if (result != nullptr && result->ok) {
      for (const auto& [name, value] : result->values) {
        const std::string& into = name == "rows" ? step.into : name;
        const Slot* slot = flow_->slot(into);
        if (slot != nullptr && fits_kind(*slot, value)) emit(SlotFilled{into, {value, value}});
      }
      if (!step.into.empty() && state_.slot(step.into) == nullptr) emit(SlotSkipped{step.into});
    }
    const char* outcome = result == nullptr ? "late" : (result->ok ? "ok" : "failed");
    emit(SlotFilled{step.slot, {Personal(outcome), Personal(outcome)}});
    break;
  }
  go_on();
}

}  // namespace mitr
