// The words of measures and of money, in both languages and scripts.
#include "nlu/text/word_table.h"

namespace mitr {

void add_measure_words(WordTable& words) {
  words.mean(Meaning::kKilogram, {"kg", "kgs", "kilo", "kilos", "kilogram", "kilograms",
                                  "kilogramme", "kelo", "किलो", "किग्रा", "किलोग्राम"});
  words.mean(Meaning::kGram, {"g", "gm", "gms", "gram", "grams", "gramme", "gr", "ग्राम"});
  words.mean(Meaning::kQuintal, {"quintal", "quintals", "kuntal", "क्विंटल"});
  words.mean(Meaning::kQuarterKilogram, {"paav", "pav", "pao", "पाव"});
  words.mean(Meaning::kLitre, {"l", "lt", "ltr", "ltrs", "litre", "litres", "liter", "liters",
                               "leetar", "लीटर", "लिटर"});
  words.mean(Meaning::kMillilitre, {"ml", "mls", "millilitre", "milliliter", "मिली"});
  words.mean(Meaning::kPiece, {"piece", "pieces", "pcs", "pc", "peice", "peices", "pis", "nos",
                               "unit", "units", "नग", "पीस"});
  words.mean(Meaning::kPair, {"pair", "pairs", "jodi", "joda", "जोड़ी", "जोड़ा"});
  words.mean(Meaning::kPacket, {"packet", "packets", "pack", "packs", "pkt", "pkts", "paket",
                                "pouch", "pouches", "pack's", "पैकेट", "पैकट", "पुड़िया"});
  words.mean(Meaning::kBottle, {"bottle", "bottles", "botal", "bottel", "bottles", "बोतल"});
  words.mean(Meaning::kBox, {"box", "boxes", "carton", "cartons", "dabba", "dabbe", "dibba", "peti",
                             "डिब्बा", "डिब्बे", "पेटी"});
  words.mean(Meaning::kBag,
             {"bag", "bags", "sack", "sacks", "bori", "katta", "thaili", "बोरी", "थैली"});
  words.mean(Meaning::kPlate, {"plate", "plates", "plait", "प्लेट"});
  words.mean(Meaning::kBunch, {"bunch", "bunches", "guccha", "gaddi", "गुच्छा", "गड्डी"});
  words.mean(Meaning::kStrip, {"strip", "strips", "patta", "patte", "पत्ता", "पत्ते"});

  words.mean(
      Meaning::kRupee,
      {"₹",      "rs",    "inr",     "rupee",  "rupees",  "ruppees", "rupess", "rupes",  "rupaye",
       "rupay",  "rupya", "rupaiya", "rupiya", "rupaiye", "rupe",    "rupye",  "rupiye", "rup",
       "rupeye", "रुपये",   "रुपए",     "रुपया",   "रूपये",     "रूपए",     "रुपयों",   "रु",      "रू"});
  words.mean(Meaning::kPaisa, {"paise", "paisa", "paisas", "पैसे", "पैसा"});
}

}  // namespace mitr
