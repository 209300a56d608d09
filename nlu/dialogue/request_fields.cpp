#include "nlu/dialogue/request_fields.h"

#include <algorithm>

namespace mitr {
namespace {

constexpr char kVersion = 1;
constexpr std::size_t kPartBytesMax = 0xFFFF;

void put(std::string& out, std::string_view part) {
  part = part.substr(0, kPartBytesMax);
  out += static_cast<char>(part.size() >> 8);
  out += static_cast<char>(part.size() & 0xFF);
  out += part;
}

bool take(std::string_view& in, std::string& part) {
  if (in.size() < 2) return false;
  auto length = static_cast<std::size_t>(static_cast<unsigned char>(in[0])) << 8 |
                static_cast<unsigned char>(in[1]);
  in.remove_prefix(2);
  if (in.size() < length) return false;
  part.assign(in.substr(0, length));
  in.remove_prefix(length);
  return true;
}

}  // namespace

std::string encode_fields(const RequestFields& fields) {
  std::string out(1, kVersion);
  for (const auto& [name, value] : fields) {
    put(out, name);
    put(out, value.reveal());
  }
  return out;
}

Result<RequestFields> decode_fields(std::string_view bytes) {
  Error malformed{Errc::kMalformed, "request fields do not parse"};
  if (bytes.empty() || bytes.front() != kVersion) return malformed;
  bytes.remove_prefix(1);
  RequestFields fields;
  while (!bytes.empty()) {
    std::string name, value;
    if (!take(bytes, name) || !take(bytes, value)) return malformed;
    fields.emplace_back(std::move(name), Personal(std::move(value)));
  }
  return fields;
}

}  // namespace mitr
