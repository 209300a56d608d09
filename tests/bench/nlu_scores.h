// What is measured of decisions on labelled utterances.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tests/bench/nlu_data.h"

namespace mitr::bench {

/// One decision: the best intent, and how surely it is one of the known.
struct Decision {
  std::string intent;
  double inside = 0;
};

struct IntentScores {
  std::size_t inside = 0, outside = 0;
  double accuracy = 0;  ///< Of utterances in scope, none rejected, in percent.
  double auroc = 0;     ///< How well those in scope rank above those out of it, in percent.
  double accuracy_rejecting = 0, recall = 0;  ///< With a threshold.
};

/// The score below which `percent` of the utterances in scope lie.
double threshold_at(const std::vector<Utterance>& rows, const std::vector<Decision>& decisions,
                    double percent);
/// `kind` empty: every utterance out of scope counts.
IntentScores scores_of(const std::vector<Utterance>& rows, const std::vector<Decision>& decisions,
                       double threshold, const std::string& kind = "");

/// CPU seconds of this process until now, and its largest memory in bytes.
double cpu_seconds();
std::size_t peak_bytes();

}  // namespace mitr::bench
