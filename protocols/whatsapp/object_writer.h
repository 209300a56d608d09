// Writes a noun as a JSON object by its list of members, and what else came with it. Private to
// this folder.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/personal.h"
#include "protocols/whatsapp/dead_item.h"
#include "protocols/whatsapp/rest.h"

namespace mitr::whatsapp {

/// Empty texts, lists and optionals are left out; an empty optional text is not.
class ObjectWriter {
 public:
  /// Appends the object to `out`; `strange` counts the members of its rests.
  template <class Noun>
  static void write(std::string& out, const Noun& noun, std::size_t& strange) {
    ObjectWriter writer(out, noun.rest, strange);
    Noun::members(writer, noun);
    writer.end();
  }

  void text(std::string_view key, const std::string& value);
  void text(std::string_view key, const Personal& value) { text(key, value.reveal()); }
  void text(std::string_view key, const std::optional<Personal>& value);
  template <class Id>
  void id(std::string_view key, const Id& value) {
    text(key, value);
  }
  void texts(std::string_view key, const std::vector<std::string>& values);
  void whole(std::string_view key, const std::optional<std::int64_t>& value);
  void number_id(std::string_view key, const std::string& value);
  void decimal(std::string_view key, const std::optional<double>& value);
  void flag(std::string_view key, const std::optional<bool>& value);
  void time(std::string_view key, const std::optional<std::chrono::sys_seconds>& value);
  void number_time(std::string_view key, const std::optional<std::chrono::sys_seconds>& value);
  void json(std::string_view key, const Personal& value);

  template <class Noun>
  void noun(std::string_view key, const Noun& value) {
    if (begin(key)) write(out_, value, strange_);
  }
  template <class Noun>
  void noun(std::string_view key, const std::optional<Noun>& value) {
    if (value) noun(key, *value);
  }
  template <class Noun>
  void nouns(std::string_view key, const std::vector<Noun>& values) {
    items(key, values, {});
  }
  template <class Noun>
  void items(std::string_view key, const std::vector<Noun>& values,
             const std::vector<DeadItem>& dead) {
    bool any = !values.empty();
    for (const auto& item : dead) any = any || item.list == key;
    if (!any || !begin(key)) return;
    char before = '[';
    for (const auto& value : values) {
      out_ += before;
      write(out_, value, strange_);
      before = ',';
    }
    for (const auto& item : dead) {
      if (item.list != key) continue;
      out_ += before;
      out_ += item.json.reveal();
      before = ',';
      ++strange_;
    }
    out_ += ']';
  }
  template <class Content>
  void content(const std::string& type, const Content& value) {
    write_content(*this, type, value);
  }
  template <class News>
  void news(const std::string& field, const News& value) {
    write_news(*this, field, value);
  }

 private:
  ObjectWriter(std::string& out, const Rest& rest, std::size_t& strange)
      : out_(out), rest_(rest), strange_(strange) {
    out_ += '{';
  }
  /// Writes the key, unless the rest holds the member as it came.
  bool begin(std::string_view key);
  void end();

  std::string& out_;
  const Rest& rest_;
  std::size_t& strange_;
  bool first_ = true;
};

/// `"text"` in JSON, in ASCII.
void append_json_string(std::string& out, std::string_view text);

}  // namespace mitr::whatsapp
