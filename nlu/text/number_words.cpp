// The words of numbers: English, Hindi in Devanagari and in Roman letters, with the spellings
// people type. What a word is worth stands here; how words combine stands in slots/number.h.
#include <array>

#include "nlu/text/word_table.h"

namespace mitr {
namespace {

void add_english(WordTable& words) {
  constexpr std::string_view small[] = {"zero",    "one",     "two",       "three",    "four",
                                        "five",    "six",     "seven",     "eight",    "nine",
                                        "ten",     "eleven",  "twelve",    "thirteen", "fourteen",
                                        "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
  for (std::size_t n = 0; n < std::size(small); ++n) {
    words.number(NumberRole::kCardinal, static_cast<std::uint8_t>(n), {small[n]}, kIsEnglish);
  }
  words.add(kIsWeakNumber, {"one"});
  constexpr std::string_view tens[] = {"twenty", "thirty",  "forty",  "fifty",
                                       "sixty",  "seventy", "eighty", "ninety"};
  for (std::size_t n = 0; n < std::size(tens); ++n) {
    words.number(NumberRole::kCardinal, static_cast<std::uint8_t>(20 + 10 * n), {tens[n]},
                 kIsEnglish);
  }
  words.number(NumberRole::kCardinal, 12, {"tweleve", "twelv"}, kIsEnglish);
  words.number(NumberRole::kCardinal, 15, {"fiften", "fivteen"}, kIsEnglish);
  words.number(NumberRole::kCardinal, 40, {"fourty"}, kIsEnglish);
  words.number(NumberRole::kCardinal, 80, {"eigthy", "eighthy"}, kIsEnglish);
  words.number(NumberRole::kCardinal, 90, {"ninty", "nintey"}, kIsEnglish);
  words.add(kIsArticle, {"a", "an"});
}

void add_scales(WordTable& words) {
  words.number(NumberRole::kScale, 2,
               {"hundred", "hundreds", "hundered", "hundrad", "sau", "सौ", "saikda", "सैकड़ा"});
  words.number(NumberRole::kScale, 3,
               {"thousand", "thousands", "thousnd", "thousend", "hazaar", "hazar", "hajar",
                "hajaar", "hazzar", "hazzaar", "हज़ार", "हजार"});
  words.number(NumberRole::kScale, 5, {"lakh", "lakhs", "lac", "lacs", "laakh", "लाख"});
  words.number(NumberRole::kScale, 6, {"million", "millions"});
  words.number(NumberRole::kScale, 7,
               {"crore", "crores", "cr", "karod", "karor", "cror", "करोड़", "करोड"});
  words.number(NumberRole::kLetterScale, 3, {"k"});
  words.number(NumberRole::kLetterScale, 5, {"l"});
  words.number(NumberRole::kDozen, 0, {"dozen", "dozens", "dozon", "darjan", "darzan", "दर्जन"});
  words.number(NumberRole::kQuarters, 2,
               {"half", "aadha", "adha", "aadhe", "adhe", "aadhi", "adhi", "आधा", "आधे", "आधी"});
  words.number(NumberRole::kQuarters, 1, {"¼"});
  words.number(NumberRole::kQuarters, 2, {"½"});
  words.number(NumberRole::kQuarters, 3, {"¾", "paun", "pauna", "paon", "पौन", "पौना"});
  words.number(NumberRole::kQuarters, 6, {"dedh", "derh", "dedhh", "ded", "deedh", "डेढ़"});
  words.number(NumberRole::kQuarters, 10,
               {"dhai", "dhaai", "adhai", "adhaai", "dhaee", "ढाई", "अढ़ाई"});
  words.number(NumberRole::kMoreQuarters, 1, {"sava", "sawa", "savaa", "sawaa", "सवा"});
  words.number(NumberRole::kMoreQuarters, 2,
               {"saade", "sade", "saadhe", "sadhe", "sarhe", "saarhe", "साढ़े", "साड़े"});
  words.number(NumberRole::kLessQuarter, 0, {"paune", "pone", "paunay", "pauney", "पौने"});
}

/// Devanagari, where the spelling of each is nearly settled.
void add_devanagari(WordTable& words) {
  constexpr std::string_view names[] = {
      // 0
      "शून्य", "एक", "दो", "तीन", "चार", "पाँच", "छह", "सात", "आठ", "नौ",
      // 10
      "दस", "ग्यारह", "बारह", "तेरह", "चौदह", "पंद्रह", "सोलह", "सत्रह", "अठारह", "उन्नीस",
      // 20
      "बीस", "इक्कीस", "बाईस", "तेईस", "चौबीस", "पच्चीस", "छब्बीस", "सत्ताईस", "अट्ठाईस", "उनतीस",
      // 30
      "तीस", "इकतीस", "बत्तीस", "तैंतीस", "चौंतीस", "पैंतीस", "छत्तीस", "सैंतीस", "अड़तीस", "उनतालीस",
      // 40
      "चालीस", "इकतालीस", "बयालीस", "तैंतालीस", "चौवालीस", "पैंतालीस", "छियालीस", "सैंतालीस", "अड़तालीस",
      "उनचास",
      // 50
      "पचास", "इक्यावन", "बावन", "तिरपन", "चौवन", "पचपन", "छप्पन", "सत्तावन", "अट्ठावन", "उनसठ",
      // 60
      "साठ", "इकसठ", "बासठ", "तिरसठ", "चौंसठ", "पैंसठ", "छियासठ", "सड़सठ", "अड़सठ", "उनहत्तर",
      // 70
      "सत्तर", "इकहत्तर", "बहत्तर", "तिहत्तर", "चौहत्तर", "पचहत्तर", "छिहत्तर", "सतहत्तर", "अठहत्तर",
      "उन्यासी",
      // 80
      "अस्सी", "इक्यासी", "बयासी", "तिरासी", "चौरासी", "पचासी", "छियासी", "सत्तासी", "अट्ठासी", "नवासी",
      // 90
      "नब्बे", "इक्यानवे", "बानवे", "तिरानवे", "चौरानवे", "पचानवे", "छियानवे", "सत्तानवे", "अट्ठानवे",
      "निन्यानवे"};
  static_assert(std::size(names) == 100);
  for (std::size_t n = 0; n < std::size(names); ++n) {
    words.number(NumberRole::kCardinal, static_cast<std::uint8_t>(n), {names[n]});
  }
  const struct {
    std::uint8_t number;
    std::string_view word;
  } variants[] = {{6, "छः"},      {6, "छ"},       {6, "छे"},        {15, "पन्द्रह"},  {17, "सतरह"},
                  {18, "अट्ठारह"}, {22, "बाइस"},   {23, "तेइस"},     {27, "सत्ताइस"}, {28, "अट्ठाइस"},
                  {28, "अठाईस"},  {29, "उन्तीस"},  {31, "इकत्तीस"},  {33, "तेंतीस"},   {39, "उनचालीस"},
                  {43, "तेतालीस"}, {44, "चवालीस"}, {44, "चौंवालीस"}, {49, "उन्चास"},  {53, "तिरेपन"},
                  {54, "चौअन"},   {58, "अठावन"},  {63, "तिरेसठ"},   {64, "चौसठ"},   {79, "उनासी"},
                  {87, "सतासी"},  {88, "अठासी"},  {91, "इक्यानबे"},  {92, "बानबे"},   {93, "तिरानबे"},
                  {94, "चौरानबे"}, {95, "पंचानवे"},  {95, "पंचानबे"},   {96, "छियानबे"}, {97, "सत्तानबे"},
                  {98, "अट्ठानबे"}, {99, "निन्यानबे"}};
  for (const auto& v : variants) words.number(NumberRole::kCardinal, v.number, {v.word});
  words.add(kIsWeakNumber, {"एक", "दो", "छ"});
}

/// Roman letters: one or two spellings each, the rest is found by sound.
struct Spelling {
  std::uint8_t number;
  std::array<std::string_view, 6> words;
};
constexpr Spelling kRoman[] = {
    {1, {"ek"}},
    {2, {"do"}},
    {3, {"teen", "tin"}},
    {4, {"char", "chaar"}},
    {5, {"paanch", "panch", "paach", "pach"}},
    {6, {"chhe", "che", "chhah", "chah", "chhai", "chheh"}},
    {7, {"saat"}},
    {8, {"aath", "aat", "ath"}},
    {9, {"nau"}},
    {10, {"das", "dus"}},
    {11, {"gyarah", "gyara", "giyarah"}},
    {12, {"barah", "bara"}},
    {13, {"terah"}},
    {14, {"chaudah", "chodah"}},
    {15, {"pandrah", "pandra", "pandhra"}},
    {16, {"solah"}},
    {17, {"satrah", "satra"}},
    {18, {"atharah", "athara", "aatharah"}},
    {19, {"unnis", "unish"}},
    {20, {"bees", "bis"}},
    {21, {"ikkis", "ekkis"}},
    {22, {"bais", "baais", "baees"}},
    {23, {"teis", "tais", "teyis"}},
    {24, {"chaubis", "chobis"}},
    {25, {"pachis", "pachees"}},
    {26, {"chabbis", "chhabbis"}},
    {27, {"sattais", "satais"}},
    {28, {"atthais", "athais"}},
    {29, {"untis", "unatis", "unattis"}},
    {30, {"tees", "tis"}},
    {31, {"iktis", "ikattis", "ikatis"}},
    {32, {"battis"}},
    {33, {"taintis", "tetis", "tentis"}},
    {34, {"chauntis", "chautis"}},
    {35, {"paintis", "pentis"}},
    {36, {"chattis", "chhattis"}},
    {37, {"saintis", "sentis"}},
    {38, {"adtis", "artis", "adatis"}},
    {39, {"untalis", "unchalis"}},
    {40, {"chalis", "challis"}},
    {41, {"iktalis", "ektalis"}},
    {42, {"bayalis", "byalis"}},
    {43, {"taintalis", "tetalis"}},
    {44, {"chauvalis", "chavalis"}},
    {45, {"paintalis", "pentalis"}},
    {46, {"chhiyalis", "chiyalis"}},
    {47, {"saintalis", "sentalis"}},
    {48, {"adtalis", "artalis", "adatalis"}},
    {49, {"unchas", "unanchas"}},
    {50, {"pachas", "pachaas"}},
    {51, {"ikyavan", "ikyawan"}},
    {52, {"bavan", "bawan"}},
    {53, {"tirpan", "tirepan"}},
    {54, {"chauvan"}},
    {55, {"pachpan"}},
    {56, {"chhappan", "chappan"}},
    {57, {"sattavan", "satavan"}},
    {58, {"atthavan", "athavan"}},
    {59, {"unsath"}},
    {60, {"saath", "sath"}},
    {61, {"iksath"}},
    {62, {"basath"}},
    {63, {"tirsath", "tiresath"}},
    {64, {"chausath", "chaunsath"}},
    {65, {"painsath", "pensath"}},
    {66, {"chhiyasath", "chiyasath"}},
    {67, {"sadsath", "sarsath"}},
    {68, {"adsath", "arsath"}},
    {69, {"unhattar", "unahattar"}},
    {70, {"sattar"}},
    {71, {"ikhattar", "ikahattar"}},
    {72, {"bahattar"}},
    {73, {"tihattar"}},
    {74, {"chauhattar"}},
    {75, {"pachattar", "pachhattar", "pachahattar"}},
    {76, {"chhihattar", "chihattar"}},
    {77, {"satattar", "sathattar", "satahattar"}},
    {78, {"athattar", "athahattar"}},
    {79, {"unasi", "unyasi"}},
    {80, {"assi"}},
    {81, {"ikyasi"}},
    {82, {"bayasi"}},
    {83, {"tirasi"}},
    {84, {"chaurasi"}},
    {85, {"pachasi", "pichasi"}},
    {86, {"chhiyasi", "chiyasi"}},
    {87, {"sattasi", "satasi"}},
    {88, {"atthasi", "athasi"}},
    {89, {"navasi", "nawasi"}},
    {90, {"nabbe", "nabbey"}},
    {91, {"ikyanve", "ikyanave"}},
    {92, {"banve", "banave", "baanve"}},
    {93, {"tiranve", "tiranave"}},
    {94, {"chauranve", "chauranave"}},
    {95, {"pachanve", "pachanave", "panchanve"}},
    {96, {"chhiyanve", "chiyanve", "chhiyanave"}},
    {97, {"sattanve", "sattanave", "satanve"}},
    {98, {"atthanve", "atthanave", "athanve"}},
    {99, {"ninyanve", "ninyanave", "ninanve"}},
};

void add_roman(WordTable& words) {
  for (const Spelling& spelling : kRoman) {
    for (const std::string_view word : spelling.words) {
      if (!word.empty()) words.sounding(NumberRole::kCardinal, spelling.number, {word});
    }
  }
  // "rehne do", "mere saath", "chah": everyday words that only sometimes count.
  words.add(kIsWeakNumber, {"ek", "do", "tin", "che", "chah", "ath", "aat", "saath", "sath", "tis",
                            "bis", "pach", "bara"});
}

void add_ordinals(WordTable& words) {
  const struct {
    std::uint8_t number;
    WordTable::List words;
  } ordinals[] = {
      {1,
       {"first", "frist", "1st", "pehla", "pehli", "pehle", "pahla", "pahli", "pahle", "phela",
        "phla", "पहला", "पहली", "पहले"}},
      {2,
       {"second", "secnd", "doosra", "doosri", "doosre", "dusra", "dusri", "dusre", "dosra", "दूसरा",
        "दूसरी", "दूसरे", "दुसरा", "दुसरी"}},
      {3,
       {"third", "thrid", "teesra", "teesri", "teesre", "tisra", "tisri", "tisre", "तीसरा", "तीसरी",
        "तीसरे", "तिसरा"}},
      {4,
       {"fourth", "forth", "chautha", "chauthi", "chauthe", "chotha", "chothi", "चौथा", "चौथी",
        "चौथे"}},
      {5,
       {"fifth", "paanchva", "paanchvi", "panchva", "panchvi", "panchwa", "panchwi", "paanchwa",
        "paanchwi", "पाँचवा", "पाँचवां", "पाँचवी", "पाँचवीं"}},
      {6, {"sixth", "chhatha", "chhathi", "chatha", "छठा", "छठी", "छठवां", "छठे"}},
      {7,
       {"seventh", "saatva", "saatvi", "saatwa", "saatwi", "satva", "satwa", "सातवा", "सातवां",
        "सातवीं"}},
      {8, {"eighth", "eigth", "aathva", "aathvi", "aathwa", "athwa", "आठवा", "आठवां", "आठवीं"}},
      {9, {"ninth", "nauva", "nauvi", "nauwa", "नौवां", "नौवीं"}},
      {10, {"tenth", "dasva", "dasvi", "daswa", "dasvaan", "दसवां", "दसवीं"}},
      {11, {"eleventh"}},
      {12, {"twelfth", "twelth"}},
      {kLastOrdinal,
       {"last", "aakhri", "akhri", "aakhiri", "akhiri", "antim", "आखिरी", "आख़िरी", "अंतिम"}},
  };
  for (const auto& o : ordinals) words.number(NumberRole::kOrdinal, o.number, o.words);
  words.add(kIsWeakNumber, {"pehle", "pahle", "पहले", "second", "last", "first"});
}

}  // namespace

void add_number_words(WordTable& words) {
  add_english(words);
  add_devanagari(words);
  add_roman(words);
  add_scales(words);
  add_ordinals(words);
}

}  // namespace mitr
