// The words of lexicon.h: English as written in India, with the common Hindi words in both scripts.
#include "nlu/text/lexicon.h"

#include <initializer_list>

#include "nlu/text/word_table.h"

namespace mitr {
namespace {

using Words = WordTable;

void add(Words& words, std::uint32_t flags, std::initializer_list<std::string_view> list,
         std::uint8_t value = 0) {
  words.add(flags, list, value);
}

void add_calendar(Words& words) {
  add(words, kIsMonth, {"january", "jan", "janvari", "janwari", "janury", "जनवरी"}, 1);
  add(words, kIsMonth, {"february", "feb", "febuary", "farvari", "farwari", "फ़रवरी", "फरवरी"}, 2);
  add(words, kIsMonth, {"march", "mar", "मार्च"}, 3);
  add(words, kIsMonth, {"april", "apr", "aprail", "अप्रैल"}, 4);
  add(words, kIsMonth, {"may", "मई"}, 5);
  add(words, kIsMonth, {"june", "jun", "जून"}, 6);
  add(words, kIsMonth, {"july", "jul", "julai", "जुलाई"}, 7);
  add(words, kIsMonth, {"august", "aug", "agust", "अगस्त"}, 8);
  add(words, kIsMonth, {"september", "sept", "sep", "sitambar", "septmber", "सितंबर", "सितम्बर"}, 9);
  add(words, kIsMonth, {"october", "oct", "aktubar", "octuber", "अक्टूबर", "अक्तूबर"}, 10);
  add(words, kIsMonth, {"november", "nov", "navambar", "novmber", "नवंबर", "नवम्बर"}, 11);
  add(words, kIsMonth, {"december", "dec", "disambar", "decmber", "दिसंबर", "दिसम्बर"}, 12);
  add(words, kIsWeekday | kIsNameStop,
      {"monday", "mon", "somvar", "somwar", "somvaar", "somwaar", "munday", "सोमवार"}, 1);
  add(words, kIsWeekday | kIsNameStop,
      {"tuesday", "tue", "tues", "mangalvar", "mangalwar", "mangalvaar", "mangalwaar", "tusday",
       "teusday", "मंगलवार"},
      2);
  add(words, kIsWeekday | kIsNameStop,
      {"wednesday", "wed", "budhvar", "budhwar", "budhvaar", "budhwaar", "budwar", "wensday",
       "wednsday", "wedensday", "wednesdy", "बुधवार"},
      3);
  add(words, kIsWeekday | kIsNameStop,
      {"thursday", "thu", "thur", "thurs", "guruvar", "guruwar", "guruvaar", "guruwaar",
       "brihaspativar", "veervar", "thrusday", "thursdy", "गुरुवार", "गुरूवार", "बृहस्पतिवार"},
      4);
  add(words, kIsWeekday | kIsNameStop,
      {"friday", "fri", "shukravar", "shukrawar", "shukravaar", "shukrawaar", "shukrvar",
       "shukarvar", "firday", "शुक्रवार"},
      5);
  add(words, kIsWeekday | kIsNameStop,
      {"saturday", "sat", "shanivar", "shaniwar", "shanivaar", "shaniwaar", "saterday", "satuday",
       "saturdy", "शनिवार"},
      6);
  add(words, kIsWeekday | kIsNameStop,
      {"sunday", "sun", "ravivar", "raviwar", "ravivaar", "raviwaar", "itvar", "itwar", "sundy",
       "रविवार", "इतवार"},
      7);
  add(words, kIsShortDay, {"sat", "sun", "wed", "mon"});
  add(words, kIsRelativeDay | kIsNameStop, {"today", "aaj", "tdy", "todays", "aj", "आज"}, 1);
  add(words, kIsRelativeDay | kIsNameStop,
      {"tomorrow", "tommorow", "tomorow", "tommorrow", "tmrw", "tmr", "tmw", "tomoro", "tommorrw",
       "tmrrw", "kal", "kl", "कल"},
      2);
  add(words, kIsRelativeDay | kIsNameStop, {"parso", "parson", "parsoo", "परसों", "परसो"}, 3);
  // Yesterday's value would be 0, which add() reads as "none": its sense value is simply left at 0.
  add(words, kIsRelativeDay | kIsNameStop, {"yesterday", "yestrday", "yesterdy"});
  add(words, kIsOrdinal, {"st", "nd", "rd", "th"});
  add(words, kIsDays, {"day", "days", "din", "dino", "दिन", "दिनों"});
  add(words, kIsDateLead, {"on", "by", "the", "for", "next", "this", "coming", "in"});
}

void add_numbers(Words& words) {
  constexpr std::string_view names[] = {"one",   "two",   "three", "four", "five",   "six",
                                        "seven", "eight", "nine",  "ten",  "eleven", "twelve"};
  constexpr std::string_view romans[] = {"i",   "ii",   "iii", "iv", "v",  "vi",
                                         "vii", "viii", "ix",  "x",  "xi", "xii"};
  for (std::uint8_t n = 0; n < 12; ++n) {
    add(words, kIsNumberWord, {names[n]}, static_cast<std::uint8_t>(n + 1));
    add(words, kIsRoman, {romans[n]}, static_cast<std::uint8_t>(n + 1));
  }
  add(words, kIsNumberWord, {"ek"}, 1);
  add(words, kIsNumberWord, {"teen"}, 3);
  add(words, kIsNumberWord, {"dozen"}, 12);
}

void add_connectors(Words& words) {
  add(words, kIsUntil | kIsNameStop,
      {"to", "till", "til", "until", "upto", "through", "thru", "tak", "end", "ends", "ending",
       "तक"});
  add(words, kIsFrom | kIsNameStop,
      {"from", "starting", "since", "se", "frm", "start", "starts", "begins", "से"});
  add(words, kIsAnd | kIsNameStop, {"and", "aur", "और"});
  add(words, kIsQuestion | kIsNameStop,
      {"what", "why", "which", "how", "when", "who", "where", "can", "do", "does", "kya", "kyu",
       "kyun", "kab", "kaise", "kaun"});
}

void add_school(Words& words) {
  add(words, kIsClassWord | kIsNameStop,
      {"class", "grade", "std", "standard", "cls", "kaksha", "कक्षा"});
  add(words, kIsPreschool | kIsNameStop, {"nursery", "nursary", "नर्सरी"}, 1);
  add(words, kIsPreschool | kIsNameStop, {"lkg", "एलकेजी"}, 2);
  add(words, kIsPreschool | kIsNameStop, {"ukg", "यूकेजी"}, 3);
  add(words, kIsRelation | kIsNameLead | kIsNameStop,
      {"daughter", "son", "child", "ward", "kid", "student", "beti", "beta", "bete", "patient",
       "wife", "husband", "mother", "father", "बेटी", "बेटा"});
}

void add_names(Words& words) {
  add(words, kIsNameLead | kIsNameStop,
      {"her",   "his",    "my",        "the",  "our",      "name",  "names", "students",
       "child", "childs", "daughters", "sons", "patients", "wards", "kids",  "is",
       "its",   "it",     "this",      "that", "thats",    "am",    "im",    "for",
       "of",    "called", "named",     "mera", "meri",     "naam",  "uska",  "uski",
       "full",  "ye",     "yeh",       "hai",  "sir",      "madam", "maam",  "please",
       "pls",   "sorry",  "actually",  "mam",  "नाम",      "है"});
  add(words, kIsNameLead, {"i"});
  add(words, kIsNameStop,
      {"i",         "in",      "at",      "on",       "will",        "wont",   "would",
       "has",       "have",    "had",     "is",       "isnt",        "was",    "cant",
       "cannot",    "could",   "couldnt", "not",      "dont",        "know",   "need",
       "needs",     "want",    "wants",   "she",      "he",          "they",   "we",
       "you",       "are",     "be",      "as",       "because",     "due",    "with",
       "or",        "but",     "who",     "studying", "studies",     "reads",  "leave",
       "absent",    "sick",    "ill",     "also",     "going",       "coming", "dear",
       "respected", "teacher", "kindly",  "good",     "section",     "roll",   "no",
       "book",      "order",   "apply",   "request",  "appointment", "doctor", "dr",
       "so",        "then",    "ko",      "ke",       "liye",        "ne",     "को",
       "के",         "लिए",     "ने",       "her",      "his",         "our",    "all",
       "today",     "school",  "there",   "here"});
}

void add_moves(Words& words) {
  add(words, kIsYes,
      {"yes",     "y",     "yeah",    "yep",       "yup",  "ok",     "okay",   "k",       "sure",
       "correct", "right", "confirm", "confirmed", "haan", "han",    "haa",    "ha",      "hanji",
       "haanji",  "ji",    "theek",   "thik",      "sahi", "bilkul", "submit", "proceed", "done",
       "हाँ",      "हां",    "जी",      "ठीक",       "👍",    "✅"});
  add(words, kIsNo,
      {"no", "n", "nope", "nah", "nahi", "nahin", "nai", "na", "galat", "wrong", "incorrect", "not",
       "dont", "नहीं", "👎", "❌"});
  add(words, kIsCancel, {"cancel", "stop", "quit", "exit", "nevermind", "abort", "रद्द"});
  add(words, kIsGreet,
      {"hi", "hii", "hiii", "hello", "helo", "hey", "namaste", "namaskar", "salaam", "vanakkam",
       "morning", "afternoon", "evening", "नमस्ते"});
  add(words, kIsThanks,
      {"thanks", "thank", "thankyou", "thx", "ty", "tq", "dhanyavad", "dhanyawad", "shukriya",
       "धन्यवाद", "🙏"});
  add(words, kIsFiller,
      {"please",  "pls",     "plz",        "sir",    "madam",    "maam", "mam",   "teacher",
       "it",      "its",     "is",         "the",    "this",     "that", "thats", "all",
       "you",     "u",       "so",         "much",   "very",     "good", "go",    "ahead",
       "my",      "request", "everything", "now",    "i",        "want", "to",    "hai",
       "details", "dear",    "there",      "ji",     "ok",       "okay", "fine",  "and",
       "for",     "your",    "help",       "kindly", "everyone", "then", "again", "now",
       "haan",    "no",      "yes",        "are",    "😊",        "है",    "कर",    "दो"});
  add(words, kIsNameStop,
      {"yes", "ok", "okay", "hi", "hello", "hey", "namaste", "thanks", "thank", "cancel", "stop",
       "sure", "nahi", "haan", "correct", "wrong"});
}

const Words& words() {
  static const Words all = [] {
    Words built;
    add_calendar(built);
    add_numbers(built);
    add_connectors(built);
    add_school(built);
    add_names(built);
    add_moves(built);
    add_number_words(built);
    add_measure_words(built);
    add_time_words(built);
    return built;
  }();
  return all;
}

}  // namespace

Sense sense_of(std::string_view norm) {
  return words().find(norm);
}

}  // namespace mitr
