// Typing errors, capitals and chat spelling; see nlu_perturb.h.
#include "tests/bench/nlu_perturb.h"

#include <cctype>
#include <map>

#include "nlu/apce/mixing.h"

namespace mitr::bench {
namespace {

using apce::Chance;

bool is_word(const std::string& word) {
  for (const char c : word) {
    if (std::isalpha(static_cast<unsigned char>(c)) == 0) return false;
  }
  return !word.empty();
}

/// One word in six of four letters or more: two letters change places, one is lost, one comes
/// twice or is another.
std::string mistyped(std::string word, Chance& chance) {
  if (word.size() < 4 || !is_word(word) || chance.below(6) != 0) return word;
  const std::size_t at = 1 + chance.below(static_cast<std::uint32_t>(word.size() - 2));
  switch (chance.below(4)) {
    case 0:
      std::swap(word[at], word[at + 1]);
      break;
    case 1:
      word.erase(at, 1);
      break;
    case 2:
      word.insert(at, 1, word[at]);
      break;
    default:
      word[at] = static_cast<char>('a' + chance.below(26));
  }
  return word;
}

std::string recased(std::string word, Chance& chance) {
  const std::uint32_t how = chance.below(3);
  for (std::size_t i = 0; i < word.size(); ++i) {
    const auto c = static_cast<unsigned char>(word[i]);
    if (how == 0 || (how == 1 && i == 0)) word[i] = static_cast<char>(std::toupper(c));
  }
  return word;
}

/// As in chats: a few words by their sound, "ing" cut short, every third long word without a vowel.
std::string respelt(std::string word, Chance& chance) {
  static const std::map<std::string, std::string> sounds = {
      {"you", "u"},         {"your", "ur"},  {"are", "r"},       {"please", "plz"},
      {"for", "4"},         {"to", "2"},     {"and", "n"},       {"what", "wat"},
      {"tomorrow", "tmrw"}, {"the", "d"},    {"because", "coz"}, {"have", "hv"},
      {"message", "msg"},   {"with", "wid"}, {"karo", "kro"},    {"nahi", "nai"},
      {"hai", "h"},         {"mein", "me"},  {"kya", "kia"},     {"liye", "lie"}};
  const auto sound = sounds.find(word);
  if (sound != sounds.end()) return chance.below(2) == 0 ? sound->second : word;
  if (word.size() > 5 && word.ends_with("ing") && chance.below(2) == 0) word.pop_back();
  if (word.size() < 6 || !is_word(word) || chance.below(3) != 0) return word;
  const std::size_t vowel = word.find_first_of("aeiou", 1);
  if (vowel != std::string::npos) word.erase(vowel, 1);
  return word;
}

}  // namespace

const char* name_of(Perturbation perturbation) {
  switch (perturbation) {
    case Perturbation::kTypos:
      return "typos";
    case Perturbation::kCasing:
      return "casing";
    case Perturbation::kRespelling:
      return "respelling";
  }
  return "";
}

std::vector<Utterance> perturbed(std::vector<Utterance> rows, Perturbation perturbation) {
  Chance chance(2026);
  for (Utterance& row : rows) {
    std::string out;
    std::string word;
    for (const char c : row.text + ' ') {
      if (c != ' ') {
        word += c;
        continue;
      }
      if (!out.empty()) out += ' ';
      out += perturbation == Perturbation::kTypos    ? mistyped(word, chance)
             : perturbation == Perturbation::kCasing ? recased(word, chance)
                                                     : respelt(word, chance);
      word.clear();
    }
    row.text = out;
    row.slots.clear();
  }
  return rows;
}

}  // namespace mitr::bench
