// The words of times, lengths of time and days that are no dates by themselves, in both languages
// and scripts.
#include "nlu/text/word_table.h"

namespace mitr {
namespace {

void add_lengths(WordTable& words) {
  words.mean(Meaning::kSecond, {"second", "seconds", "sec", "secs", "sekand", "सेकंड", "सेकेंड"});
  words.mean(Meaning::kMinute, {"minute", "minutes", "min", "mins", "minut", "minit", "mint",
                                "mints", "minat", "मिनट", "मिनिट"});
  words.mean(Meaning::kHour, {"hour", "hours", "hr", "hrs", "hour's", "ghanta", "ghante", "ghanto",
                              "ghnta", "ghnte", "gante", "घंटा", "घंटे", "घंटों", "घण्टा", "घण्टे"});
  words.mean(Meaning::kDay, {"day", "days", "din", "dino", "dinon", "दिन", "दिनों"});
  words.mean(Meaning::kWeek, {"week", "weeks", "wk", "wks", "hafta", "hafte", "haftey", "hafto",
                              "saptah", "हफ़्ता", "हफ़्ते", "हफ्ता", "हफ्ते", "सप्ताह"});
  words.mean(Meaning::kFortnight, {"fortnight", "fortnights", "pakhwada", "पखवाड़ा"});
  words.mean(Meaning::kMonth, {"month", "months", "mahina", "mahine", "mahinay", "maheena",
                               "maheene", "mahino", "महीना", "महीने", "महीनों"});
  words.mean(Meaning::kYear, {"year", "years", "yr", "yrs", "saal", "sal", "varsh", "साल", "वर्ष"});
}

void add_parts_of_day(WordTable& words) {
  words.mean(Meaning::kMorning, {"morning", "morn", "mrng", "mrning", "subah", "subeh", "subha",
                                 "savere", "सुबह", "सवेरे"});
  words.mean(Meaning::kAfternoon, {"afternoon", "afternun", "dopahar", "dopehar", "dophar",
                                   "dupahar", "dopaher", "दोपहर"});
  words.mean(Meaning::kEvening,
             {"evening", "evng", "evening's", "shaam", "sham", "saam", "shyam", "शाम"});
  words.mean(Meaning::kNight, {"night", "nite", "tonight", "raat", "ratri", "रात"});
  words.mean(Meaning::kNoon, {"noon", "midday"});
  words.mean(Meaning::kMidnight, {"midnight", "aadhiraat", "आधीरात"});
  words.mean(Meaning::kAm, {"am"});
  words.mean(Meaning::kPm, {"pm"});
  words.mean(Meaning::kOclock, {"oclock", "oclk", "baje", "bje", "bajhe", "bajay", "bajey", "baj",
                                "bajkar", "bajke", "बजे", "बज", "बजकर", "बजके"});
}

void add_relations(WordTable& words) {
  words.mean(Meaning::kQuarter, {"quarter", "quater"});
  words.mean(Meaning::kPast, {"past"});
  words.mean(Meaning::kAfter, {"after", "baad", "bad", "later", "बाद"});
  words.mean(Meaning::kBefore, {"before", "b4", "pehle", "pahle", "phle", "पहले", "पहिले"});
  words.mean(Meaning::kBetween, {"between", "beech", "bich", "bech", "बीच"});
  words.mean(Meaning::kNext,
             {"next", "nxt", "agle", "agla", "agli", "aagle", "अगले", "अगला", "अगली"});
  words.mean(Meaning::kThis, {"this", "coming", "is", "isi", "aane", "इस", "इसी"});
  words.mean(Meaning::kLast, {"last", "previous", "pichle", "pichhle", "pichla", "pichli", "पिछले",
                              "पिछला", "पिछली"});
  words.mean(Meaning::kAgo, {"ago", "back"});
  words.mean(Meaning::kDateWord, {"tareekh", "tarikh", "tarik", "tareek", "taarikh", "tareeq",
                                  "dinank", "तारीख", "तारीख़", "दिनांक"});
}

void add_hints(WordTable& words) {
  words.add(kIsPastHint,
            {"was",  "were", "had",  "did",  "didnt", "wasnt", "came", "went", "tha",  "thi",
             "thee", "gaya", "gayi", "gaye", "gya",   "gyi",   "aaya", "aayi", "aaye", "hua",
             "hui",  "kiya", "diya", "mila", "था",    "थी",    "थे",    "गया",  "गई",   "गए",
             "गयी",  "आया",  "आई",   "आए",   "हुआ",    "हुई",    "किया", "दिया", "मिला"});
  words.add(kIsFutureHint,
            {"will",    "wont",    "shall",  "going",  "hoga",   "hogi",    "honge",
             "aaunga",  "aaungi",  "aayega", "aayegi", "aaega",  "aaegi",   "aenge",
             "aayenge", "jayega",  "jayegi", "jaunga", "jaungi", "karenge", "karunga",
             "karungi", "chahiye", "milega", "milegi", "lenge",  "lunga",   "lungi",
             "होगा",    "होगी",    "होंगे",    "आऊंगा",   "आऊंगी",   "आएगा",    "आएगी",
             "आयेगा",    "आयेगी",    "आएंगे",    "जाएगा",  "जाएगी",  "जाऊंगा",   "जाऊंगी",
             "करेंगे",     "करूंगा",    "करूंगी",   "चाहिए",  "मिलेगा",  "मिलेगी",   "लेंगे"});
}

}  // namespace

void add_time_words(WordTable& words) {
  add_lengths(words);
  add_parts_of_day(words);
  add_relations(words);
  add_hints(words);
}

}  // namespace mitr
