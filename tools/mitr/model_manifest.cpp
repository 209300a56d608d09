#include "tools/mitr/model_manifest.h"

#include "nlu/apce/packed_bytes.h"
#include "protocols/limits.h"

namespace mitr {
namespace {

constexpr std::uint32_t kMagic = 0x324E414D;           // "MAN2"
constexpr std::uint32_t kWithoutVectors = 0x314E414D;  // "MAN1", of before there were any.

void write(apce::PackedWriter& out, const Score& score) {
  for (const auto count : {score.right, score.wrong, score.asked, score.missed}) out.small(count);
}

Score read_score(apce::PackedReader& in) {
  Score score;
  for (auto* count : {&score.right, &score.wrong, &score.asked, &score.missed})
    *count = static_cast<std::uint32_t>(in.small());
  return score;
}

}  // namespace

std::string encode(const ModelManifest& manifest) {
  apce::PackedWriter out;
  out.fixed(kMagic);
  out.small(manifest.trainer);
  out.fixed(manifest.pack.bytes);
  out.fixed(manifest.seed);
  out.small(manifest.examples);
  out.small(manifest.references.size());
  for (const ReviewRow& reference : manifest.references) {
    out.fixed(reference.turn.contact.bytes);
    out.small(reference.turn.seq);
    out.text(reference.label);
  }
  write(out, manifest.guard_before);
  write(out, manifest.guard_after);
  out.small(manifest.cpu_ms);
  out.fixed(manifest.vectors);
  return std::move(out.bytes());
}

Result<ModelManifest> decode_manifest(std::string_view bytes) {
  apce::PackedReader in(bytes);
  ModelManifest manifest;
  const auto magic = in.fixed<std::uint32_t>();
  const bool ours = magic == kMagic || magic == kWithoutVectors;
  manifest.trainer = static_cast<std::uint32_t>(in.small());
  manifest.pack.bytes = in.fixed<PackHash>();
  manifest.seed = in.fixed<std::uint64_t>();
  manifest.examples = static_cast<std::uint32_t>(in.small());
  constexpr std::size_t kReferenceBytesMin = 18;
  manifest.references.resize(in.count(kReferenceBytesMin));
  for (ReviewRow& reference : manifest.references) {
    reference.turn.contact.bytes = in.fixed<std::array<std::uint8_t, 16>>();
    reference.turn.seq = in.small();
    reference.label = in.text(limits::kApceNameBytesMax);
  }
  manifest.guard_before = read_score(in);
  manifest.guard_after = read_score(in);
  manifest.cpu_ms = in.small();
  if (magic == kMagic) manifest.vectors = in.fixed<std::uint64_t>();
  if (!ours || !in.finished()) return Error{Errc::kMalformed, "a manifest of another build"};
  return manifest;
}

}  // namespace mitr
