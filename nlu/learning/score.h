// How well first sentences are understood, as counts: right, wrong, asked about; and which label is
// taken for which.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "nlu/understanding.h"

namespace mitr {

/// What words begin: a flow's name, "(human)", or this.
inline constexpr std::string_view kBeginsNothing = "-";
/// It asks which of two or more is meant.
inline constexpr std::string_view kAsksWhich = "?";

/// What an understanding at rest begins, as labels are written.
std::string begun_by(const Understanding& understood);

struct Score {
  std::uint32_t right = 0;
  std::uint32_t wrong = 0;   ///< Another flow begins.
  std::uint32_t asked = 0;   ///< It asks which.
  std::uint32_t missed = 0;  ///< Nothing begins, but something should.

  std::uint32_t all() const { return right + wrong + asked + missed; }
  /// What it is worth: to begin the wrong thing costs as much as the right one gains.
  std::int64_t worth() const { return std::int64_t{right} - std::int64_t{wrong}; }
  void add(std::string_view label, std::string_view begun);
  bool operator==(const Score&) const = default;
};

/// What each label is taken for.
class Confusion {
 public:
  void add(const std::string& label, const std::string& begun);
  const Score& score() const { return score_; }
  struct Cell {
    std::string label;
    std::string begun;
    std::uint32_t count = 0;
  };
  /// By label, its most frequent outcome first; the right one leads among equals.
  std::vector<Cell> cells() const;

 private:
  std::map<std::pair<std::string, std::string>, std::uint32_t> counts_;
  Score score_;
};

}  // namespace mitr
