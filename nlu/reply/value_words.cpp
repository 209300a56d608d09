// See value_words.h.
#include "nlu/reply/value_words.h"

#include <array>
#include <cstdio>

namespace mitr {
namespace {

enum class Tongue : std::uint8_t { kEnglish, kHindi, kHinglish };

Tongue tongue_of(std::string_view language) {
  if (language == "hi") return Tongue::kHindi;
  return language == "hi-Latn" ? Tongue::kHinglish : Tongue::kEnglish;
}

/// A word in the languages, in the order of Tongue.
using Word = std::array<std::string_view, 3>;

std::string_view in(const Word& word, Tongue tongue) {
  return word[static_cast<std::size_t>(tongue)];
}

struct Unit {
  Word one;
  Word many;
};
constexpr Unit kYears{{"year", "साल", "saal"}, {"years", "साल", "saal"}};
constexpr Unit kMonths{{"month", "महीना", "mahina"}, {"months", "महीने", "mahine"}};
constexpr Unit kDays{{"day", "दिन", "din"}, {"days", "दिन", "din"}};
constexpr Unit kHours{{"hour", "घंटा", "ghanta"}, {"hours", "घंटे", "ghante"}};
constexpr Unit kMinutes{{"minute", "मिनट", "minute"}, {"minutes", "मिनट", "minute"}};
constexpr Unit kSeconds{{"second", "सेकंड", "second"}, {"seconds", "सेकंड", "second"}};

constexpr Word kMorning{"", "सुबह", "subah"};
constexpr Word kNoon{"", "दोपहर", "dopahar"};
constexpr Word kEvening{"", "शाम", "shaam"};
constexpr Word kNight{"", "रात", "raat"};

const Word& part_of_hour(int hour) {
  if (hour >= 4 && hour < 12) return kMorning;
  if (hour >= 12 && hour < 16) return kNoon;
  return hour >= 16 && hour < 20 ? kEvening : kNight;
}

}  // namespace

std::string money_words(Money money) {
  std::string digits = std::to_string(money.paise / 100);
  // The last three digits stand together, those before in twos.
  for (std::size_t at = digits.size(), group = 3; at > group; group = 2) {
    at -= group;
    digits.insert(at, 1, ',');
  }
  const auto part = static_cast<int>(money.paise % 100);
  if (part == 0) return "₹" + digits;
  return "₹" + digits + '.' + std::to_string(100 + part).substr(1);
}

std::string clock_words(ClockTime time, std::string_view language) {
  const Tongue tongue = tongue_of(language);
  const int hour = time.minutes / 60;
  std::array<char, 32> face{};
  const int size =
      std::snprintf(face.data(), face.size(), "%d:%02d", (hour + 11) % 12 + 1, time.minutes % 60);
  const std::string text(face.data(), static_cast<std::size_t>(size));
  if (tongue == Tongue::kEnglish) return text + (hour < 12 ? " am" : " pm");
  return std::string(in(part_of_hour(hour), tongue)) + ' ' + text +
         (tongue == Tongue::kHindi ? " बजे" : " baje");
}

std::string duration_words(const Duration& duration, std::string_view language) {
  const Tongue tongue = tongue_of(language);
  std::string text;
  const auto add = [&](std::int64_t count, const Unit& unit) {
    if (count == 0) return;
    if (!text.empty()) text += ' ';
    text += std::to_string(count) + ' ';
    text += in(count == 1 ? unit.one : unit.many, tongue);
  };
  add(duration.months / 12, kYears);
  add(duration.months % 12, kMonths);
  add(duration.days, kDays);
  const std::int64_t seconds = duration.time.count();
  add(seconds / 3600, kHours);
  add(seconds / 60 % 60, kMinutes);
  add(seconds % 60, kSeconds);
  if (text.empty()) text = "0 " + std::string(in(kMinutes.many, tongue));
  return text;
}

std::string yes_no_words(bool yes, std::string_view language) {
  static constexpr Word kYes{"yes", "हाँ", "haan"};
  static constexpr Word kNo{"no", "नहीं", "nahi"};
  return std::string(in(yes ? kYes : kNo, tongue_of(language)));
}

}  // namespace mitr
