#include "actors/tenant/live_standing.h"

#include <algorithm>
#include <tuple>

namespace mitr {
namespace {

auto place_of(const Standing& standing) {
  return std::tie(standing.account, standing.subject, standing.name, standing.aspect);
}

}  // namespace

LiveStanding::All LiveStanding::all() const {
  const std::lock_guard lock(mutex_);
  return all_;
}

void LiveStanding::replace(std::vector<Standing> all) {
  auto fresh = std::make_shared<const std::vector<Standing>>(std::move(all));
  const std::lock_guard lock(mutex_);
  all_ = std::move(fresh);
}

void LiveStanding::tell(const Standing& news) {
  auto all = *this->all();
  const auto known = std::find_if(all.begin(), all.end(), [&](const Standing& each) {
    return place_of(each) == place_of(news);
  });
  if (known == all.end()) {
    all.push_back(news);
  } else if (known->told <= news.told) {
    *known = news;
  }
  replace(std::move(all));
}

}  // namespace mitr
