#include "tools/load/cast.h"

#include <charconv>

namespace mitr::load {
namespace {

constexpr std::uint64_t kFirstPhone = 910'000'000'000;
constexpr std::uint64_t kProfileSalt = 1000;

}  // namespace

std::string Cast::phone(PersonIndex person) const {
  return std::to_string(kFirstPhone + parts_.base + person);
}

std::optional<PersonIndex> Cast::person_of(std::string_view phone) const {
  std::uint64_t number = 0;
  const auto end = phone.data() + phone.size();
  const auto read = std::from_chars(phone.data(), end, number);
  if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
  const auto first = kFirstPhone + parts_.base;
  if (number < first || number - first > UINT32_MAX) return std::nullopt;
  return static_cast<PersonIndex>(number - first);
}

std::string Cast::profile_name(PersonIndex person) const {
  return name_of(parts_.base + person, kProfileSalt);
}

double Cast::turns_mean() const {
  double turns = 0;
  for (const auto& number : parts_.numbers) {
    turns += static_cast<double>(parts_.scripts[number.script].turns.size());
  }
  return turns / static_cast<double>(parts_.numbers.size());
}

}  // namespace mitr::load
