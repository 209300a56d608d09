// Every way to label the words of one utterance, summed and maximised: a linear chain of labels
// "outside", "begins slot s" and "continues slot s", where a slot continues only what it began.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "nlu/apce/lanes.h"

namespace mitr::apce {

using Label = std::uint16_t;
constexpr Label kOutsideLabel = 0;
constexpr Label begins_label(std::size_t slot) {
  return static_cast<Label>(1 + 2 * slot);
}
constexpr Label continues_label(std::size_t slot) {
  return static_cast<Label>(2 + 2 * slot);
}
constexpr bool begins(Label label) {
  return label % 2 == 1;
}
constexpr bool continues(Label label) {
  return label != kOutsideLabel && label % 2 == 0;
}
constexpr std::size_t slot_of(Label label) {
  return (label - std::size_t{1}) / 2;
}
constexpr std::size_t labels_of(std::size_t slots) {
  return 1 + 2 * slots;
}
constexpr bool may_follow(Label before, Label label) {
  return !continues(label) || (before != kOutsideLabel && slot_of(before) == slot_of(label));
}

/// Largest score of one label after another: beyond it a product of its exponentials leaves the
/// range of a float.
constexpr float kTransitionMost = 40;

/// Scores of one label after another; what may not follow stays impossible.
class Transitions {
 public:
  explicit Transitions(std::size_t slots);
  std::size_t labels() const { return labels_; }
  std::size_t stride() const { return stride_; }
  float score(Label before, Label label) const { return scores_[before * stride_ + label]; }
  void set(Label before, Label label, float score);
  /// A row of stride() for each label before.
  const float* scores(Label before) const { return &scores_[before * stride_]; }
  /// exp(score), a row of stride() for each label before; 0 where impossible.
  const float* factors(Label before) const { return &factors_[before * stride_]; }

 private:
  std::size_t labels_;
  std::size_t stride_;
  std::vector<float> scores_;
  std::vector<float> factors_;
};

class Lattice {
 public:
  explicit Lattice(const Transitions& transitions) : transitions_(transitions) {}
  Lattice(const Lattice&) = delete;
  Lattice& operator=(const Lattice&) = delete;

  /// Ready for an utterance of `words` words, all scores zero. Scores of `beyond` words before the
  /// first and after the last may be added to as well, and come to nothing.
  void begin(std::size_t words, std::size_t beyond = 0);
  std::size_t words() const { return words_; }
  /// Scores of the word's labels, to be added to; stride() of them.
  float* scores(std::size_t word) { return scores_ + word * transitions_.stride(); }
  /// Of all words, those beyond and whatever completes the last sixteen.
  std::span<float> all_scores() {
    return {room_.data(), (words_ + 2 * beyond_) * transitions_.stride() + kSixteen};
  }

  /// Sums over all labellings; afterwards those below answer.
  void sum();
  /// The best labels, of those that are likely at their words.
  std::vector<Label> best() const;
  float marginal(std::size_t word, Label label) const {
    return marginals_[word * transitions_.stride() + label];
  }
  /// Of labels `before` at `word` and `label` at the next.
  float pair_marginal(std::size_t word, Label before, Label label) const;
  /// Labels of a word that are not practically impossible.
  std::span<const Label> likely(std::size_t word) const {
    return std::span(likely_).subspan(likely_begins_[word],
                                      likely_begins_[word + 1] - likely_begins_[word]);
  }

 private:
  void forward();
  void backward();

  const Transitions& transitions_;
  std::size_t words_ = 0;
  std::size_t beyond_ = 0;
  std::vector<float> room_;  ///< Of the rows below, one after the other: one piece of memory.
  float *scores_ = nullptr, *nodes_ = nullptr, *alphas_ = nullptr, *betas_ = nullptr,
        *marginals_ = nullptr;
  std::vector<float> ahead_;  ///< What a word's pair marginals are to be divided by.
  std::vector<Label> likely_;
  std::vector<std::size_t> likely_begins_;
};

}  // namespace mitr::apce
