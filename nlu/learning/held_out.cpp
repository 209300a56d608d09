#include "nlu/learning/held_out.h"

#include "nlu/apce/mixing.h"
#include "nlu/apce/words.h"

namespace mitr {

bool held_out(std::string_view words, std::uint32_t of) {
  constexpr std::uint64_t kSeed = 0x4E1D;
  const apce::Words read(words);
  std::uint64_t hash = kSeed;
  for (std::size_t at = 0; at < read.size(); ++at) hash = apce::mixed(hash, read.letters(at));
  return apce::key_of(hash) % of == 0;
}

}  // namespace mitr
