#include "actors/tenant/parked_record.h"

#include <optional>

namespace mitr {
namespace {

void put(std::string& out, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) out += static_cast<char>(value | 0x80);
  out += static_cast<char>(value);
}

std::optional<std::uint64_t> take(std::string_view& in) {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64 && !in.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(in.front());
    in.remove_prefix(1);
    value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
    if (byte < 0x80) return value;
  }
  return std::nullopt;
}

std::optional<std::string> take_text(std::string_view& in) {
  const auto length = take(in);
  if (!length || *length > in.size()) return std::nullopt;
  std::string text(in.substr(0, *length));
  in.remove_prefix(*length);
  return text;
}

}  // namespace

std::string encode(const ParkedRecord& record) {
  std::string out;
  out.reserve(24 + record.state.size() + record.details.size());
  put(out, record.last_seq);
  put(out, static_cast<std::uint64_t>(record.timer_at));
  put(out, record.state.size());
  out += record.state;
  put(out, record.details.size());
  out += record.details;
  return out;
}

Result<ParkedRecord> decode_parked(std::string_view bytes) {
  const auto last_seq = take(bytes);
  const auto timer_at = take(bytes);
  auto state = take_text(bytes);
  auto details = take_text(bytes);
  if (!last_seq || !timer_at || !state || !details)
    return Error{Errc::kMalformed, "a parked record does not parse"};
  return ParkedRecord{*last_seq, static_cast<std::int64_t>(*timer_at), *std::move(state),
                      *std::move(details)};
}

}  // namespace mitr
