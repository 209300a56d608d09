// The packs of the repository, read once for all simulations of a test program.
#pragma once

#include <cstdlib>
#include <memory>
#include <string>

#include "actors/tenant/tenant_context.h"
#include "config/pack_file.h"

namespace mitr::simulate {

inline std::shared_ptr<const Pack> read_pack(const std::string& name) {
  auto pack = load_pack("config/packs/" + name).pack;
  if (!pack) std::abort();
  return pack;
}

/// For tests of one conversation: a pack trains when it is read.
inline const std::shared_ptr<const Pack>& school_pack() {
  static const auto school = read_pack("school");
  return school;
}

inline const Packs& packs() {
  static const Packs loaded{{"school", school_pack()},
                            {"merchant", read_pack("merchant")},
                            {"clinic", read_pack("clinic")}};
  return loaded;
}

}  // namespace mitr::simulate
