// The same sets through the program `fasttext`, where it is installed: measured in the same run, so
// that ratios mean something on any machine.
#pragma once

#include <cstddef>
#include <vector>

#include "tests/bench/nlu_data.h"
#include "tests/bench/nlu_scores.h"

namespace mitr::bench {

struct FastText {
  std::vector<Decision> test;
  double train_seconds = 0;      ///< CPU.
  double utterance_seconds = 0;  ///< CPU, loading subtracted.
  std::size_t train_peak_bytes = 0;
  std::size_t model_bytes = 0;
};

bool has_fasttext();
/// One setting for every set. Fails with kUnavailable if the program does.
Result<FastText> run_fasttext(const DataSet& set);

}  // namespace mitr::bench
