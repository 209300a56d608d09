#include "protocols/result.h"

namespace mitr {

std::string_view to_string(Errc code) {
  switch (code) {
    case Errc::kMalformed:
      return "malformed";
    case Errc::kRefused:
      return "refused";
    case Errc::kTooLarge:
      return "too_large";
    case Errc::kNotFound:
      return "not_found";
    case Errc::kInvalidConfig:
      return "invalid_config";
    case Errc::kFenced:
      return "fenced";
    case Errc::kTampered:
      return "tampered";
    case Errc::kUnavailable:
      return "unavailable";
    case Errc::kAmbiguous:
      return "ambiguous";
    case Errc::kOverloaded:
      return "overloaded";
    case Errc::kInternal:
      return "internal";
  }
  return "internal";
}

bool may_retry(Errc code) {
  return code == Errc::kUnavailable || code == Errc::kOverloaded || code == Errc::kFenced;
}

}  // namespace mitr
