// An answer to a POST of ours, parsed as its bytes come: status and body, nothing else.
#pragma once

#include <boost/beast/http/basic_parser.hpp>
#include <string>

#include "protocols/limits.h"

namespace mitr::net {

class ResponseParser final : public boost::beast::http::basic_parser<false> {
 public:
  ResponseParser() {
    eager(true);
    header_limit(limits::kHeaderBytesMax);
    body_limit(limits::kSendAnswerBytesMax);
  }

  int status() const { return status_; }
  std::string& body() { return body_; }

 private:
  using ErrorCode = boost::beast::error_code;
  using View = boost::beast::string_view;

  void on_request_impl(boost::beast::http::verb, View, View, int, ErrorCode&) override {}
  void on_response_impl(int status, View, int, ErrorCode&) override { status_ = status; }
  void on_field_impl(boost::beast::http::field, View, View, ErrorCode&) override {}
  void on_header_impl(ErrorCode&) override {}
  void on_body_init_impl(boost::optional<std::uint64_t> const& length, ErrorCode&) override {
    if (length)
      body_.reserve(*length);  // At most kSendAnswerBytesMax: a longer one has been refused by now.
  }
  std::size_t on_body_impl(View part, ErrorCode&) override { return append(part); }
  void on_chunk_header_impl(std::uint64_t, View, ErrorCode&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, View part, ErrorCode&) override {
    return append(part);
  }
  void on_finish_impl(ErrorCode&) override {}

  std::size_t append(View part) {
    body_.append(part.data(), part.size());
    return part.size();
  }

  int status_ = 0;
  std::string body_;
};

}  // namespace mitr::net
