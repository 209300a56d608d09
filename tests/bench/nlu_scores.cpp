// Counting what was right; see nlu_scores.h.
#include "tests/bench/nlu_scores.h"

#include <algorithm>
#include <sys/resource.h>

namespace mitr::bench {

double threshold_at(const std::vector<Utterance>& rows, const std::vector<Decision>& decisions,
                    double percent) {
  std::vector<double> inside;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!rows[i].intent.empty()) inside.push_back(decisions[i].inside);
  }
  if (inside.empty()) return 0;
  std::sort(inside.begin(), inside.end());
  return inside[static_cast<std::size_t>(static_cast<double>(inside.size()) * percent / 100)];
}

IntentScores scores_of(const std::vector<Utterance>& rows, const std::vector<Decision>& decisions,
                       double threshold, const std::string& kind) {
  IntentScores scores;
  std::size_t right = 0, right_kept = 0, refused = 0;
  std::vector<std::pair<double, bool>> ranked;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool inside = !rows[i].intent.empty();
    if (!inside && !kind.empty() && rows[i].kind != kind) continue;
    ranked.emplace_back(decisions[i].inside, inside);
    const bool kept = decisions[i].inside >= threshold;
    if (inside) {
      ++scores.inside;
      right += decisions[i].intent == rows[i].intent ? 1 : 0;
      right_kept += kept && decisions[i].intent == rows[i].intent ? 1 : 0;
    } else {
      ++scores.outside;
      refused += kept ? 0 : 1;
    }
  }
  const auto percent = [](double part, std::size_t all) {
    return all > 0 ? 100 * part / static_cast<double>(all) : 0;
  };
  scores.accuracy = percent(static_cast<double>(right), scores.inside);
  scores.accuracy_rejecting = percent(static_cast<double>(right_kept), scores.inside);
  scores.recall = percent(static_cast<double>(refused), scores.outside);
  // Sum of ranks of those inside; equal scores share the mean of their ranks.
  std::sort(ranked.begin(), ranked.end());
  double ranks = 0;
  for (std::size_t i = 0; i < ranked.size();) {
    std::size_t end = i;
    std::size_t inside = 0;
    for (; end < ranked.size() && ranked[end].first == ranked[i].first; ++end) {
      inside += ranked[end].second ? 1 : 0;
    }
    ranks += static_cast<double>(inside) * (static_cast<double>(i + end + 1) / 2);
    i = end;
  }
  const auto in = static_cast<double>(scores.inside);
  const auto out = static_cast<double>(scores.outside);
  if (in > 0 && out > 0) scores.auroc = 100 * (ranks - in * (in + 1) / 2) / (in * out);
  return scores;
}

double cpu_seconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

std::size_t peak_bytes() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return static_cast<std::size_t>(used.ru_maxrss) * 1024;
}

}  // namespace mitr::bench
