#include "tools/load/person_values.h"

#include <array>
#include <charconv>
#include <string_view>

namespace mitr::load {
namespace {

constexpr std::array<std::string_view, 32> kGiven{
    "Aisha",  "Rohan",  "Meera", "Kabir",  "Sara",  "Arjun",  "Nisha",   "Vikram",
    "Ananya", "Farhan", "Kavya", "Aditya", "Zoya",  "Ishaan", "Divya",   "Rahul",
    "Tara",   "Nikhil", "Pooja", "Imran",  "Sneha", "Varun",  "Leela",   "Siddharth",
    "Anita",  "Gaurav", "Rekha", "Manish", "Priya", "Tarun",  "Lakshmi", "Harish"};
constexpr std::array<std::string_view, 32> kFamily{
    "Khan",   "Mehta",  "Iyer",     "Singh",     "Thomas", "Rao",      "Patel",    "Sharma",
    "Verma",  "Nair",   "Das",      "Shaikh",    "Menon",  "Gupta",    "Reddy",    "Bose",
    "Joshi",  "Pillai", "Kulkarni", "Fernandes", "Chopra", "Banerjee", "Naidu",    "Saxena",
    "Mishra", "Kapoor", "Desai",    "Ghosh",     "Pandey", "Shetty",   "Malhotra", "Dutta"};
constexpr std::array<std::string_view, 7> kWeekdays{"Sun", "Mon", "Tue", "Wed",
                                                    "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

void append_number(std::string& out, std::uint64_t number, std::size_t digits_min = 1) {
  std::array<char, 20> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  const auto count = static_cast<std::size_t>(end - digits.data());
  if (count < digits_min) out.append(digits_min - count, '0');
  out.append(digits.data(), count);
}

void append_date(std::string& out, std::chrono::sys_days day, Form form) {
  const std::chrono::year_month_day date(day);
  const auto year = static_cast<std::uint64_t>(static_cast<int>(date.year()));
  const auto month = static_cast<unsigned>(date.month());
  const auto day_of_month = static_cast<unsigned>(date.day());
  if (form == Form::kTyped) {
    append_number(out, year, 4);
    out += '-';
    append_number(out, month, 2);
    out += '-';
    append_number(out, day_of_month, 2);
    return;
  }
  out += kWeekdays[std::chrono::weekday(day).c_encoding()];
  out += ' ';
  append_number(out, day_of_month);
  out += ' ';
  out += kMonths[month - 1];
  out += ' ';
  append_number(out, year);
}

}  // namespace

std::uint64_t drawn(std::uint64_t person, std::uint64_t salt) {
  // The finaliser of a splitmix generator: every input bit moves every output bit.
  std::uint64_t x = person * 0x9E3779B97F4A7C15u + (salt + 1) * 0xD1B54A32D192ED03u;
  x = (x ^ (x >> 30u)) * 0xBF58476D1CE4E5B9u;
  x = (x ^ (x >> 27u)) * 0x94D049BB133111EBu;
  return x ^ (x >> 31u);
}

double drawn_share(std::uint64_t person, std::uint64_t salt) {
  constexpr double kSteps = 9007199254740992.0;  // 2^53, what a double holds.
  return static_cast<double>(drawn(person, salt) >> 11u) / kSteps;
}

std::string name_of(std::uint64_t n, std::uint64_t salt) {
  const auto number = drawn(n, salt);
  std::string out(kGiven[number % kGiven.size()]);
  out += ' ';
  out += kFamily[(number >> 32u) % kFamily.size()];
  return out;
}

int PersonValues::between(const ValueSpec& spec, std::size_t value) const {
  const auto width = static_cast<std::uint64_t>(spec.max - spec.min) + 1;
  return spec.min + static_cast<int>(drawn(person_, value) % width);
}

std::chrono::sys_days PersonValues::date(const ValueSpec& spec, std::size_t value) const {
  // `after` names an earlier entry, so this ends.
  const auto from = spec.after ? date(specs_[*spec.after], *spec.after) : today_;
  return from + std::chrono::days(between(spec, value));
}

void PersonValues::append(std::string& out, std::size_t value, Form form) const {
  const ValueSpec& spec = specs_[value];
  switch (spec.kind) {
    case ValueKind::kName:
      out += name_of(person_, value);
      break;
    case ValueKind::kClass: {
      const auto number = drawn(person_, value);
      append_number(out, number % 12 + 1);
      out += static_cast<char>('A' + (number >> 32u) % 4);
      break;
    }
    case ValueKind::kDate:
      append_date(out, date(spec, value), form);
      break;
    case ValueKind::kNumber:
      append_number(out, static_cast<std::uint64_t>(between(spec, value)));
      break;
    case ValueKind::kPick:
      out += spec.options[drawn(person_, value) % spec.options.size()];
      break;
  }
}

}  // namespace mitr::load
