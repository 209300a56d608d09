#include "tests/history/checker.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace mitr::history {
namespace {

using Place = std::pair<int, std::uint64_t>;
using Message = std::pair<int, int>;

class Check {
 public:
  explicit Check(std::vector<Row> rows) : rows_(std::move(rows)) {
    std::sort(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) {
      return std::pair(a.conversation, a.seq) < std::pair(b.conversation, b.seq);
    });
  }

  void check_rows() {
    const Row* before = nullptr;
    for (const Row& row : rows_) {
      const bool first = before == nullptr || before->conversation != row.conversation;
      if (row.seq != (first ? 1 : before->seq + 1)) breach("gap", row);
      if (!first && row.epoch < before->epoch) breach("stale", row);
      if (!by_message_.try_emplace({row.conversation, row.message}, &row).second)
        breach("twice", row);
      by_place_[{row.conversation, row.seq}] = &row;
      before = &row;
    }
  }

  void check_events(const std::vector<Event>& events) {
    std::map<Place, int> winners;
    std::set<Message> sent;
    for (const Event& event : events) {
      sent.insert({event.conversation, event.message});
      const bool committed = event.kind == Event::Kind::kCommitted;
      if (!committed && event.kind != Event::Kind::kDuplicate) continue;
      if (!by_message_.contains({event.conversation, event.message})) breach("lost", event);
      if (!committed) continue;
      const Place place{event.conversation, event.seq};
      const auto held = by_place_.find(place);
      if (held == by_place_.end() || held->second->message != event.message)
        breach("false_ack", event);
      const auto [winner, fresh] = winners.try_emplace(place, event.process);
      if (!fresh && winner->second != event.process) breach("two_winners", event);
    }
    for (const Row& row : rows_) {
      if (!sent.contains({row.conversation, row.message})) breach("ghost", row);
    }
  }

  std::vector<Breach> found() && { return std::move(found_); }

 private:
  template <class Where>
  void breach(const char* promise, const Where& where) {
    found_.push_back({promise, where.conversation, where.seq});
  }

  std::vector<Row> rows_;
  std::map<Message, const Row*> by_message_;
  std::map<Place, const Row*> by_place_;
  std::vector<Breach> found_;
};

}  // namespace

std::vector<Breach> check(const std::vector<Event>& events, std::vector<Row> rows) {
  Check one(std::move(rows));
  one.check_rows();
  one.check_events(events);
  return std::move(one).found();
}

}  // namespace mitr::history
