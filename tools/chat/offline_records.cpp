#include "tools/chat/offline_records.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "nlu/records/record_query.h"

namespace mitr::chat {

bool OfflineRecords::read(const std::filesystem::path& folder, std::chrono::local_days today,
                          std::ostream& complaints) {
  bool sound = true;
  for (const RecordTable& table : record_tables()) {
    const auto path = folder / (std::string(table.name) + ".csv");
    std::ifstream in(path, std::ios::binary);
    if (!in) continue;
    const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    auto file = read_record_file(text, table, {today, "IN"});
    for (const RowMistake& mistake : file.mistakes)
      complaints << to_string(path.string(), mistake) << '\n';
    sound = sound && file.mistakes.empty();
    for (auto& record : file.records)
      records_.emplace_back(std::string(table.record), std::move(record));
  }
  return sound;
}

RecordKinds OfflineRecords::kinds() const {
  RecordKinds kinds;
  for (const auto& [kind, record] : records_) kinds.add(kind);
  return kinds;
}

std::optional<CallResult> OfflineRecords::answer(const CallOut& call, const Personal& phone,
                                                 const Moment& now) const {
  const RecordQuery* query = record_query(call.name);
  if (query == nullptr) return std::nullopt;
  std::vector<RequestFields> found;
  const auto finder = finder_of(*query, call, phone);
  for (const auto& [kind, record] : records_) {
    const bool filed = finder && kind == finder->record &&
                       std::find(record.finders.begin(), record.finders.end(), finder->text) !=
                           record.finders.end();
    if (filed) found.push_back(record.fields);
  }
  return answer_of(*query, call, phone, found, now);
}

}  // namespace mitr::chat
