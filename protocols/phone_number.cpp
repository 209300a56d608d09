// See phone_number.h. The library's one object is built at the first call and only read afterwards.
#include "protocols/phone_number.h"

#include <exception>
#include <phonenumbers/phonenumberutil.h>
#include <string>

#include "protocols/bsuid.h"

namespace mitr {
namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

/// No number with its marks is longer; more is not worth reading.
constexpr std::size_t kWrittenBytesMax = 100;

bool parsed(std::string_view written, std::string_view region, PhoneNumber& number) {
  // The library drops what stands in front of the digits: "IN.9876543210" would name a stranger.
  if (written.empty() || written.size() > kWrittenBytesMax || is_bsuid(written)) return false;
  const auto error =
      PhoneNumberUtil::GetInstance()->Parse(std::string(written), std::string(region), &number);
  return error == PhoneNumberUtil::NO_PARSING_ERROR;
}

std::string formatted(const PhoneNumber& number, PhoneNumberUtil::PhoneNumberFormat format) {
  std::string text;
  PhoneNumberUtil::GetInstance()->Format(number, format, &text);
  return text;
}

}  // namespace

std::optional<Personal> e164_phone(std::string_view written, std::string_view region) {
  try {
    PhoneNumber number;
    if (!parsed(written, region, number)) return std::nullopt;
    if (!PhoneNumberUtil::GetInstance()->IsValidNumber(number)) return std::nullopt;
    return Personal(formatted(number, PhoneNumberUtil::E164));
  } catch (const std::exception&) {
    return std::nullopt;  // Out of memory only.
  }
}

Personal readable_phone(const Personal& e164) {
  try {
    PhoneNumber number;
    if (!e164.reveal().starts_with('+') || !parsed(e164.reveal(), "ZZ", number)) return e164;
    return Personal(formatted(number, PhoneNumberUtil::INTERNATIONAL));
  } catch (const std::exception&) {
    return e164;
  }
}

bool is_phone_region(std::string_view region) {
  try {
    return PhoneNumberUtil::GetInstance()->GetCountryCodeForRegion(std::string(region)) != 0;
  } catch (const std::exception&) {
    return false;
  }
}

}  // namespace mitr
