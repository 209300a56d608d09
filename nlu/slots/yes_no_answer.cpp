// Reading yes, no and unclear; see yes_no.h. Phrases first, then words, then what negates what.
#include <algorithm>
#include <array>
#include <optional>

#include "nlu/slots/yes_no.h"

namespace mitr {
namespace {

/// Further words that may stand beside an answer without taking it back, when one was asked.
constexpr std::size_t kOtherWordsMax = 3;
constexpr std::size_t kPhraseWordsMax = 4;

enum class Sign : std::uint8_t {
  kNone,
  kYes,
  kNo,
  kUnclear,
  kNegator,  ///< Turns the yes beside it; a no by itself.
  kFiller,
};

struct Phrase {
  std::array<std::string_view, kPhraseWordsMax> words;
  Sign sign;
};

/// Normal forms; longer before shorter where one begins with the other.
constexpr Phrase kPhrases[] = {
    {{"no", "wait"}, Sign::kNo},
    {{"not", "really"}, Sign::kNo},
    {{"not", "now"}, Sign::kNo},
    {{"not", "at", "all"}, Sign::kNo},
    {{"not", "interested"}, Sign::kNo},
    {{"no", "thank", "you"}, Sign::kNo},
    {{"no", "thanks"}, Sign::kNo},
    {{"no", "need"}, Sign::kNo},
    {{"no", "way"}, Sign::kNo},
    {{"no", "problem"}, Sign::kYes},
    {{"no", "issue"}, Sign::kYes},
    {{"no", "issues"}, Sign::kYes},
    {{"koi", "baat", "nahi"}, Sign::kYes},
    {{"koi", "dikkat", "nahi"}, Sign::kYes},
    {{"koi", "problem", "nahi"}, Sign::kYes},
    {{"why", "not"}, Sign::kYes},
    {{"kyu", "nahi"}, Sign::kYes},
    {{"kyun", "nahi"}, Sign::kYes},
    {{"kyon", "nahi"}, Sign::kYes},
    {{"of", "course", "not"}, Sign::kNo},
    {{"of", "course"}, Sign::kYes},
    {{"go", "ahead"}, Sign::kYes},
    {{"sounds", "good"}, Sign::kYes},
    {{"thats", "fine"}, Sign::kYes},
    {{"that", "works"}, Sign::kYes},
    {{"do", "it"}, Sign::kYes},
    {{"kar", "do"}, Sign::kYes},
    {{"kar", "dijiye"}, Sign::kYes},
    {{"kar", "de"}, Sign::kYes},
    {{"कर", "दो"}, Sign::kYes},
    {{"कर", "दीजिए"}, Sign::kYes},
    {{"rehne", "do"}, Sign::kNo},
    {{"rahne", "do"}, Sign::kNo},
    {{"rehne", "dijiye"}, Sign::kNo},
    {{"rehne", "de"}, Sign::kNo},
    {{"rahne", "de"}, Sign::kNo},
    {{"रहने", "दो"}, Sign::kNo},
    {{"jane", "do"}, Sign::kNo},
    {{"leave", "it"}, Sign::kNo},
    {{"chhod", "do"}, Sign::kNo},
    {{"chod", "do"}, Sign::kNo},
    {{"never", "mind"}, Sign::kNo},
    {{"do", "not", "know"}, Sign::kUnclear},
    {{"dont", "know"}, Sign::kUnclear},
    {{"cant", "say"}, Sign::kUnclear},
    {{"not", "sure"}, Sign::kUnclear},
    {{"not", "certain"}, Sign::kUnclear},
    {{"may", "be"}, Sign::kUnclear},
    {{"let", "me", "check"}, Sign::kUnclear},
    {{"let", "me", "think"}, Sign::kUnclear},
    {{"pata", "nahi"}, Sign::kUnclear},
    {{"pata", "nhi"}, Sign::kUnclear},
    {{"malum", "nahi"}, Sign::kUnclear},
    {{"पता", "नहीं"}, Sign::kUnclear},
    {{"मालूम", "नहीं"}, Sign::kUnclear},
    {{"ho", "sakta", "hai"}, Sign::kUnclear},
    {{"हो", "सकता", "है"}, Sign::kUnclear},
    {{"dekhte", "hai"}, Sign::kUnclear},
    {{"dekhte", "hain"}, Sign::kUnclear},
    {{"baad", "me"}, Sign::kUnclear},
    {{"baad", "mein"}, Sign::kUnclear},
    {{"do", "not"}, Sign::kNegator},
};

constexpr std::string_view kYesWords[] = {
    "ya",      "yaa",    "yea",     "yesss",  "absolutely", "definitely", "certainly",
    "perfect", "agreed", "haaji",   "hanjee", "hn",         "zaroor",     "jaroor",
    "jarur",   "pakka",  "chalega", "kardo",  "bilkl",      "thk",        "tik",
    "achha",   "accha",  "acha",    "fine",   "great",      "हा",         "बिल्कुल",
    "बिलकुल",   "ज़रूर",    "जरूर",     "सही",    "पक्का",       "चलेगा",       "अच्छा",
    "👌",       "🆗",      "☑",       "✔",      "✓",          "yess"};
constexpr std::string_view kNoWords[] = {"never", "nope", "nay", "cancel", "galt", "nopes", "नही",
                                         "ना",    "गलत",  "मत",  "🙅",      "✖",    "✗"};
constexpr std::string_view kNegators[] = {"not",   "dont", "nahi", "nahin", "nai", "nhi", "nahee",
                                          "nahii", "mat",  "isnt", "नहीं",   "नही", "मत",  "doesnt",
                                          "wont",  "na",   "cant", "न",     "naa"};
constexpr std::string_view kWrong[] = {"wrong", "galat", "incorrect", "गलत"};
constexpr std::string_view kUnclearWords[] = {
    "maybe", "shayad", "perhaps", "confused", "idk", "depends", "possibly", "wait", "ruko",
    "शायद",  "रुको",    "hmmm",    "hmm",      "hm",  "dunno",   "🤔",     "🤷"};
constexpr std::string_view kFillers[] = {
    "think", "guess", "also", "just",  "hu",      "hun",   "hoon",   "main",       "toh", "to",
    "bhai",  "bro",   "dear", "mujhe", "chahiye", "wait",  "oh",     "well",       "um",  "mera",
    "we",    "hain",  "abhi", "ho",    "gaya",    "karo",  "kijiye", "बस",         "भी",  "तो",
    "चाहिए", "will",  "do",   "can",   "लेकिन",    "leave", "order",  "appointment"};

template <std::size_t N>
bool listed(const std::string_view (&list)[N], std::string_view norm) {
  return std::find(std::begin(list), std::end(list), norm) != std::end(list);
}

/// "yesss" as "yes", "haaan" as "han": runs of a letter once. Empty: too long to be an answer.
std::string_view without_runs(std::string_view norm, std::array<char, 16>& room) {
  if (norm.size() > room.size()) return {};
  std::size_t size = 0;
  for (const char c : norm) {
    if (size == 0 || room[size - 1] != c) room[size++] = c;
  }
  return {room.data(), size};
}

bool is_skin_tone(std::string_view norm) {
  return norm.size() == 4 && norm.substr(0, 3) == "\xF0\x9F\x8F";
}

Sign sign_of_word(const Token& token) {
  const std::string_view norm = token.norm;
  if (listed(kNegators, norm)) return Sign::kNegator;
  if (listed(kUnclearWords, norm)) return Sign::kUnclear;
  if (token.is(kIsNo) || listed(kNoWords, norm)) return Sign::kNo;
  if (token.is(kIsYes) || listed(kYesWords, norm)) return Sign::kYes;
  if (is_skin_tone(norm)) return Sign::kFiller;
  if (token.is(kIsFiller) || token.is(kIsThanks) || token.is(kIsGreet) || listed(kFillers, norm))
    return Sign::kFiller;
  if (norm.size() < 3 || static_cast<unsigned char>(norm[0]) >= 0x80) return Sign::kNone;
  std::array<char, 16> room{};
  const std::string_view once = without_runs(norm, room);
  if (once == "yes" || once == "han" || once == "ha" || once == "ji" || once == "ok" ||
      once == "yep" || once == "hanji") {
    return Sign::kYes;
  }
  if (once == "no" || once == "nope") return Sign::kNo;
  return once == "nahi" || once == "nhi" ? Sign::kNegator : Sign::kNone;
}

std::size_t phrase_at(const Tokens& t, std::size_t at, Sign& sign) {
  for (const Phrase& phrase : kPhrases) {
    std::size_t length = 0;
    while (length < kPhraseWordsMax && !phrase.words[length].empty() &&
           t[at + length].norm == phrase.words[length]) {
      ++length;
    }
    if (length == kPhraseWordsMax || phrase.words[length].empty()) {
      sign = phrase.sign;
      return length;
    }
  }
  return 0;
}

/// What the words add up to.
struct Balance {
  std::size_t yes = 0;
  std::size_t no = 0;
  std::size_t unclear = 0;
  std::size_t other = 0;
  bool leading = false;  ///< The first word that says anything is an answer.
  TokenSpan span;
  TokenSpan lead;  ///< Of the answer words before anything else was said.

  void count(Sign sign, std::size_t at, std::size_t length) {
    if (sign == Sign::kNone) {
      ++other;
      return;
    }
    if (sign == Sign::kFiller) return;
    if (other == 0) {
      leading = true;
      if (lead.empty()) lead.first = at;
      lead.last = at + length;
    }
    if (span.empty()) span.first = at;
    span.last = at + length;
    yes += sign == Sign::kYes ? 1 : 0;
    no += sign == Sign::kNo ? 1 : 0;
    unclear += sign == Sign::kUnclear ? 1 : 0;
  }
};

/// The word that a negator turns: next to it, before or behind, with at most one filler between.
std::size_t turned_by(const Tokens& t, std::size_t at) {
  for (const std::size_t near : {at + 1, at + 2}) {
    if (!t[near].is_word()) break;
    const Sign sign = sign_of_word(t[near]);
    if (sign == Sign::kYes || listed(kWrong, t[near].norm)) return near;
    if (sign != Sign::kFiller) break;
  }
  return at;
}

bool affirms_strongly(const Token& token) {
  return token.is("theek") || token.is("thik") || token.is("sahi") || token.is("correct") ||
         token.is("right") || token.is("fine") || token.is("ठीक") || token.is("सही") ||
         token.is("bilkul") || token.is("बिल्कुल") || token.is("ji") || token.is("जी");
}

Balance weigh(const Tokens& t) {
  Balance balance;
  for (std::size_t at = 0; at < t.size();) {
    if (!t[at].is_word()) {
      balance.other += t[at].is_number() ? 1 : 0;
      ++at;
      continue;
    }
    Sign sign = Sign::kNone;
    if (const std::size_t length = phrase_at(t, at, sign); length > 0 && sign != Sign::kNegator) {
      balance.count(sign, at, length);
      at += length;
      continue;
    } else if (length > 0) {
      ++at;  // "do not": the negator is its second word.
    }
    sign = sign_of_word(t[at]);
    // "theek nahi hai", "galat nahi": Hindi negates behind the word.
    const bool negated_behind = t[at + 1].is_word() && sign_of_word(t[at + 1]) == Sign::kNegator &&
                                !t[at + 1].is("na") && !t[at + 1].is("not");
    const bool wrong = listed(kWrong, t[at].norm);
    if (negated_behind && (wrong || (sign == Sign::kYes && affirms_strongly(t[at])))) {
      balance.count(wrong ? Sign::kYes : Sign::kNo, at, 2);
      at += 2;
      continue;
    }
    if (sign == Sign::kNegator) {
      const std::size_t turned = turned_by(t, at);
      // "haan na" asks for agreement, it does not deny.
      const bool tag = (t[at].is("na") || t[at].is("naa")) && balance.yes > 0;
      const bool turns_wrong = turned > at && listed(kWrong, t[turned].norm);
      const Sign counted = tag ? Sign::kFiller : (turns_wrong ? Sign::kYes : Sign::kNo);
      // "nahi ji", "nahi, theek hai": only "not correct" and the like are one answer.
      const bool joined = turned > at && (turns_wrong || t[at].is("not") || t[at].is("isnt") ||
                                          t[at].is("dont") || t[turned].is("ji"));
      std::size_t length = joined ? turned - at + 1 : 1;
      // "dont do it", "mat kar do": what would be a yes is what is denied.
      Sign denied = Sign::kNone;
      const std::size_t phrase = phrase_at(t, at + 1, denied);
      if (phrase > 0 && denied == Sign::kYes) length = 1 + phrase;
      balance.count(counted, at, length);
      at += length;
      continue;
    }
    balance.count(sign, at, 1);
    ++at;
  }
  return balance;
}

bool ends_in_question(const Tokens& t) {
  return !t.empty() && t[t.size() - 1].is_mark('?');
}

/// "no" and "yes" lead a sentence about something else only with a mark behind them.
bool marked_off(const Tokens& t, const Balance& balance) {
  const Token& behind = t[balance.lead.last];
  return behind.is_mark(',') || behind.is_mark('.') || behind.is_mark('!') || behind.is_mark('-') ||
         behind.is("but") || behind.is("the") || behind.is("its") || behind.is(kIsClassWord) ||
         behind.is("change");
}

}  // namespace

std::vector<Found<YesNo>> find_yes_no(const Tokens& tokens, const YesNoContext& context) {
  const Balance balance = weigh(tokens);
  const std::size_t signs = balance.yes + balance.no + balance.unclear;
  if (signs == 0) return {};
  const bool few = balance.other <= (context.asked ? kOtherWordsMax : 0);
  const bool led =
      !context.whole && balance.leading && (context.asked || marked_off(tokens, balance));
  if (!few && !led) return {};
  const TokenSpan span = few ? balance.span : balance.lead;
  YesNo value = YesNo::kUnclear;
  const bool one_sided = balance.unclear == 0 && (balance.yes == 0 || balance.no == 0);
  const bool doubts = ends_in_question(tokens) && balance.other == 0;
  if (one_sided && !doubts) {
    value = balance.yes > 0 ? YesNo::kYes : YesNo::kNo;
  } else if (led && balance.other > 0 && balance.unclear == 0) {
    // "no, the class is right": what leads is the answer, the rest is about something.
    Sign sign = Sign::kNone;
    if (phrase_at(tokens, balance.lead.first, sign) == 0) {
      sign = sign_of_word(tokens[balance.lead.first]);
    }
    value = sign == Sign::kYes ? YesNo::kYes : YesNo::kNo;
  }
  return {found_at(tokens, span, value)};
}

}  // namespace mitr
