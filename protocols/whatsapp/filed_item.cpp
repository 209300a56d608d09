#include "protocols/whatsapp/filed_item.h"

namespace mitr::whatsapp {

std::string_view to_string(Filing filing) {
  switch (filing) {
    case Filing::kDead:
      return "dead";
    case Filing::kUnknown:
      return "unknown";
    case Filing::kUnused:
      return "unused";
  }
  return "dead";
}

}  // namespace mitr::whatsapp
