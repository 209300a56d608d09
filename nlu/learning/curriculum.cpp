#include "nlu/learning/curriculum.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "nlu/learning/held_out.h"
#include "nlu/learning/score.h"
#include "protocols/limits.h"

namespace mitr {

bool is_label(const Pack& pack, std::string_view label) {
  return label == kBeginsNothing || label == kAsksForPerson || pack.flow(label) != nullptr;
}

Curriculum curriculum_of(const Pack& pack, std::vector<ReviewedWords> reviewed) {
  std::sort(reviewed.begin(), reviewed.end(), [](const ReviewedWords& a, const ReviewedWords& b) {
    return a.contact != b.contact ? a.contact < b.contact : a.seq < b.seq;
  });
  // What the pack teaches already tests nothing.
  std::set<std::string_view> known;
  for (const PackExample& example : pack.examples()) known.insert(example.text);
  Curriculum curriculum;
  std::map<ContactId, std::size_t> of_contact;
  for (ReviewedWords& each : reviewed) {
    if (!is_label(pack, each.label)) {
      ++curriculum.unknown;
    } else if (++of_contact[each.contact] > limits::kReviewsOfContactMax) {
      ++curriculum.over_limit;
    } else if (held_out(each.words.reveal(), kHeldOutReviewed) &&
               !known.contains(each.words.reveal())) {
      curriculum.test.push_back(std::move(each));
    } else {
      curriculum.teach.push_back(std::move(each));
    }
  }
  return curriculum;
}

bool heard_helps(const Pack& pack, const std::vector<ReviewedWords>& teach) {
  std::set<std::string> flows;
  std::size_t examples = 0;
  for (const apce::Example& row : lesson_rows(pack, Examples::kAll, teach)) {
    if (row.intent.empty()) continue;
    ++examples;
    flows.insert(row.intent);
  }
  return apce::share_of_few(examples, flows.size()) > 0;
}

std::vector<apce::Example> lesson_rows(const Pack& pack, Examples examples,
                                       const std::vector<ReviewedWords>& teach) {
  std::vector<apce::Example> rows;
  rows.reserve(pack.examples().size() + teach.size());
  for (const PackExample& example : pack.examples()) {
    if (examples == Examples::kAll || !held_out(example.text, kHeldOutExamples))
      rows.push_back({Personal(example.text), example.flow});
  }
  for (const ReviewedWords& each : teach)
    rows.push_back({each.words, each.label == kBeginsNothing ? std::string() : each.label});
  return rows;
}

}  // namespace mitr
