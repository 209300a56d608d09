// What a webhook means to us: messages to answer, news of ours, people who changed their ids, and
// what is filed because nothing acts on it. The body itself as values: notification.h.
// Not here: HTTP, signatures (signature.h), what a tenant does with a message.
#pragma once

#include <string_view>
#include <vector>

#include "protocols/envelope.h"
#include "protocols/result.h"
#include "protocols/standing.h"
#include "protocols/whatsapp/filed_item.h"
#include "protocols/whatsapp/identity.h"
#include "protocols/whatsapp/notification.h"

namespace mitr::whatsapp {

/// What one POST carried. Nothing is in none of these lists.
struct Webhook {
  std::vector<Envelope> messages;
  std::vector<DeliveryStatus> statuses;
  std::vector<IdentityChange> identity_changes;  ///< Filed too.
  std::vector<FiledItem> filed;
  std::vector<Standing> standings;  ///< Filed too: they say more than is heard of them.
};

/// What is heard of a notification.
/// - An edit is two envelopes: the message it names as one that needs no reply, then the new words.
///   So the old words are not heard if they come later, and the new ones are, once.
/// - A revoke is an envelope under the id of the message it names: if that comes later, it is a
///   repeat, and not heard.
/// - An echo is HumanWrote to whom it was written; a marketing preference is MarketingWish.
/// - Filed: what has no id, sender or phone_number_id; messages in groups; statuses of payments and
///   calls; every field that is not about messages (so also `standby`); and beside what is heard,
///   messages and statuses that hold more than is heard of them.
Result<Webhook> heard_of(const Notification& notification);

/// Reads a webhook body. Unknown fields and types are never an error, and one broken item holds no
/// other up. Never throws. Fails with kMalformed if the body is not a JSON object with a list
/// `entry`, with kTooLarge above kWebhookItemsMax items or kWebhookBytesMax bytes.
Result<Webhook> parse_webhook(std::string_view body);

}  // namespace mitr::whatsapp
