// What happened, a line an event: time, who, what, and with what. Everyone in it is made up.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "protocols/ids.h"
#include "tools/simulate/chance.h"

namespace mitr::simulate {

class Trace {
 public:
  /// `who`: a person's label, or the part of the world; the line holds it too.
  using Sink = std::function<void(std::string_view who, const std::string& line)>;

  explicit Trace(Sink sink) : sink_(std::move(sink)) {}

  /// False: nobody reads it, so a line need not be made.
  bool on() const { return sink_ != nullptr; }
  void line(Time at, std::string_view who, std::string_view what, std::string_view with) const;

  // -- labels: "school-1/p03" ----
  void name(const ContactId& contact, const std::string& label) { contacts_[contact] = label; }
  void name(const std::string& message, const std::string& label) { messages_[message] = label; }
  const std::string& label(const ContactId& contact) const;
  const std::string& label(const std::string& message) const;

 private:
  Sink sink_;
  std::unordered_map<ContactId, std::string> contacts_;
  std::unordered_map<std::string, std::string> messages_;
};

/// "12" of "wamid.in.12".
std::string_view short_name(std::string_view message);
/// The words on one line, and not too many of them.
std::string on_one_line(std::string_view text);

}  // namespace mitr::simulate
