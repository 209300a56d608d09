#include "nlu/slots/sent_value.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace mitr {
namespace {

constexpr std::array<std::string_view, static_cast<std::size_t>(AttachmentKind::kTheLast)> kKinds =
    {"image", "document", "audio", "video", "sticker"};
constexpr std::int32_t kDegree = 1'000'000;
constexpr std::size_t kDecimals = 6;

std::string degrees(std::int32_t millionths) {
  const auto size = std::abs(static_cast<std::int64_t>(millionths));
  std::string decimals = std::to_string(size % kDegree);
  decimals.insert(0, kDecimals - decimals.size(), '0');
  return (millionths < 0 ? "-" : "") + std::to_string(size / kDegree) + "." + decimals;
}

bool is_degrees(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const std::size_t point = text.find('.');
  if (point == 0 || point > 3 || text.size() != point + 1 + kDecimals) return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= '0' && c <= '9') || c == '.'; }) &&
         text.rfind('.') == point;
}

}  // namespace

std::string_view word_for(AttachmentKind kind) {
  const auto place = static_cast<std::size_t>(kind);
  return place < kKinds.size() ? kKinds[place] : std::string_view("file");
}

std::string attachment_value(const Attachment& attachment) {
  return std::string(word_for(attachment.kind)) + ":" + attachment.media.reveal();
}

std::string_view attachment_word(std::string_view value) {
  return value.substr(0, value.find(':'));
}

bool is_attachment_value(std::string_view value) {
  const std::string_view word = attachment_word(value);
  return value.size() > word.size() + 1 &&
         std::find(kKinds.begin(), kKinds.end(), word) != kKinds.end();
}

std::string location_value(const Location& location) {
  return degrees(location.latitude) + "," + degrees(location.longitude);
}

bool is_location_value(std::string_view value) {
  const std::size_t comma = value.find(',');
  return comma != std::string_view::npos && is_degrees(value.substr(0, comma)) &&
         is_degrees(value.substr(comma + 1));
}

std::string location_words(const Location& location) {
  return location.name.empty() ? location.address.reveal() : location.name.reveal();
}

}  // namespace mitr
