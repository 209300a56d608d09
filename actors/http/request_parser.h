// An incoming request, parsed as its bytes come. Keeps the few fields the product reads; no table
// of headers.
#pragma once

#include <boost/beast/http/basic_parser.hpp>
#include <cstddef>

#include "actors/http/server.h"

namespace mitr::net {

class RequestParser final : public boost::beast::http::basic_parser<true> {
 public:
  explicit RequestParser(std::size_t body_bytes_max);

  HttpRequest& request() { return request_; }
  bool http10() const { return version_ < 11; }
  bool head() const { return head_; }
  /// The client waits for "100 Continue" before it sends the body.
  bool expects_continue() const { return expects_continue_ && !http10(); }

 private:
  using ErrorCode = boost::beast::error_code;
  using View = boost::beast::string_view;

  void on_request_impl(boost::beast::http::verb, View method, View target, int version,
                       ErrorCode&) override;
  void on_response_impl(int, View, int, ErrorCode&) override {}
  void on_field_impl(boost::beast::http::field, View name, View value, ErrorCode&) override;
  void on_header_impl(ErrorCode&) override;
  void on_body_init_impl(boost::optional<std::uint64_t> const&, ErrorCode&) override;
  std::size_t on_body_impl(View, ErrorCode&) override;
  void on_chunk_header_impl(std::uint64_t, View, ErrorCode&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, View, ErrorCode&) override;
  void on_finish_impl(ErrorCode&) override {}

  HttpRequest request_;
  int version_ = 11;
  bool head_ = false;
  bool expects_continue_ = false;
  bool header_done_ = false;
};

}  // namespace mitr::net
