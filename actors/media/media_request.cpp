#include "actors/media/media_request.h"

#include "persistence/crypto/seal.h"
#include "protocols/limits.h"

namespace mitr {
namespace {

constexpr const char* kFile = "file";
constexpr const char* kKind = "kind";
constexpr const char* kType = "type";
constexpr const char* kNumber = "number";

AttachmentKind kind_of(const std::string& word) {
  for (std::uint8_t kind = 0; kind < static_cast<std::uint8_t>(AttachmentKind::kTheLast); ++kind) {
    if (word_for(static_cast<AttachmentKind>(kind)) == word)
      return static_cast<AttachmentKind>(kind);
  }
  return AttachmentKind::kDocument;
}

}  // namespace

std::string word_for(AttachmentKind kind) {
  switch (kind) {
    case AttachmentKind::kImage:
      return "image";
    case AttachmentKind::kDocument:
      return "document";
    case AttachmentKind::kAudio:
      return "audio";
    case AttachmentKind::kVideo:
      return "video";
    case AttachmentKind::kSticker:
      return "sticker";
    case AttachmentKind::kTheLast:
      break;
  }
  return "file";
}

std::size_t bytes_max_of(AttachmentKind kind) {
  switch (kind) {
    case AttachmentKind::kImage:
      return limits::kImageBytesMax;
    case AttachmentKind::kAudio:
      return limits::kAudioBytesMax;
    case AttachmentKind::kVideo:
      return limits::kVideoBytesMax;
    case AttachmentKind::kSticker:
      return limits::kStickerBytesMax;
    case AttachmentKind::kDocument:
    case AttachmentKind::kTheLast:
      break;
  }
  return limits::kDocumentBytesMax;
}

RequestRow sealed_media_request(const SecretKey& key, const TenantId& tenant,
                                const MediaRequest& request) {
  const auto id = random_id<RequestId>();
  const auto& attachment = request.attachment;
  const auto fields = encode_fields({{kFile, attachment.media},
                                     {kKind, Personal(word_for(attachment.kind))},
                                     {kType, Personal(attachment.mime)},
                                     {kNumber, Personal(request.number)}});
  return {id, kMediaRequest, seal(key, {SealedColumn::kRequestBody, tenant, id.bytes}, fields)};
}

Result<MediaRequest> open_media_request(const SecretKey& key, const MediaRow& row) {
  const auto plain =
      open_sealed(key, {SealedColumn::kRequestBody, row.name.tenant, row.name.id.bytes}, row.body);
  if (!plain) return plain.error();
  const auto fields = decode_fields(*plain);
  if (!fields) return fields.error();
  MediaRequest request;
  for (const auto& [name, value] : *fields) {
    if (name == kFile) request.attachment.media = value;
    if (name == kKind) request.attachment.kind = kind_of(value.reveal());
    if (name == kType) request.attachment.mime = value.reveal();
    if (name == kNumber) request.number = value.reveal();
  }
  if (request.attachment.media.empty()) return Error{Errc::kMalformed, "a file without an id"};
  return request;
}

}  // namespace mitr
