// Understanding by the pack's patterns and the recognisers of nlu/slots; the first tier behind
// `Understander`.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "nlu/dialogue/pack.h"
#include "nlu/patterns/vocabulary.h"
#include "nlu/slots/date.h"
#include "nlu/slots/free_text.h"
#include "nlu/understand.h"

namespace mitr {

class Trigger;

class PatternUnderstander final : public Understander {
 public:
  /// Borrows the flows of `parts`, which must outlive it and not move.
  explicit PatternUnderstander(const PackParts& parts);
  ~PatternUnderstander() override;
  Understanding understand(std::string_view text, const Expectation& expectation) const override;

 private:
  struct SlotPatterns;
  struct FlowPatterns;
  struct Reading;

  const FlowPatterns* patterns_of(std::string_view flow) const;
  /// Nothing in hand: which flow do the words start, and which of its slots do they fill?
  void opening(Reading& reading) const;
  void answer(Reading& reading, const FlowPatterns& flow, const Slot& asked) const;
  void correction(Reading& reading, const FlowPatterns& flow) const;

  std::uint16_t threshold_permille_;
  Vocabulary vocabulary_;
  std::vector<FlowPatterns> flows_;
};

}  // namespace mitr
