// Which fields of a request are kept, and which requests are refused for ambiguity.
#include "actors/http/request_parser.h"

#include <algorithm>
#include <boost/beast/http/error.hpp>

#include "protocols/limits.h"

namespace mitr::net {

namespace http = boost::beast::http;

RequestParser::RequestParser(std::size_t body_bytes_max) {
  eager(true);
  header_limit(limits::kHeaderBytesMax);
  body_limit(body_bytes_max);
}

void RequestParser::on_request_impl(http::verb, View method, View target, int version, ErrorCode&) {
  request_.method.assign(method.data(), method.size());
  request_.target.assign(target.data(), target.size());
  version_ = version;
  head_ = method == "HEAD";
}

void RequestParser::on_field_impl(http::field name, View name_text, View value, ErrorCode& ec) {
  if (header_done_) return;  // A trailer: nothing that comes after the body may speak for it.
  switch (name) {
    case http::field::content_type:
      request_.content_type.assign(value.data(), value.size());
      break;
    case http::field::authorization:
      request_.authorization.assign(value.data(), value.size());
      break;
    case http::field::expect:
      expects_continue_ = boost::beast::iequals(value, "100-continue");
      break;
    case http::field::transfer_encoding:
      // Any other coding could not be undone, and a peer in front of us might frame the body
      // differently.
      if (!boost::beast::iequals(value, "chunked")) ec = http::error::bad_transfer_encoding;
      break;
    case http::field::unknown:
      if (boost::beast::iequals(name_text, "x-hub-signature-256"))
        request_.signature.assign(value.data(), value.size());
      break;
    default:
      break;
  }
}

void RequestParser::on_header_impl(ErrorCode& ec) {
  header_done_ = true;
  if (chunked() && http10()) ec = http::error::bad_transfer_encoding;
}

void RequestParser::on_body_init_impl(boost::optional<std::uint64_t> const& length, ErrorCode&) {
  // A length is only a claim: memory for a large body is taken as it arrives.
  if (length) request_.body.reserve(std::min<std::size_t>(*length, limits::kReadBytesMax));
}

std::size_t RequestParser::on_body_impl(View part, ErrorCode&) {
  request_.body.append(part.data(), part.size());
  return part.size();
}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t, View part, ErrorCode&) {
  request_.body.append(part.data(), part.size());
  return part.size();
}

}  // namespace mitr::net
