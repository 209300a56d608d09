#include "tools/simulate/trace.h"

#include <spdlog/fmt/fmt.h>

namespace mitr::simulate {
namespace {

const std::string kNobody = "nobody";
constexpr std::size_t kQuotedMax = 100;

}  // namespace

void Trace::line(Time at, std::string_view who, std::string_view what,
                 std::string_view with) const {
  if (!sink_) return;
  const auto ms = at.count();
  auto text = fmt::format("+{:02}:{:02}:{:02}.{:03}  {:<16} {:<12} {}", ms / 3'600'000,
                          ms / 60'000 % 60, ms / 1000 % 60, ms % 1000, who, what, with);
  text.resize(text.find_last_not_of(' ') + 1);
  sink_(who, text);
}

const std::string& Trace::label(const ContactId& contact) const {
  const auto at = contacts_.find(contact);
  return at == contacts_.end() ? kNobody : at->second;
}

const std::string& Trace::label(const std::string& message) const {
  const auto at = messages_.find(message);
  return at == messages_.end() ? kNobody : at->second;
}

std::string_view short_name(std::string_view message) {
  return message.substr(message.rfind('.') + 1);
}

std::string on_one_line(std::string_view text) {
  std::string line = "\"";
  for (const char c : text.substr(0, kQuotedMax)) {
    if (c == '\n')
      line += " / ";
    else
      line += c;
  }
  if (text.size() > kQuotedMax) line += "…";
  return line + "\"";
}

}  // namespace mitr::simulate
