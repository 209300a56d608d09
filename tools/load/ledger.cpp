// A reply is compared with what is awaited first; only one that does not fit is held against the
// rest of the script, to say what kind of fault it is.
#include "tools/load/ledger.h"

#include <algorithm>
#include <numeric>

namespace mitr::load {
namespace {

std::uint32_t bit(std::size_t turn) {
  return std::uint32_t{1} << turn;
}

}  // namespace

std::string_view to_string(Fault fault) {
  switch (fault) {
    case Fault::kLost:
      return "lost";
    case Fault::kDoubled:
      return "doubled";
    case Fault::kOutOfOrder:
      return "out_of_order";
    case Fault::kWrong:
      return "wrong";
    case Fault::kRefused:
      return "refused";
    case Fault::kForgeryTaken:
      return "forgery_taken";
    case Fault::kUnexpected:
      return "unexpected";
  }
  return "unknown";
}

std::uint64_t Counts::faults_total() const {
  return std::accumulate(faults.begin(), faults.end(), std::uint64_t{0});
}

PersonIndex Ledger::admit() {
  people_.emplace_back();
  ++counts_.dialogues;
  return static_cast<PersonIndex>(people_.size() - 1);
}

std::size_t Ledger::say(PersonIndex index, Ticks due) {
  Person& person = people_[index];
  const std::size_t turn = person.said++;
  person.due[turn % person.due.size()] = due;
  ++counts_.turns;
  ++open_;
  return turn;
}

Ticks Ledger::due_of(PersonIndex index, std::size_t turn) const {
  const Person& person = people_[index];
  return person.due[turn % person.due.size()];
}

bool Ledger::may_say(PersonIndex index, std::size_t ahead) const {
  const Person& person = people_[index];
  if (person.left || person.said >= cast_.script(index).turns.size()) return false;
  if (ahead > 1 && person.accepted < person.said) return false;
  const auto first = first_open(person);
  return !first || person.said - *first < ahead;
}

void Ledger::answered(PersonIndex index, std::size_t turn, bool accepted) {
  Person& person = people_[index];
  person.accepted = static_cast<std::uint8_t>(std::max<std::size_t>(person.accepted, turn + 1));
  if (accepted) {
    ++counts_.accepted;
    return;
  }
  note(Fault::kRefused, place(index, turn));
  leave(person);
}

bool Ledger::answers(PersonIndex index, std::size_t turn, std::string_view text) const {
  const auto values = cast_.values(index);
  const auto& replies = cast_.script(index).turns[turn].replies;
  return std::ranges::any_of(replies,
                             [&](const Pattern& reply) { return reply.matches(text, values); });
}

Ledger::Heard Ledger::hear(std::string_view phone, std::string_view number, std::string_view text) {
  const auto index = cast_.person_of(phone);
  if (!index || *index >= people_.size()) {
    note(Fault::kUnexpected, "a reply to a phone that wrote nothing");
    return {.fault = Fault::kUnexpected};
  }
  Person& person = people_[*index];
  if (person.left) {
    ++counts_.late;
    return {.fault = Fault::kUnexpected};
  }
  if (number != cast_.number(*index)) {
    note(Fault::kWrong, "a reply from another number than was written to");
    leave(person);
    return {.fault = Fault::kWrong};
  }
  return classify(*index, person, text);
}

Ledger::Heard Ledger::classify(PersonIndex index, Person& person, std::string_view text) {
  const auto awaited = first_open(person);
  if (awaited && answers(index, *awaited, text)) {
    close_turn(person, *awaited);
    ++counts_.replies;
    Heard heard{.due = person.due[*awaited % person.due.size()]};
    heard.completed = *awaited + 1 == cast_.script(index).turns.size() && !first_open(person);
    if (heard.completed) ++counts_.completed;
    return heard;
  }
  for (std::size_t turn = awaited.value_or(person.said); turn < person.said; ++turn) {
    if ((person.heard & bit(turn)) != 0 || !answers(index, turn, text)) continue;
    note(Fault::kOutOfOrder,
         place(index, turn) + " before that of turn " + std::to_string(*awaited + 1));
    close_turn(person, turn);
    return {.fault = Fault::kOutOfOrder};
  }
  for (std::size_t turn = 0; turn < person.said; ++turn) {
    if ((person.heard & bit(turn)) == 0 || !answers(index, turn, text)) continue;
    note(Fault::kDoubled, place(index, turn));
    return {.fault = Fault::kDoubled};
  }
  if (!awaited) {
    note(Fault::kUnexpected, "a further reply after turn " + std::to_string(person.said));
    return {.fault = Fault::kUnexpected};
  }
  // It stands for the one awaited, which would otherwise be counted as lost too.
  note(Fault::kWrong, place(index, *awaited));
  close_turn(person, *awaited);
  leave(person);
  return {.fault = Fault::kWrong};
}

bool Ledger::lose(PersonIndex index, std::size_t turn) {
  if (!waits(index, turn)) return false;
  Person& person = people_[index];
  for (std::size_t each = turn; each < person.said; ++each) {
    if ((person.heard & bit(each)) != 0) continue;
    note(Fault::kLost, place(index, each));
  }
  leave(person);
  return true;
}

bool Ledger::waits(PersonIndex index, std::size_t turn) const {
  const Person& person = people_[index];
  return !person.left && turn < person.said && (person.heard & bit(turn)) == 0;
}

void Ledger::count_other_answer(bool accepted) {
  if (!accepted) note(Fault::kRefused, "a repeat or a status");
}

void Ledger::count_forgery(int status) {
  ++counts_.forgeries;
  constexpr int kUnauthorized = 401;
  if (status == kUnauthorized) {
    ++counts_.forgeries_refused;
  } else {
    note(Fault::kForgeryTaken, "a bad signature was answered " + std::to_string(status));
  }
}

void Ledger::note(Fault fault, std::string what) {
  ++counts_.faults[static_cast<std::size_t>(fault)];
  if (described_.size() < limits::kLoadFaultsShown) {
    described_.push_back(std::string(to_string(fault)) + ": " + std::move(what));
  }
}

bool Ledger::is_over(PersonIndex index) const {
  const Person& person = people_[index];
  return person.left || (person.said == cast_.script(index).turns.size() && !first_open(person));
}

void Ledger::close_turn(Person& person, std::size_t turn) {
  person.heard |= bit(turn);
  --open_;
}

void Ledger::leave(Person& person) {
  for (std::size_t turn = 0; turn < person.said; ++turn) {
    if ((person.heard & bit(turn)) == 0) close_turn(person, turn);
  }
  person.left = true;
}

std::optional<std::size_t> Ledger::first_open(const Person& person) {
  for (std::size_t turn = 0; turn < person.said; ++turn) {
    if ((person.heard & bit(turn)) == 0) return turn;
  }
  return std::nullopt;
}

std::string Ledger::place(PersonIndex index, std::size_t turn) const {
  return "person " + std::to_string(index) + ", " + cast_.script(index).name + " turn " +
         std::to_string(turn + 1);
}

}  // namespace mitr::load
