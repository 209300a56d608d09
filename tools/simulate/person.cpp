#include "tools/simulate/person.h"

#include <array>
#include <utility>

namespace mitr::simulate {
namespace {

using namespace std::chrono_literals;

constexpr std::array kFirstNames{"Asha", "Rohan", "Meera", "Nisha", "Arjun", "Lata"};
constexpr std::array kClasses{"5B", "6A", "7C", "6 a", "5b"};
constexpr std::array kDays{"tomorrow", "Monday", "30 Nov", "on Friday", "kal"};
constexpr std::array kEnds{"same day", "till Wednesday", "2 Dec", "one day only"};
constexpr std::array kReasons{"viral fever", "family wedding", "bukhar hai", "she has a bad cough",
                              "out of station"};
constexpr std::array kGoods{"rice", "atta", "dal", "soap", "tea"};
constexpr std::array kAmounts{"2 kg", "3 packets", "two", "10", "half a dozen"};
constexpr std::array kWandering{"??",   "ok ok", "are you there",          "asdf",
                                "stop", "hello", "what about the bus fee", "👍"};
constexpr std::array kYes{"yes", "Yes please", "haan ji", "ok", "yes, correct"};
constexpr std::array kCancel{"cancel", "never mind", "stop", "please cancel it", "rehne do"};

}  // namespace

Person::Person(Business business, std::string mark, Chance chance)
    : business_(business), mark_(std::move(mark)), chance_(chance) {
  const auto habit = [this](std::uint64_t most) {
    return static_cast<std::uint32_t>(chance_.below(most));
  };
  impatient_ = habit(2500);
  repeats_ = habit(4000);
  vanishes_ = habit(400);
  cancels_ = habit(500);
  wanders_ = habit(800);
  hindi_ = habit(3000);
}

Person::Asked Person::asked_by(const std::string& text) {
  constexpr std::array<std::pair<const char*, Asked>, 13> questions{{
      {"Tell me what to change", Asked::kChange},
      {"reply Yes", Asked::kConfirm},
      {"name of the student", Asked::kStudent},
      {"Which child", Asked::kStudent},
      {"Which class", Asked::kClass},
      {"From which day", Asked::kFrom},
      {"Until which day", Asked::kUntil},
      {"the reason for", Asked::kReason},
      {"like to order?", Asked::kItem},
      {"How much", Asked::kQuantity},
      {"patient's name", Asked::kPatient},
      {"Which day", Asked::kDay},
      {"Morning or evening", Asked::kTimeOfDay},
  }};
  for (const auto& [words, asked] : questions) {
    if (text.find(words) != std::string::npos) return asked;
  }
  return Asked::kNothing;
}

bool Person::ends_matter(const std::string& text) {
  for (const char* words : {"Thank you. The", "dropped it", "stopped here", "nothing open"}) {
    if (text.find(words) != std::string::npos) return true;
  }
  return false;
}

Time Person::thinks() {
  return chance_.happens(2000) ? chance_.between(10s, 90s) : chance_.between(400ms, 9s);
}

std::string Person::full_opening() {
  const std::string name = std::string(chance_.pick(kFirstNames)) + " " + mark_;
  switch (business_) {
    case Business::kSchool:
      return name + " of class " + chance_.pick(kClasses) + " is absent tomorrow because of " +
             chance_.pick(kReasons);
    case Business::kMerchant:
      return std::string("I want to order ") + chance_.pick(kAmounts) + " " + mark_ + " " +
             chance_.pick(kGoods);
    case Business::kClinic:
      return "I need an appointment " + std::string(chance_.pick(kDays)) + " evening for " + name;
  }
  return {};
}

std::string Person::opening() {
  if (chance_.happens(4500)) return full_opening();
  const bool hindi = chance_.happens(hindi_);
  switch (business_) {
    case Business::kSchool:
      return hindi ? "meri beti kal school nahi aayegi, bukhar hai"
                   : "I need leave for my daughter tomorrow";
    case Business::kMerchant:
      return hindi ? std::string(chance_.pick(kGoods)) + " chahiye" : "I want to place an order";
    case Business::kClinic:
      return hindi ? "doctor ko dikhana hai" : "I want to see the doctor";
  }
  return {};
}

std::string Person::answer_to(Asked asked) {
  switch (asked) {
    case Asked::kStudent:
    case Asked::kPatient:
      return std::string(chance_.pick(kFirstNames)) + " " + mark_;
    case Asked::kClass:
      return chance_.pick(kClasses);
    case Asked::kFrom:
    case Asked::kDay:
      return chance_.pick(kDays);
    case Asked::kUntil:
      return chance_.pick(kEnds);
    case Asked::kReason:
      return chance_.pick(kReasons);
    case Asked::kItem:
      return mark_ + " " + chance_.pick(kGoods);
    case Asked::kQuantity:
      return chance_.pick(kAmounts);
    case Asked::kTimeOfDay:
      return chance_.happens(5000) ? "evening" : "subah";
    case Asked::kConfirm:
      return chance_.pick(kYes);
    case Asked::kChange:
      return correction();
    case Asked::kNothing:
      break;
  }
  return full_opening();
}

std::string Person::correction() {
  switch (business_) {
    case Business::kSchool:
      return chance_.happens(5000) ? "no, class is 6A" : "the reason is wrong";
    case Business::kMerchant:
      return "quantity is 4";
    case Business::kClinic:
      return "date is Friday";
  }
  return {};
}

MessageBody Person::confirm(bool has_buttons) {
  const auto roll = chance_.below(100);
  if (roll < 10) return Words{Personal(correction())};
  if (roll < 18 && has_buttons) return Choice{"no", Personal("No")};
  if (roll < 50 && has_buttons) return Choice{"yes", Personal("Yes")};
  return Words{Personal(chance_.pick(kYes))};
}

void Person::add_habits(std::vector<Saying>& sayings, Asked asked) {
  if (chance_.happens(cancels_)) {
    sayings.front().body = Words{Personal(chance_.pick(kCancel))};
    return;
  }
  if (chance_.happens(wanders_)) {
    sayings.front().body = Words{Personal(chance_.pick(kWandering))};
    if (chance_.happens(3000)) sayings.front().body = Unreadable{"image", true};
    if (chance_.happens(2000)) sayings.front().body = Unreadable{"reaction", false};
    return;
  }
  if (chance_.happens(vanishes_)) {
    sayings.front().after = chance_.happens(8000) ? chance_.between(25min, 50min) : Time{26h};
    return;
  }
  if (!chance_.happens(impatient_)) return;
  // The next answers too, before anybody has asked.
  auto gap = sayings.front().after;
  for (auto ahead = 1 + chance_.below(3); ahead > 0; --ahead) {
    gap += chance_.between(30ms, 900ms);
    const auto next = static_cast<int>(asked) + 1;
    asked = next <= static_cast<int>(Asked::kConfirm) ? static_cast<Asked>(next) : Asked::kConfirm;
    auto words = chance_.happens(repeats_) ? last_words_ : answer_to(asked);
    sayings.push_back({gap, Words{Personal(std::move(words))}, true});
  }
}

std::vector<Saying> Person::begin() {
  busy_ = true;
  last_words_ = opening();
  std::vector<Saying> sayings{{Time{0}, Words{Personal(last_words_)}, false}};
  if (chance_.happens(600)) sayings.front().body = Words{Personal("hi")};
  if (chance_.happens(impatient_)) add_habits(sayings, Asked::kNothing);
  return sayings;
}

std::vector<Saying> Person::hear(const std::string& text, bool has_buttons) {
  const auto asked = asked_by(text);
  if (ends_matter(text)) {
    busy_ = false;
    if (!chance_.happens(800)) return {};
    return {{thinks(), Words{Personal(chance_.happens(5000) ? "thanks" : "shukriya")}, false}};
  }
  if (!busy_) {
    // What was left behind, or a courtesy: seldom worth a word.
    if (asked == Asked::kNothing || chance_.happens(5000)) return {};
    busy_ = true;
  }
  std::vector<Saying> sayings(1);
  sayings.front().after = thinks();
  if (asked == Asked::kConfirm) {
    sayings.front().body = confirm(has_buttons);
  } else if (asked == Asked::kTimeOfDay && has_buttons && chance_.happens(6000)) {
    sayings.front().body = Choice{"morning", Personal("Morning")};
  } else {
    last_words_ = answer_to(asked);
    sayings.front().body = Words{Personal(last_words_)};
  }
  add_habits(sayings, asked);
  return sayings;
}

std::vector<Saying> Person::wait() {
  if (!busy_) return {};
  if (!chance_.happens(repeats_)) {
    busy_ = false;
    return {};
  }
  return {{Time{0}, Words{Personal(last_words_)}, false}};
}

}  // namespace mitr::simulate
