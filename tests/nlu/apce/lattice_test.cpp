// Goal: sums and maxima over labellings are those of all labellings. Method: three words and two
// slots, every labelling enumerated.
#include "nlu/apce/lattice.h"

#include <cmath>
#include <gtest/gtest.h>

#include "nlu/apce/mixing.h"

namespace mitr::apce {
namespace {

constexpr std::size_t kSlots = 2;
constexpr std::size_t kWords = 3;

struct Chain {
  Transitions transitions{kSlots};
  Lattice lattice{transitions};
  double total = 0;
  std::vector<Label> best;
  double best_score = -1e9;
  double marginal[kWords][labels_of(kSlots)] = {};
  double pair = 0;  ///< Of label 1 at the first word and 2 at the second.

  explicit Chain(std::uint64_t seed) {
    Chance chance(seed);
    const auto any = [&] { return static_cast<float>(chance.below(4000)) / 1000 - 2; };
    for (Label a = 0; a < transitions.labels(); ++a) {
      for (Label b = 0; b < transitions.labels(); ++b) transitions.set(a, b, any());
    }
    lattice.begin(kWords);
    for (std::size_t word = 0; word < kWords; ++word) {
      for (std::size_t label = 0; label < transitions.labels(); ++label) {
        lattice.scores(word)[label] = any();
      }
    }
    std::vector<Label> labels;
    enumerate(labels, 0);
    lattice.sum();
  }

  void enumerate(std::vector<Label>& labels, double score) {
    if (labels.size() == kWords) {
      const double weight = std::exp(score);
      total += weight;
      for (std::size_t word = 0; word < kWords; ++word) marginal[word][labels[word]] += weight;
      if (labels[0] == 1 && labels[1] == 2) pair += weight;
      if (score > best_score) {
        best_score = score;
        best = labels;
      }
      return;
    }
    const std::size_t word = labels.size();
    for (Label label = 0; label < transitions.labels(); ++label) {
      if (!may_follow(labels.empty() ? kOutsideLabel : labels.back(), label)) continue;
      double more = static_cast<double>(lattice.scores(word)[label]);
      if (word > 0) more += static_cast<double>(transitions.score(labels.back(), label));
      labels.push_back(label);
      enumerate(labels, score + more);
      labels.pop_back();
    }
  }
};

TEST(Lattice, FindsTheBestLabelling) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Chain chain(seed);
    EXPECT_EQ(chain.lattice.best(), chain.best) << "seed " << seed;
  }
}

TEST(Lattice, SumsOverAllLabellings) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Chain chain(seed);
    for (std::size_t word = 0; word < kWords; ++word) {
      for (Label label = 0; label < chain.transitions.labels(); ++label) {
        EXPECT_NEAR(chain.lattice.marginal(word, label), chain.marginal[word][label] / chain.total,
                    1e-5)
            << "seed " << seed;
      }
    }
    EXPECT_NEAR(chain.lattice.pair_marginal(0, 1, 2), chain.pair / chain.total, 1e-5)
        << "seed " << seed;
  }
}

TEST(Lattice, ContinuesOnlyWhatBegan) {
  const Transitions transitions(kSlots);
  Lattice lattice(transitions);
  lattice.begin(2);
  lattice.scores(0)[continues_label(0)] = 50;
  lattice.scores(1)[continues_label(1)] = 50;
  lattice.sum();
  for (const Label label : lattice.best())
    EXPECT_TRUE(label == kOutsideLabel || begins(label) || slot_of(label) == 1);
  EXPECT_NE(lattice.best()[0], continues_label(0));
}

}  // namespace
}  // namespace mitr::apce
