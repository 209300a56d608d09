// Values without a shape of their own in a first sentence, as names and reasons: found by a tagger
// that learns from the values marked in a pack's examples. It hears small letters and scripts
// without capitals, where no pattern knows a name.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "nlu/apce/slot_model.h"
#include "nlu/dialogue/pack.h"

namespace mitr {

/// Below it the words are no value.
constexpr std::uint16_t kTaggedPermille = 300;

class ValueTagger {
 public:
  struct Tagged {
    std::string_view slot;
    std::uint32_t begin = 0;  ///< Byte offsets into the text.
    std::uint32_t end = 0;
  };

  /// Fewer marked examples than this are not learnt from. A bound, not a measure.
  static constexpr std::size_t kMarkedMin = 40;

  /// Learns from the flows of which an example has a mark; too few: it never finds anything.
  /// `names` are words that are people's names.
  explicit ValueTagger(const std::vector<PackExample>& examples,
                       const std::vector<std::string>& names = {});
  explicit ValueTagger(const PackParts& parts);

  /// In the order of the words, at most one a slot: the first.
  std::vector<Tagged> values(std::string_view text, std::string_view flow,
                             const apce::KnownValues* known) const;
  /// True if its examples show values of the slot in this flow: it knows when there is none.
  bool knows(std::string_view flow, std::string_view slot) const;
  /// True if the word is a name and nothing else, as a family name behind a first one.
  bool only_name(std::string_view word) const { return slots_ && slots_->only_name(word); }
  /// Null: it never finds anything.
  const apce::SlotModel* slots() const { return slots_.get(); }

 private:
  struct Shown {
    std::string flow;
    std::string slot;
    bool operator==(const Shown&) const = default;
  };
  std::shared_ptr<const apce::SlotModel> slots_;
  std::vector<Shown> shown_;
};

}  // namespace mitr
