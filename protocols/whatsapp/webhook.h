// Meta's webhook bodies as values. Source: Cloud API reference, "Webhooks payload".
// Not here: HTTP, signatures (signature.h), what a tenant does with a message.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "protocols/envelope.h"
#include "protocols/result.h"

namespace mitr::whatsapp {

/// What one POST carried.
struct Webhook {
  std::vector<Envelope> messages;
  std::vector<DeliveryStatus> statuses;
  std::size_t skipped =
      0;  ///< Fields and items this version does not act on; counted, answered 200.
};

/// Reads a webhook body. Unknown fields are skipped and unknown message types become `Unreadable`,
/// since Meta adds both without notice. Skipped, too: messages without id, sender or
/// phone_number_id, messages in groups, payment statuses, and every field but `messages` (so also
/// `standby`). Never throws. Fails with kMalformed if the body is not a JSON object with a list
/// `entry`, with kTooLarge above kWebhookItemsMax items or kWebhookBytesMax bytes.
Result<Webhook> parse_webhook(std::string_view body);

}  // namespace mitr::whatsapp
