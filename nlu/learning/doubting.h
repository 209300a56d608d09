// Which labels others contradict. A review is one person's word, of words that one contact chose:
// what a model knows of the pack and of other contacts' reviews, and is sure of, stands against it.
// It then teaches nothing until more contacts say the same; by then the model is not sure any more.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "nlu/apce/intent_model.h"
#include "nlu/learning/curriculum.h"

namespace mitr {

/// A model that is taught by the pack and these: null: there is none, and nothing is doubted.
using TaughtByOthers = std::function<std::shared_ptr<const apce::IntentModel>(
    const std::vector<ReviewedWords>& others)>;

/// True if the model is sure that the words begin something else than the label says.
bool contradicts(const apce::IntentModel& model, const ReviewedWords& review);

/// Takes what others contradict out of `teach`. Contacts are parted in two, each half is asked of a
/// model that the other half taught. The same for any order of `teach`.
std::vector<ReviewedWords> take_doubted(std::vector<ReviewedWords>& teach,
                                        const TaughtByOthers& taught);

}  // namespace mitr
