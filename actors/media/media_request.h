// A file that a message named, as the turn files it to be fetched.
#pragma once

#include <cstddef>
#include <string>

#include "nlu/dialogue/request_fields.h"
#include "persistence/crypto/keys.h"
#include "persistence/media_store.h"
#include "protocols/envelope.h"

namespace mitr {

struct MediaRequest {
  Attachment attachment;
  std::string number;  ///< phone_number_id that it was sent to.
};

/// The row of a turn's requests.
RequestRow sealed_media_request(const SecretKey& key, const TenantId& tenant,
                                const MediaRequest& request);
/// kTampered, kMalformed: it can never be fetched.
Result<MediaRequest> open_media_request(const SecretKey& key, const MediaRow& row);

/// As "image".
std::string word_for(AttachmentKind kind);
std::size_t bytes_max_of(AttachmentKind kind);

}  // namespace mitr
