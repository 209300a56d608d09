// Fills a noun from a JSON object by its list of members, and keeps what the list does not name.
// Private to this folder.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "protocols/personal.h"
#include "protocols/whatsapp/dead_item.h"
#include "protocols/whatsapp/json.h"
#include "protocols/whatsapp/rest.h"

namespace mitr::whatsapp {

/// One object, member by member. A member counts as taken when it was written the way ObjectWriter
/// writes it; any other stays in the rest too, so that writing gives back what was read.
class ObjectReader {
 public:
  template <class Noun>
  static Noun read(const simdjson::dom::object& object) {
    Noun noun;
    ObjectReader reader(object);
    Noun::members(reader, noun);
    reader.leave(noun.rest);
    return noun;
  }

  /// Without U+0000, which neither PostgreSQL nor C strings hold.
  void text(std::string_view key, std::string& out);
  void text(std::string_view key, Personal& out) { text(key, out.reveal()); }
  /// A string as it is, or a whole number in decimal, since Meta writes both.
  void id(std::string_view key, std::string& out);
  void id(std::string_view key, Personal& out) { id(key, out.reveal()); }
  /// Told apart from a missing one even when it is empty.
  void text(std::string_view key, std::optional<Personal>& out);
  void texts(std::string_view key, std::vector<std::string>& out);
  void whole(std::string_view key, std::optional<std::int64_t>& out);
  /// An id that Meta writes as a number.
  void number_id(std::string_view key, std::string& out);
  void decimal(std::string_view key, std::optional<double>& out);
  void flag(std::string_view key, std::optional<bool>& out);
  /// Seconds since the epoch, written as a string; the other as a number.
  void time(std::string_view key, std::optional<std::chrono::sys_seconds>& out);
  void number_time(std::string_view key, std::optional<std::chrono::sys_seconds>& out);
  /// Any value, as it is.
  void json(std::string_view key, Personal& out);

  template <class Noun>
  void noun(std::string_view key, std::optional<Noun>& out) {
    simdjson::dom::object object;
    const auto found = find(key);
    if (!found || found->value.get(object) != simdjson::SUCCESS) return;
    out = read<Noun>(object);
    take(*found);
  }

  /// All or none: a list with something else in it stays in the rest.
  template <class Noun>
  void nouns(std::string_view key, std::vector<Noun>& out) {
    std::vector<DeadItem> dead;
    const auto found = find(key);
    if (!found || !read_items(key, *found, out, dead)) return;
    if (dead.empty() && !out.empty()) {
      take(*found);
    } else {
      out.clear();
    }
  }

  /// Each for itself: what is no object is dead, and the others are read.
  template <class Noun>
  void items(std::string_view key, std::vector<Noun>& out, std::vector<DeadItem>& dead) {
    const auto found = find(key);
    if (!found || !read_items(key, *found, out, dead)) return;
    if (!out.empty() || !dead.empty()) take(*found);
  }

  /// What a message of this type holds: the member of the type's name.
  template <class Content>
  void content(const std::string& type, Content& out) {
    read_content(*this, type, out);
  }
  template <class News>
  void news(const std::string& field, News& out) {
    read_news(*this, field, out);
  }

 private:
  struct Found {
    std::size_t place = 0;
    Json value;
  };

  explicit ObjectReader(const simdjson::dom::object& object) : object_(object) {}

  bool taken(std::size_t place) const { return place < 64 && ((taken_ >> place) & 1U) != 0; }
  /// The first member of the name that nobody has taken.
  std::optional<Found> find(std::string_view key) const;
  void take(const Found& found) {
    if (found.place < 64) taken_ |= std::uint64_t{1} << found.place;
  }
  void leave(Rest& rest) const;

  template <class Noun>
  static bool read_items(std::string_view key, const Found& found, std::vector<Noun>& out,
                         std::vector<DeadItem>& dead) {
    simdjson::dom::array list;
    if (found.value.get(list) != simdjson::SUCCESS) return false;
    for (const Json item : list) {
      simdjson::dom::object object;
      if (item.get(object) == simdjson::SUCCESS) {
        out.push_back(read<Noun>(object));
      } else {
        dead.push_back({std::string(key), Personal(raw_json(item))});
      }
    }
    return true;
  }

  simdjson::dom::object object_;
  std::uint64_t taken_ = 0;  ///< A bit for each of the first 64 members.
};

}  // namespace mitr::whatsapp
