// One of a list: by its words, a synonym, "the second one", "2", a part that only one has, or a
// spelling close to it. Several that fit as well are all told.
#pragma once

#include <string>
#include <vector>

#include "nlu/slots/found.h"

namespace mitr {

struct ChoiceOption {
  std::string label;
  std::vector<std::string> synonyms;
};

/// Options with their words in normal form, made once for many messages.
class ChoiceList {
 public:
  struct Phrase {
    std::vector<std::string> words;
    std::size_t option = 0;
  };

  ChoiceList() = default;
  explicit ChoiceList(const std::vector<ChoiceOption>& options);
  std::size_t size() const { return size_; }
  const std::vector<Phrase>& phrases() const { return phrases_; }

 private:
  std::vector<Phrase> phrases_;
  std::size_t size_ = 0;
};

struct ChoiceContext {
  const ChoiceList* list = nullptr;  ///< Never null; lives as long as the call.
  bool asked = false;  ///< One of the list is what we asked for: places, parts and slips count.
  bool places = true;  ///< With `asked`: "the second", "2" count; false: a number says how many.
};

/// Indices into the list. Unasked, only whole labels and synonyms count. What is denied ("not the
/// first", "mangalvar nahi") is not chosen.
std::vector<Found<std::size_t>> find_choices(const Tokens& tokens, const ChoiceContext& context);

}  // namespace mitr
