// The packs of the repository, read once for all simulations of a test program.
#pragma once

#include <cstdlib>

#include "actors/tenant/tenant_context.h"
#include "config/pack_file.h"

namespace mitr::simulate {

inline const Packs& packs() {
  static const Packs loaded = [] {
    Packs read;
    for (const char* name : {"school", "merchant", "clinic"}) {
      auto pack = load_pack(std::string("config/packs/") + name).pack;
      if (!pack) std::abort();
      read.emplace_back(name, std::move(pack));
    }
    return read;
  }();
  return loaded;
}

}  // namespace mitr::simulate
