// Which words of an utterance are values of which slots. Immutable once trained or read; shared by
// pointer. Of the values it was trained from it keeps hashes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "nlu/apce/gazetteer.h"
#include "nlu/apce/key_directory.h"
#include "nlu/apce/known_values.h"
#include "nlu/apce/lattice.h"
#include "nlu/apce/slot_features.h"
#include "nlu/apce/weight_rows.h"

namespace mitr::apce {

/// A sighting's row of weights has a run for each place it speaks for, of all labels in whole
/// fours.
constexpr std::size_t slot_classes_of(std::size_t slots) {
  return kPlaces * whole_fours(labels_of(slots));
}

struct TaggedSpan {
  std::uint16_t slot = 0;   ///< Into names().
  std::uint32_t begin = 0;  ///< Byte offsets into the text.
  std::uint32_t end = 0;
  std::uint16_t permille = 0;  ///< Of its least likely word.
};

class SlotModel {
 public:
  struct Parts {
    std::vector<std::string> names;
    KeyDirectory keys;
    WeightRows weights;  ///< See slot_classes_of.
    Transitions transitions{0};
    Gazetteer gazetteer;
  };
  explicit SlotModel(Parts parts) : parts_(std::move(parts)) {}

  /// `context` is what is known beside the words, as it was in training; `known` are values that
  /// the tenant's records hold.
  std::vector<TaggedSpan> tag(const Words& words, const std::vector<std::string_view>& context = {},
                              const KnownValues* known = nullptr) const;

  /// True if the word is known as a name and stood in no example as anything else.
  bool only_name(std::string_view word) const;

  const std::vector<std::string>& names() const { return parts_.names; }
  const Parts& parts() const { return parts_; }

 private:
  Parts parts_;
};

}  // namespace mitr::apce
