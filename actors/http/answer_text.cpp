// Status lines and the three header fields an answer carries.
#include "actors/http/answer_text.h"

#include <array>
#include <charconv>
#include <string_view>

namespace mitr::net {

namespace {

std::string_view reason(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 301:
      return "Moved Permanently";
    case 302:
      return "Found";
    case 303:
      return "See Other";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 411:
      return "Length Required";
    case 413:
      return "Payload Too Large";
    case 415:
      return "Unsupported Media Type";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 503:
      return "Service Unavailable";
    default:
      return "Status";
  }
}

void append_number(std::string& out, std::size_t number) {
  std::array<char, 20> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

}  // namespace

void write_answer(std::string& out, const HttpAnswer& answer, AnswerForm form) {
  out.clear();
  out += form.http10 ? "HTTP/1.0 " : "HTTP/1.1 ";
  append_number(out, static_cast<std::size_t>(answer.status));
  out += ' ';
  out += reason(answer.status);
  // 204 and 304 have no body by definition; a length in them would be read as a body that never
  // comes.
  const bool bodiless = answer.status == 204 || answer.status == 304;
  if (!bodiless) {
    out += "\r\nContent-Type: ";
    out += answer.content_type;
    out += "\r\nContent-Length: ";
    append_number(out, answer.body.size());
  }
  if (!form.keep_alive) {
    out += "\r\nConnection: close";
  } else if (form.http10) {
    out += "\r\nConnection: keep-alive";
  }
  out += "\r\n\r\n";
  if (!bodiless && !form.head) out += answer.body;
}

}  // namespace mitr::net
