// Understanding by the pack's patterns and the recognisers of nlu/slots; the first tier behind
// `Understander`.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "nlu/dialogue/pack.h"
#include "nlu/patterns/opening_model.h"
#include "nlu/patterns/value_tagger.h"
#include "nlu/patterns/vocabulary.h"
#include "nlu/understand.h"

namespace mitr {

class MovePatterns;
struct FlowPatterns;
struct Reading;
struct SlotPatterns;

class PatternUnderstander final : public Understander {
 public:
  /// Borrows the flows of `parts`, which must outlive it and not move.
  explicit PatternUnderstander(const PackParts& parts);
  ~PatternUnderstander() override;
  Understanding understand(std::string_view text, const Expectation& expectation) const override;

 private:
  /// A flow that the words would start, and which words.
  struct Asked {
    const FlowPatterns* flow = nullptr;
    int score = 0;
    std::vector<TokenSpan> spans;
  };

  const FlowPatterns* patterns_of(std::string_view flow) const;
  /// The tenant's own, or the pack's.
  const OpeningModel& model_of(const Expectation& expectation) const;
  /// Flows above the threshold, the surest first.
  std::vector<Asked> asked_for(const Reading& reading) const;
  /// Nothing in hand: what do the words begin, by triggers and examples together? `calls` is true
  /// if some of the words call a person.
  void begin(Reading& reading, bool calls) const;
  /// Which flow do the triggers start, and which of its slots do the words fill?
  void opening(Reading& reading, const std::vector<Asked>& asked) const;
  /// What the examples say, where it is not what the triggers say.
  void guessed(Reading& reading, const std::vector<OpeningModel::Guess>& guesses) const;
  /// Lets go of what was asked for in so many words, but is not meant by the whole of them.
  void keep_meant(const Reading& reading, std::vector<Asked>& asked,
                  const std::vector<OpeningModel::Guess>& guesses) const;
  /// True if the words at `span` are a matter of their own.
  bool is_further(const Reading& reading, const Asked& asked, TokenSpan span,
                  const std::vector<OpeningModel::Guess>& guesses) const;
  /// What else the first sentence says of the flow it begins.
  void opening_values(Reading& reading, const FlowPatterns& flow,
                      const std::vector<TokenSpan>& triggered) const;
  /// Names and texts that the examples teach to see.
  void tagged_values(Reading& reading, const FlowPatterns& flow) const;
  /// The end of the whole name of which `span` is the beginning.
  std::size_t name_end(const Reading& reading, TokenSpan span) const;
  void further_flows(Reading& reading, const std::vector<Asked>& asked) const;
  /// A slot is asked: it has first claim.
  void answer(Reading& reading, const FlowPatterns& flow, const SlotPatterns& asked) const;
  void answer_text(Reading& reading, const FlowPatterns& flow, const Slot& asked) const;
  /// The confirmation and the like: any slot may be corrected.
  void correction(Reading& reading, const FlowPatterns& flow) const;
  /// A name or a text and nothing else, where any slot may be corrected.
  void lone_value(Reading& reading, const FlowPatterns& flow) const;
  /// The words are about another flow than the one in hand. False: they are not.
  bool elsewhere(Reading& reading, const FlowPatterns& flow) const;
  /// "cancel that, I want …": the flow behind a cancel in front. False: there is none.
  bool cancel_and(Reading& reading) const;
  /// Words of a flow that cannot wait. False: none are said.
  bool urgent(Reading& reading) const;

  std::uint16_t threshold_permille_;
  Vocabulary vocabulary_;
  bool any_urgent_ = false;
  std::vector<FlowPatterns> flows_;
  std::unique_ptr<MovePatterns> moves_;
  OpeningModel examples_;
  ValueTagger tagger_;
};

}  // namespace mitr
