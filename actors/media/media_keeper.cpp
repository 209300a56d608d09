#include "actors/media/media_keeper.h"

#include <utility>

namespace mitr {

MediaKeeper::MediaKeeper(const std::function<std::unique_ptr<MediaStore>()>& open,
                         const MediaFetcherParts& parts, std::function<bool()> leads,
                         std::size_t threads)
    : leads_(std::move(leads)) {
  auto shared = parts;
  shared.more = [this] { call_another(); };
  for (std::size_t count = 0; count < threads; ++count) {
    auto& lane = lanes_.emplace_back(Lane{open(), nullptr});
    lane.fetcher = std::make_unique<MediaFetcher>(*lane.store, shared);
  }
  for (auto& lane : lanes_)
    threads_.emplace_back([this, fetcher = lane.fetcher.get()] { work(*fetcher); });
}

MediaKeeper::~MediaKeeper() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  changed_.notify_all();
  for (auto& thread : threads_) thread.join();
}

bool MediaKeeper::stopped() {
  const std::lock_guard lock(mutex_);
  return stop_;
}

void MediaKeeper::call_another() {
  {
    const std::lock_guard lock(mutex_);
    next_look_ = {};
  }
  changed_.notify_one();
}

bool MediaKeeper::wait_for_turn() {
  std::unique_lock lock(mutex_);
  while (!stop_) {
    const auto now = std::chrono::steady_clock::now();
    if (now >= next_look_) {
      next_look_ = now + limits::kMediaPoll;
      return true;
    }
    changed_.wait_until(lock, next_look_);
  }
  return false;
}

void MediaKeeper::work(MediaFetcher& fetcher) {
  const auto stop = [this] { return stopped() || !leads_(); };
  while (wait_for_turn()) {
    if (leads_()) fetcher.fetch_due(stop);
  }
}

}  // namespace mitr
