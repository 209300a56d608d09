// Copies of utterances as hurried people write them, the same for every run.
#pragma once

#include <string>
#include <vector>

#include "tests/bench/nlu_data.h"

namespace mitr::bench {

enum class Perturbation { kTypos, kCasing, kRespelling };
constexpr Perturbation kPerturbations[] = {Perturbation::kTypos, Perturbation::kCasing,
                                           Perturbation::kRespelling};
const char* name_of(Perturbation perturbation);
std::vector<Utterance> perturbed(std::vector<Utterance> rows, Perturbation perturbation);

}  // namespace mitr::bench
