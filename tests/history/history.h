// What each process of a crash run says happened, one JSON line an event, and what the journal
// holds in the end.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mitr::history {

/// An inbound message's fate as its process saw it.
struct Event {
  enum class Kind : std::uint8_t {
    kCommitted,
    kDuplicate,
    kFenced,
    kLost,         ///< Sent; until something else is told of it, its fate is unknown.
    kUnavailable,  ///< The store could not say; the same again may pass.
    kBroken,       ///< The store failed in a way that no retry mends.
  };
  int process = 0;
  Kind kind = Kind::kLost;
  int conversation = 0;
  int message = 0;
  std::uint64_t seq = 0;    ///< Where it was appended.
  std::uint32_t epoch = 0;  ///< Of the lease it was decided under.
  bool failed = false;      ///< The store answered with an error, whatever the process made of it.
  bool operator==(const Event&) const = default;
};

/// A row of the journal. Epoch and process stand in its body: a control writes no epoch of its own.
struct Row {
  int conversation = 0;
  std::uint64_t seq = 0;
  int message = 0;
  int process = 0;
  std::uint32_t epoch = 0;
};

std::string line_of(const Event& event);
/// The events of a file's text; a last line that was cut by a kill is left out.
std::vector<Event> read_events(std::string_view text);

std::string body_of(const Row& row);
/// False if the body is none of ours.
bool read_body(std::string_view body, Row& row);

}  // namespace mitr::history
