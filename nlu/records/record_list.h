// Several records as the value of one slot: what a flow looked up and the contact picks from.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "nlu/text/tokens.h"

namespace mitr {

/// One record's fields in the order of its query (record_query.h); the first is its key.
using RecordRow = std::vector<std::string>;

/// The value of a slot of kind `records`: fields end with 0x1F, rows with 0x1E. No row: empty.
std::string encode_rows(const std::vector<RecordRow>& rows);
/// Foreign bytes give rows too; those without a key are left out, and at most kRecordsShownMax
/// kept.
std::vector<RecordRow> decode_rows(std::string_view value);

/// The place of the row with this key.
std::optional<std::size_t> row_of(const std::vector<RecordRow>& rows, std::string_view key);
/// The one row whose `field` is meant by the words: each of them stands in it ("Diya" means "Diya
/// Sharma"). None if several are meant, or none.
std::optional<std::size_t> row_meant(const std::vector<RecordRow>& rows, std::size_t field,
                                     std::string_view words);

struct RowMatch {
  std::size_t row = 0;
  TokenSpan span;
};
/// The one row the words speak of, by its key or by a word of its other fields that no other row
/// has as well. `asked`: a row is what we asked for, so that its place ("the second") counts too.
std::optional<RowMatch> find_row(const std::vector<RecordRow>& rows, const Tokens& tokens,
                                 bool asked);
/// What a row is called on a button: the two fields behind its key, as "Diya Sharma, 3A".
std::string row_title(const RecordRow& row);

}  // namespace mitr
