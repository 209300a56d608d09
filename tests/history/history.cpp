#include "tests/history/history.h"

#include <nlohmann/json.hpp>

namespace mitr::history {

std::string line_of(const Event& event) {
  return nlohmann::json{{"process", event.process},
                        {"kind", static_cast<int>(event.kind)},
                        {"conversation", event.conversation},
                        {"message", event.message},
                        {"seq", event.seq},
                        {"epoch", event.epoch},
                        {"failed", event.failed}}
             .dump() +
         "\n";
}

std::vector<Event> read_events(std::string_view text) {
  std::vector<Event> events;
  while (true) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos) return events;
    const auto json = nlohmann::json::parse(text.substr(0, end));
    events.push_back({json["process"], static_cast<Event::Kind>(json["kind"].get<int>()),
                      json["conversation"], json["message"], json["seq"], json["epoch"],
                      json["failed"]});
    text.remove_prefix(end + 1);
  }
}

std::string body_of(const Row& row) {
  return nlohmann::json{{"conversation", row.conversation},
                        {"message", row.message},
                        {"process", row.process},
                        {"epoch", row.epoch}}
      .dump();
}

bool read_body(std::string_view body, Row& row) {
  const auto json = nlohmann::json::parse(body, nullptr, false);
  if (json.is_discarded()) return false;
  row.conversation = json.value("conversation", -1);
  row.message = json.value("message", -1);
  row.process = json.value("process", -1);
  row.epoch = json.value("epoch", 0U);
  return row.conversation >= 0 && row.message >= 0;
}

}  // namespace mitr::history
