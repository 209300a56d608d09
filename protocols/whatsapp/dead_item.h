// A member of a list that is not even an object. It is kept apart, so that its neighbours are read.
#pragma once

#include <string>

#include "protocols/personal.h"

namespace mitr::whatsapp {

struct DeadItem {
  std::string list;  ///< Name of the list it stood in, as "messages".
  Personal json;
  bool operator==(const DeadItem&) const = default;
};

}  // namespace mitr::whatsapp
