// What a model is taught: a pack's examples and what a tenant's people reviewed. Rule: no contact
// teaches more than kReviewsOfContactMax utterances, and what is held out teaches nothing.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "nlu/apce/intent_training.h"
#include "nlu/dialogue/pack.h"
#include "protocols/ids.h"

namespace mitr {

/// A reviewed utterance with its words, as they stand in the journal now.
struct ReviewedWords {
  ContactId contact;
  std::uint64_t seq = 0;
  std::string label;  ///< A flow's name, "(human)", or "-": nothing.
  Personal words;
};

struct Curriculum {
  std::vector<ReviewedWords> teach;
  std::vector<ReviewedWords> test;
  std::vector<ReviewedWords> heard;  ///< Labelled by nobody: soft evidence, see heard_helps().
  std::size_t over_limit = 0;        ///< Left out: their contacts teach enough.
  std::size_t unknown = 0;           ///< Left out: the pack has no such flow any more.
};

/// True if the pack knows what the label means.
bool is_label(const Pack& pack, std::string_view label);

/// Parts what was reviewed. The same for any order of `reviewed`.
Curriculum curriculum_of(const Pack& pack, std::vector<ReviewedWords> reviewed);

/// True if the flows have few examples yet: then what was only heard tells something too.
bool heard_helps(const Pack& pack, const std::vector<ReviewedWords>& teach);

enum class Examples : std::uint8_t { kAll, kWithoutHeldOut };
/// The rows of a lesson: the pack's, then `teach`.
std::vector<apce::Example> lesson_rows(const Pack& pack, Examples examples,
                                       const std::vector<ReviewedWords>& teach);

}  // namespace mitr
