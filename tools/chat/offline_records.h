// Tables of a folder, looked things up in without a store.
#pragma once

#include <filesystem>
#include <ostream>
#include <string>
#include <vector>

#include "config/record_file.h"
#include "nlu/dialogue/dialogue.h"

namespace mitr::chat {

class OfflineRecords {
 public:
  /// Reads every table that is there; false if one has mistakes, which are told.
  bool read(const std::filesystem::path& folder, std::chrono::local_days today,
            std::ostream& complaints);
  RecordKinds kinds() const;
  /// None: the call is no question of ours.
  std::optional<CallResult> answer(const CallOut& call, const Personal& phone,
                                   const Moment& now) const;

 private:
  std::vector<std::pair<std::string, ImportedRecord>> records_;  ///< By kind.
};

}  // namespace mitr::chat
