#include "actors/media/media_keeper.h"

#include "protocols/limits.h"

namespace mitr {

MediaKeeper::MediaKeeper(std::unique_ptr<MediaStore> store, MediaFetcherParts parts,
                         std::function<bool()> leads)
    : store_(std::move(store)),
      fetcher_(*store_, std::move(parts)),
      leads_(std::move(leads)),
      thread_([this] { work(); }) {}

MediaKeeper::~MediaKeeper() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

bool MediaKeeper::stopped() {
  const std::lock_guard lock(mutex_);
  return stop_;
}

void MediaKeeper::work() {
  const auto stop = [this] { return stopped() || !leads_(); };
  while (!stopped()) {
    if (leads_()) fetcher_.fetch_due(stop);
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::milliseconds(limits::kMediaPoll),
                      [this] { return stop_; });
  }
}

}  // namespace mitr
