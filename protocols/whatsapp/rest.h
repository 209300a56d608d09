// What one of Meta's JSON objects held beyond the members its value has a place for. Every noun of
// this folder ends with one, so that nothing is lost between reading and writing.
#pragma once

#include <vector>

#include "protocols/personal.h"

namespace mitr::whatsapp {

/// A member that this version does not know, or that was written in another form than Meta's usual
/// one: its JSON as it came. What a person said may stand in it, under any name.
struct RestMember {
  Personal key;
  Personal json;
  bool operator==(const RestMember&) const = default;
};

/// Mostly empty; each name once. Wins over the member of the same name when it is written back.
using Rest = std::vector<RestMember>;

}  // namespace mitr::whatsapp
