// Interning words; see vocabulary.h.
#include "nlu/patterns/vocabulary.h"

#include <algorithm>
#include <limits>

namespace mitr {

WordId Vocabulary::add(std::string_view word) {
  const std::string norm = normal_word(word);
  if (const auto found = ids_.find(norm); found != ids_.end()) return found->second;
  if (ids_.size() + 1 >= std::numeric_limits<WordId>::max()) return 0;
  const auto id = static_cast<WordId>(ids_.size() + 1);
  ids_.emplace(norm, id);
  return id;
}

WordId Vocabulary::find(std::string_view norm) const {
  const auto found = ids_.find(norm);
  return found == ids_.end() ? WordId{0} : found->second;
}

std::vector<WordId> Vocabulary::ids(const Tokens& tokens) const {
  std::vector<WordId> ids(tokens.size());
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (tokens[at].is_word()) ids[at] = find(tokens[at].norm);
  }
  return ids;
}

void PhraseList::add(Vocabulary& vocabulary, std::string_view phrase) {
  const Tokens words(phrase);
  std::vector<WordId> ids;
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (words[at].is_word()) ids.push_back(vocabulary.add(words[at].norm));
  }
  if (ids.empty()) return;
  const auto place = std::upper_bound(firsts_.begin(), firsts_.end(), ids[0]);
  begins_ |= bit_of(ids[0]);
  phrases_.insert(phrases_.begin() + (place - firsts_.begin()), ids);
  firsts_.insert(place, ids[0]);
}

std::size_t PhraseList::longest(const std::vector<WordId>& ids, std::size_t at) const {
  const auto first = std::lower_bound(firsts_.begin(), firsts_.end(), ids[at]);
  std::size_t best = 0;
  for (auto phrase = phrases_.begin() + (first - firsts_.begin());
       phrase != phrases_.end() && (*phrase)[0] == ids[at]; ++phrase) {
    const std::size_t length = phrase->size();
    if (length <= best || at + length > ids.size()) continue;
    if (std::equal(phrase->begin(), phrase->end(), ids.begin() + static_cast<std::ptrdiff_t>(at))) {
      best = length;
    }
  }
  return best;
}

}  // namespace mitr
