// Dictionaries as Debian installs them, as entries: what is explained, and by which words. Foreign
// bytes: whatever they are, what is read of them is bounded by their size.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/result.h"

namespace mitr::vectors {

struct Entry {
  std::vector<std::string_view> heads;       ///< Words that the entry is about.
  std::vector<std::string_view> definition;  ///< And those that say what they mean, in their order.
};
using EntrySink = std::function<void(const Entry&)>;

/// Cuts into words of small Latin letters and digits. `text` is in small letters already.
void words_of(std::string_view text, std::vector<std::string_view>& words);

/// A data file of WordNet (`wndb(5)`): a line a sense, words first, the gloss behind a bar.
void read_wordnet(const std::string& text, const EntrySink& sink);
/// GCIDE as dictd has it: a head at the margin, what it means below, indented.
void read_gcide(std::string text, const EntrySink& sink);
/// The English half of a word list German to English: a line a word, behind `::`.
void read_ding(const std::string& text, const EntrySink& sink);

/// The files of one dictionary, in order, with ASCII in small letters; packed ones are unpacked.
/// Fails with kNotFound (the package is not installed: which one is told), kMalformed or kTooLarge.
Result<std::vector<std::string>> dictionary_texts(const std::string& folder,
                                                  const std::vector<std::string>& files,
                                                  const std::string& package);

}  // namespace mitr::vectors
