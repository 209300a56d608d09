// What flows may ask of a tenant's own data: typed questions with typed answers. A pack names one
// in a step `call:`; the node looks the records up (actors/conversation) and the answer comes back
// as a CallResult, so that replay needs no data.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "nlu/dialogue/dialogue.h"
#include "nlu/dialogue/pack.h"
#include "nlu/dialogue/request_fields.h"

namespace mitr {

struct RecordField {
  std::string_view name;
  SlotKind kind;
};

struct RecordQuery {
  std::string_view name;    ///< As packs call it.
  std::string_view record;  ///< Kind of the records that answer it.
  /// What it needs to know, from slots of the flow; empty name: only who asks.
  RecordField argument;
  bool many = false;      ///< Rows for a slot of kind `records`; else single values for slots.
  bool of_phone = false;  ///< Of what is filed for the phone of who asks.
  /// Of an answer. Of rows the first is the key, the second what a contact calls it by.
  std::span<const RecordField> fields;

  const RecordField* field(std::string_view wanted) const;
};

std::span<const RecordQuery> record_queries();
/// Null: no question of ours, so the call goes to another system.
const RecordQuery* record_query(std::string_view name);

/// How records are looked for: the kind and one of the texts they were filed under ("contact:91…",
/// "number:A-17"). The store sees only its keyed hash.
struct RecordFinder {
  std::string_view record;
  Personal text;
};
/// Kinds of finder texts, which importers file records under.
inline constexpr std::string_view kByContact = "contact";
inline constexpr std::string_view kByNumber = "number";
inline constexpr std::string_view kByPupil = "pupil";
inline constexpr std::string_view kByCategory = "category";
inline constexpr std::string_view kByDay = "day";
inline constexpr std::string_view kAll = "all";
Personal finder_text(std::string_view by, std::string_view value);

/// None: what it needs is not known (no phone, an argument not filled), so nothing can be found.
std::optional<RecordFinder> finder_of(const RecordQuery& query, const CallOut& call,
                                      const Personal& phone);
/// The answer to `call` from the records its finder found. Records of others, of other numbers, of
/// the past are left out. Always ok: that nothing was found is an answer.
CallResult answer_of(const RecordQuery& query, const CallOut& call, const Personal& phone,
                     const std::vector<RequestFields>& found, const Moment& now);

}  // namespace mitr
