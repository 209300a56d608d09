// Optimal string alignment over three short rows; see edit_distance.h.
#include "nlu/slots/edit_distance.h"

#include <algorithm>
#include <array>

namespace mitr {
namespace {

/// Longer words are compared exactly: nothing people pick from or mistype is this long.
constexpr std::size_t kLettersMax = 40;

}  // namespace

bool within_slips(std::string_view a, std::string_view b, std::size_t slips_max) {
  if (a == b) return true;
  if (a.size() > b.size()) std::swap(a, b);
  if (slips_max == 0 || b.size() - a.size() > slips_max || b.size() > kLettersMax) return false;
  std::array<std::array<std::size_t, kLettersMax + 1>, 3> rows{};
  for (std::size_t column = 0; column <= b.size(); ++column) rows[0][column] = column;
  for (std::size_t row = 1; row <= a.size(); ++row) {
    auto& now = rows[row % 3];
    const auto& above = rows[(row + 2) % 3];
    const auto& further = rows[(row + 1) % 3];
    now[0] = row;
    std::size_t best = row;
    for (std::size_t column = 1; column <= b.size(); ++column) {
      const std::size_t replaced = above[column - 1] + (a[row - 1] == b[column - 1] ? 0 : 1);
      now[column] = std::min({above[column] + 1, now[column - 1] + 1, replaced});
      if (row > 1 && column > 1 && a[row - 1] == b[column - 2] && a[row - 2] == b[column - 1]) {
        now[column] = std::min(now[column], further[column - 2] + 1);
      }
      best = std::min(best, now[column]);
    }
    if (best > slips_max) return false;
  }
  return rows[a.size() % 3][b.size()] <= slips_max;
}

std::size_t slips_allowed(std::string_view word) {
  const bool ascii = std::all_of(word.begin(), word.end(),
                                 [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  // One slip in another script is at least one letter of up to three bytes.
  if (!ascii) return word.size() >= 12 ? 1 : 0;
  if (word.size() < 4) return 0;
  return word.size() < 8 ? 1 : 2;
}

}  // namespace mitr
