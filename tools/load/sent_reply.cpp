#include "tools/load/sent_reply.h"

#include <simdjson.h>

namespace mitr::load {
namespace {

using Json = simdjson::dom::element;

std::string_view string_at(const Json& object, std::string_view key) {
  std::string_view out;
  return object[key].get(out) == simdjson::SUCCESS ? out : std::string_view();
}
std::optional<Json> member(const Json& object, std::string_view key) {
  Json out;
  if (object[key].get(out) != simdjson::SUCCESS) return std::nullopt;
  return out;
}

/// The second part of /{version}/{phone_number_id}/messages; empty for another path.
std::string_view number_of(std::string_view target) {
  constexpr std::string_view kEnd = "/messages";
  const auto slash = target.find('/', 1);
  if (slash == std::string_view::npos || !target.starts_with("/v") || !target.ends_with(kEnd))
    return {};
  if (target.size() < slash + 1 + kEnd.size()) return {};
  return target.substr(slash + 1, target.size() - slash - 1 - kEnd.size());
}

}  // namespace

struct SentReplyReader::Parser {
  simdjson::dom::parser parser;
};

SentReplyReader::SentReplyReader() : parser_(std::make_unique<Parser>()) {}
SentReplyReader::~SentReplyReader() = default;

std::optional<SentReply> SentReplyReader::read(std::string_view target, std::string_view body) {
  SentReply out;
  out.number = number_of(target);
  Json root;
  if (out.number.empty() ||
      parser_->parser.parse(body.data(), body.size()).get(root) != simdjson::SUCCESS ||
      string_at(root, "messaging_product") != "whatsapp") {
    return std::nullopt;
  }
  if (string_at(root, "status") == "read") {
    out.kind = SentReply::Kind::kReadMark;
    return out;
  }
  out.to = string_at(root, "to");
  out.callback = string_at(root, "biz_opaque_callback_data");
  if (out.to.starts_with('+')) out.to.remove_prefix(1);
  if (out.to.empty()) {
    // A BSUID of ours is the phone behind a prefix.
    out.to = string_at(root, "recipient");
    if (out.to.starts_with("IN.7")) out.to.remove_prefix(4);
  }
  const auto type = string_at(root, "type");
  if (type == "template") {
    out.kind = SentReply::Kind::kTemplate;
  } else if (const auto interactive = member(root, "interactive");
             interactive && type == "interactive") {
    const auto words = member(*interactive, "body");
    if (words) out.text = string_at(*words, "text");
  } else if (const auto words = member(root, "text"); words) {
    out.text = string_at(*words, "body");
  }
  if (out.to.empty() || (out.kind == SentReply::Kind::kWords && out.text.empty()))
    return std::nullopt;
  return out;
}

}  // namespace mitr::load
