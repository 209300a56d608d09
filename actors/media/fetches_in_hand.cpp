#include "actors/media/fetches_in_hand.h"

#include <algorithm>
#include <utility>

#include "protocols/limits.h"

namespace mitr {

Result<FetchesInHand::Taken> FetchesInHand::take(const Look& look) {
  const std::lock_guard lock(looking_);
  auto due = look();
  if (!due) return due.error();
  Taken taken;
  for (auto& row : *due) {
    if (std::find(files_.begin(), files_.end(), row.name) != files_.end()) continue;
    if (taken.row) {
      taken.more = true;
      break;
    }
    taken.row = std::move(row);
  }
  if (taken.row) files_.push_back(taken.row->name);
  return taken;
}

void FetchesInHand::give_back(const MediaName& name) {
  const std::lock_guard lock(looking_);
  std::erase(files_, name);
}

HostShare::HostShare(FetchesInHand& fetches, std::string host)
    : fetches_(fetches), host_(std::move(host)) {
  const std::lock_guard lock(fetches_.counting_);
  auto& count = fetches_.at_host_[host_];
  granted_ = count < limits::kMediaFetchesPerHostMax;
  if (granted_) ++count;
}

HostShare::~HostShare() {
  if (!granted_) return;
  const std::lock_guard lock(fetches_.counting_);
  const auto count = fetches_.at_host_.find(host_);
  if (--count->second == 0) fetches_.at_host_.erase(count);
}

}  // namespace mitr
