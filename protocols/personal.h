// Personal data as a type that cannot be printed. Principle: it never reaches logs, errors, metrics
// or file names. Not here: encryption (persistence/crypto). A reader may think `reveal()` is an
// escape hatch: it is, and it is greppable.
#pragma once

#include <compare>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>

namespace mitr {

/// UTF-8 text about a person: a message, a name, a phone number, a provider's message id.
class Personal {
 public:
  Personal() = default;
  explicit Personal(std::string text) : text_(std::move(text)) {}
  explicit Personal(std::string_view text) : text_(text) {}
  explicit Personal(const char* text) : text_(text) {}

  const std::string& reveal() const { return text_; }
  std::string& reveal() { return text_; }
  bool empty() const { return text_.empty(); }
  std::size_t size_bytes() const { return text_.size(); }
  auto operator<=>(const Personal&) const = default;

 private:
  std::string text_;
};

/// Streams never carry the content; tests get a length, so that a failure can be told apart from a
/// success.
inline std::ostream& operator<<(std::ostream& out, const Personal& p) {
  return out << "<personal, " << p.size_bytes() << " bytes>";
}

}  // namespace mitr
