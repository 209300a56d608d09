#include "nlu/learning/score.h"

#include <algorithm>

#include "nlu/dialogue/pack.h"

namespace mitr {

std::string begun_by(const Understanding& understood) {
  if (!understood.intent.empty()) return understood.intent;
  if (!understood.rivals.empty()) return std::string(kAsksWhich);
  return std::string(understood.move == Move::kHuman ? kAsksForPerson : kBeginsNothing);
}

void Score::add(std::string_view label, std::string_view begun) {
  if (begun == label) {
    ++right;
  } else if (begun == kAsksWhich) {
    ++asked;
  } else if (begun == kBeginsNothing) {
    ++missed;
  } else {
    ++wrong;
  }
}

void Confusion::add(const std::string& label, const std::string& begun) {
  ++counts_[{label, begun}];
  score_.add(label, begun);
}

std::vector<Confusion::Cell> Confusion::cells() const {
  std::vector<Cell> cells;
  for (const auto& [pair, count] : counts_) cells.push_back({pair.first, pair.second, count});
  std::stable_sort(cells.begin(), cells.end(), [](const Cell& a, const Cell& b) {
    if (a.label != b.label) return a.label < b.label;
    if (a.count != b.count) return a.count > b.count;
    return a.begun == a.label && b.begun != b.label;
  });
  return cells;
}

}  // namespace mitr
